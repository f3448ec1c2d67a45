"""Exporters of our own: rows in, bytes out. The entry points ``onrecord.exporters`` name them."""
