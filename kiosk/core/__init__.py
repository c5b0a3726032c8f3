"""The pure core: what a visit is, with no I/O, clock, thread, randomness or third-party import."""
