"""Python runs this at its start where this folder is on PYTHONPATH: the fault named in the environment is installed."""

import os

import faults

if "ONRECORD_FAULT" in os.environ:
    faults.install(os.environ["ONRECORD_FAULT"])
