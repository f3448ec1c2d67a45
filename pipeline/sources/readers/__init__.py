"""Readers, a module per format: bytes in, records out."""
