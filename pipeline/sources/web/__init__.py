"""What is fetched: feeds and the pages that they name, kept as an archive."""
