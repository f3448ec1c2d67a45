"""Topics of Kafka: their addresses, what they hold at a moment, and the records of a range of offsets."""
