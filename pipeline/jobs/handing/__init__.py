"""Handing a record on: what it lacks is filled in, and a part of it becomes a record of its own."""
