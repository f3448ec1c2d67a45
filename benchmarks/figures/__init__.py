"""Figures side by side with the two libraries that are used most, on three sets of cases."""
