"""Crawl archives of other forms than WARC: older ones (ARC), and packages of them (WACZ)."""
