"""Pages before and after the library that extracts articles: their characters, their elements, and whether one is an article."""
