"""Real servers for tests, each a process on loopback, with a context manager that ends it."""
