"""What is said: the network over windows of text, and the attributions that it and the quotation marks tell."""
