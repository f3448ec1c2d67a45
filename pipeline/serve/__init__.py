"""The local pages over a record: search, speakers, shares, claims and articles, for a browser and as JSON."""
