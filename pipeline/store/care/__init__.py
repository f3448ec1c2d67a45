"""Care of an output folder: checks, repair, compaction, takedown."""
