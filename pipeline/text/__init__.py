"""A text as it is printed: paragraphs, sentences, quotation marks."""
