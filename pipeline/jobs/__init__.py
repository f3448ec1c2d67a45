"""What the command does: runs, and the upkeep of a record, each a transaction."""
