"""Readers of our own formats: bytes in, records out. The entry points ``onrecord.readers`` name them."""
