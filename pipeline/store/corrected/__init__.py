"""What people have corrected in a record: read, committed, carried over, and tables as they are with it."""
