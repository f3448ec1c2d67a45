"""What people put right: what a correction is, which rows it makes, and tables as they are with it. Knows no store."""
