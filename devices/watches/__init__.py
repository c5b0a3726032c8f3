"""Watches tell of the terminal's surroundings: what feeds it, and whether headphones are in their socket."""
