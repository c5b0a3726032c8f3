"""One file a command: its arguments, and the few lines that call a room."""
