"""Card readers: one pure codec for each kind, and the thread that owns the device."""
