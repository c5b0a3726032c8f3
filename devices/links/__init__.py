"""Links move bytes to and from a device and know no protocol."""
