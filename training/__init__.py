"""From annotated news to the weights that Onrecord ships: ``python -m training --help``."""
