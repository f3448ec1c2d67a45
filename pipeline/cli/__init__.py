"""The command: what is typed, what is printed."""
