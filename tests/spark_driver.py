"""Drivers of the tests on Spark: what a user would submit."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import onrecord.spark

FIELDS = "text STRING, id STRING, url STRING, title STRING, author STRING, publisher STRING, language STRING, published_at STRING"


def batch(spark: SparkSession, source: str, out: str, partitions: str) -> None:
    """Parquet to Delta."""
    articles = spark.read.parquet(source).repartition(int(partitions), "text")
    nested = onrecord.spark.read(articles, run_id="spark")
    onrecord.spark.write_delta(out, "backfill")(nested, 0)


def stream(spark: SparkSession, brokers: str, topic: str, out: str, state: str, most: str, rate: str) -> None:
    """Kafka to Delta: until all is read that is there, where ``rate`` is ``now``; else a batch every so many seconds."""
    source = spark.readStream.format("kafka").option("kafka.bootstrap.servers", brokers).option("subscribe", topic)
    records = source.option("startingOffsets", "earliest").option("maxOffsetsPerTrigger", most).load()
    articles = records.select(F.from_json(F.col("value").cast("string"), FIELDS).alias("article"), "timestamp").select(
        "article.*", "timestamp"
    )
    nested = onrecord.spark.read(articles, keep=["timestamp"], run_id="spark")
    once = onrecord.spark.distinct_articles(nested, "timestamp")
    writer = once.writeStream.foreachBatch(onrecord.spark.write_delta(out, "stream")).option("checkpointLocation", state)
    trigger = writer.trigger(availableNow=True) if rate == "now" else writer.trigger(processingTime=f"{rate} seconds")
    trigger.start().awaitTermination()


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {"batch": batch, "stream": stream}
    programs[sys.argv[1]](SparkSession.builder.getOrCreate(), *sys.argv[2:])
