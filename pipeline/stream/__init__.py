"""The unbounded job: windows of what has arrived, each read, decided, extracted, written and committed as a bounded run is."""
