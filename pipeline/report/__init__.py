"""What people look at: an article in the terminal."""
