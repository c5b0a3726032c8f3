"""Rehearsals: the real glass, touched by a real finger, with simulated devices and a real central service."""
