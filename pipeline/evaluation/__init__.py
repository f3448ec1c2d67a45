"""Measuring the extractor against gold attributions."""
