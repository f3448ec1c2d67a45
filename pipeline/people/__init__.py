"""Entity resolution over articles: which names are one person or body."""
