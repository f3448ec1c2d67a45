"""The names of an article: where they are printed, which forms are one name, and what is told of each."""
