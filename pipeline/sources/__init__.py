"""Bytes to raw articles: one module per format. No Beam, no language."""
