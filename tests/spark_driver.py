"""Drivers of the tests on Spark: what a user would submit."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

import onrecord.spark
from onrecord.schemas import TABLES

FIELDS = "text STRING, id STRING, url STRING, title STRING, author STRING, publisher STRING, language STRING, published_at STRING"


def batch(spark: SparkSession, source: str, out: str, partitions: str) -> None:
    """Parquet to Delta, each article once."""
    articles = spark.read.parquet(source).withColumnRenamed("text", "body").repartition(int(partitions), "body")
    nested = onrecord.spark.read(articles, "body", run_id="spark")
    for name, rows in onrecord.spark.tables(nested).items():
        declared = from_arrow_schema(TABLES[name].arrow)
        assert [(f.name, f.dataType) for f in rows.schema] == [(f.name, f.dataType) for f in declared], name
    once = onrecord.spark.distinct_articles(nested, by="doc_id")
    onrecord.spark.write_delta(out, "backfill")(once, 0)
    for wrong in ({"fields": {"body": "text"}}, {"keep": ["url"]}):
        try:
            onrecord.spark.read(articles, "body", **wrong)  # type: ignore[arg-type]
        except ValueError as error:
            print(f"refused: {error}", flush=True)


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


def read_record(spark: SparkSession, record: str, out: str) -> None:
    """The tables of a record, read by their Delta logs and without Onrecord, each as one Parquet file."""
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    for name in TABLES:
        spark.read.format("delta").load(f"{record}/{name}").coalesce(1).write.parquet(f"{out}/{name}")


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {"batch": batch, "stream": stream, "record": read_record}
    programs[sys.argv[1]](SparkSession.builder.getOrCreate(), *sys.argv[2:])
