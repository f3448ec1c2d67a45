"""Settings of a run: a YAML file checked by pydantic, overridden by flags. Every key is documented in configs/."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..reading import ALL, BUNDLED, model_version
from ..sources.formats import AUTO, format_names
from ..sources.limit import ARTICLE_SECONDS

Runner = Literal["DirectRunner", "PortableRunner", "FlinkRunner", "SparkRunner", "DataflowRunner"]


class ConfigError(ValueError):
    """Settings that cannot be used, said in one line."""


class Config(BaseModel):
    """All settings of ``onrecord run``, with their defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: str = AUTO
    fields: dict[str, str] = Field(default_factory=dict)
    metadata: Path | None = None
    aliases: Path | None = None
    model: str = BUNDLED
    all: bool = False
    follow_links: bool = False
    max_chars: int = Field(1_000_000, ge=1, le=10_000_000)
    article_seconds: float = Field(ARTICLE_SECONDS, gt=0, le=86_400)
    max_reject_ratio: float = Field(1.0, ge=0, le=1)
    workers: int = Field(1, ge=0, le=256)
    runner: Runner = "DirectRunner"
    runner_options: list[str] = Field(default_factory=list)
    allow_hosts: list[str] = Field(default_factory=list)
    pause: float = Field(1.0, ge=0, le=3600)
    timeout: float = Field(20.0, gt=0, le=600)
    feed_pages: int = Field(500, ge=1, le=100_000)
    kafka: dict[str, str | int | float | bool] = Field(default_factory=dict, exclude=True, repr=False)  # secrets among it
    kafka_records: int = Field(100_000, ge=1, le=10_000_000)
    batch_documents: int = Field(64, ge=1, le=10_000)
    micro_batch: int = Field(10_000, ge=1, le=1_000_000)  # of versions before 0.2: a run is one graph now, and it has no effect
    part_mb: float = Field(16, gt=0, le=1024)
    file_mb: int = Field(64, ge=1, le=4096)

    @model_validator(mode="before")
    @classmethod
    def _with_all(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("all") is True:
            values = values | {"model": str(values.get("model", BUNDLED)).removesuffix(ALL) + ALL}
        return values

    @field_validator("*")
    @classmethod
    def _in_unicode(cls, value: Any) -> Any:
        try:
            json.dumps(value, ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError:
            raise ValueError("not UTF-8") from None  # a manifest could not hold it
        return value

    @field_validator("format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value not in format_names():
            raise ValueError(f"no such format; there are {', '.join(format_names())}")
        return value

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, value: dict[str, str]) -> dict[str, str]:
        from ..sources.readers.json_rows import FIELDS

        unknown = sorted(set(value) - set(FIELDS))
        if unknown:
            raise ValueError(f"unknown field {unknown[0]!r}; the fields are {', '.join(FIELDS)}")
        return value

    @field_validator("model")
    @classmethod
    def _usable_model(cls, value: str) -> str:
        model_version(value)  # says what is wrong with the folder, if anything is
        return value

    @model_validator(mode="after")
    def _has_endpoint(self) -> Config:
        if self.runner == "PortableRunner" and not any(o.startswith("--job_endpoint") for o in self.runner_options):
            raise ValueError("PortableRunner needs a job service: runner_options: [--job_endpoint=HOST:PORT]")
        return self

    @property
    def worker_count(self) -> int:
        """Number of worker processes: ``workers``, or the number of cores where that is 0."""
        return self.workers or len(os.sched_getaffinity(0))


# What changes the rows; the rest (workers, runner, sizes) does not, and is no part of a run's identity.
MEANING = ("format", "fields", "follow_links", "max_chars")


def load_config(path: Path | None, overrides: dict[str, Any]) -> Config:
    """Read a configuration file and apply the flags that were given.

    Raises:
        ConfigError: no such file, not YAML, an unknown key or a value out of range.
    """
    values: dict[str, Any] = {}
    if path is not None:
        import yaml

        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"--config {path}: {error.strerror}") from None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ConfigError(f"--config {path}: not YAML ({' '.join(str(error).split())})") from None
        if not isinstance(loaded, dict | None):
            raise ConfigError(f"--config {path}: expected keys and values, such as 'workers: 2'")
        values = loaded or {}
        for key in ("metadata", "aliases"):  # relative to the file that names it
            if values.get(key) is not None:
                values[key] = path.parent / str(values[key])
        if str(values.get("model", BUNDLED)).removesuffix(ALL) != BUNDLED:
            values["model"] = str(path.parent / str(values["model"]))
    values |= {k: v for k, v in overrides.items() if v is not None}
    try:
        return Config(**values)
    except ValidationError as error:
        raise ConfigError(_one_line(error, path)) from None
    except TypeError:
        raise ConfigError(f"--config {path}: keys are words, such as 'workers'") from None


def _one_line(error: ValidationError, path: Path | None) -> str:
    first = error.errors()[0]
    key = ".".join(str(p) for p in first["loc"])
    where = f"--config {path}: " if path is not None else ""
    if first["type"] == "extra_forbidden":
        return f"{where}unknown key {key!r}; the keys are {', '.join(Config.model_fields)}"
    if first["loc"][:1] == ("kafka",):
        return f"{where}{'.'.join(map(str, first['loc'][:2]))}: expected settings of librdkafka, such as 'sasl.username: news'"
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{where}{message}"
    return f"{where}{key}: {message} (given: {first['input']!r})"
