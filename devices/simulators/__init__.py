"""Simulated devices that speak at the wire; own processes, own code, nothing shared with the drivers."""
