"""The vocabulary of a language: words with what they mean to the readers."""
