"""Readers of what offices, agencies, mail and databases keep articles in: bytes in, records out."""
