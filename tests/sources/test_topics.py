"""Addresses of topics, settings of their client, values of records, and how the work on a topic is shared; without a broker."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.jobs.config import Config, ConfigError, load_config
from onrecord.sources.formats import Reading
from onrecord.sources.kafka.address import AddressError, is_topic, partition_of, topic_of
from onrecord.sources.kafka.client import from_environment, hidden
from onrecord.sources.kafka.read import records_of_value
from onrecord.sources.records import RawArticle, Refusal
from onrecord.store.manifest import Offset
from onrecord.store.state import State
from onrecord.transforms.topics import PIECE, _pieces, _shares


def test_an_address_is_the_same_however_brokers_are_listed() -> None:
    uri = topic_of("kafka://B.example,a.example:9093/press.wire-1").uri
    assert uri == topic_of("kafka://a.example:9093,b.example:9092/press.wire-1/").uri
    assert uri == "kafka://a.example:9093,b.example:9092/press.wire-1"
    assert partition_of(f"{uri}/7") == (topic_of(uri), 7) and is_topic(uri) and not is_topic("s3://kafka/x")


@pytest.mark.parametrize(
    "given",
    ["kafka://", "kafka://host", "kafka://host/", "kafka:///topic", "kafka://host:x/topic", "kafka://host/a/b", "kafka://h/.."],
)
def test_what_is_no_address_is_told(given: str) -> None:
    with pytest.raises(AddressError, match="the address of a topic is"):
        topic_of(given)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(AddressError, match="credentials have no place") as told:
        topic_of("kafka://news:secret@host/topic")
    assert "secret" not in str(told.value)


def test_settings_by_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECURITY_PROTOCOL", "SASL_PASSWORD", "HEAP_OPTS", "SSL_SERVICE_HOST", "SSL_CA_LOCATION", "BROKERS"):
        monkeypatch.setenv(f"KAFKA_{name}", "x")
    assert set(from_environment()) == {"security.protocol", "sasl.password", "ssl.ca.location"}


def test_secrets_are_hidden_in_messages() -> None:
    settings = {"sasl.password": "pine", "ssl.key.pem": "----", "security.protocol": "ssl"}
    assert hidden("ssl: pine\n---- refused", settings) == "ssl: … … refused"


def test_settings_are_in_no_manifest_and_no_message(tmp_path: Path) -> None:
    config = Config(kafka={"sasl.password": "pine"})
    assert "pine" not in repr(config) + config.model_dump_json()
    (tmp_path / "c.yaml").write_text("kafka: {sasl.password: [pine]}")
    with pytest.raises(ConfigError, match=r"kafka\.sasl\.password: expected settings of librdkafka") as told:
        load_config(tmp_path / "c.yaml", {})
    assert "pine" not in str(told.value)


VALUES = {
    "tombstone": (None, "empty"),
    "nothing": (b"", "empty"),
    "blank": (b" \n", "empty"),
    "empty array": (b"[]", "empty"),
    "not JSON": (b"Two boats sank.", "bad_json"),
    "number": (b"7", "bad_json"),
    "no text": (b'{"title": "Boats"}', "missing_text"),
}


@pytest.mark.parametrize("value,reason", VALUES.values(), ids=VALUES)
def test_a_dead_record_is_one_refusal(value: bytes | None, reason: str) -> None:
    (record,) = records_of_value(value, "kafka://h:1/t/0/5", Reading("jsonl"))
    assert isinstance(record, Refusal) and (record.reason, record.uri, record.record) == (reason, "kafka://h:1/t/0/5", None)


@pytest.mark.parametrize(
    "value,texts",
    [
        (b'{"text": "Rain fell."}', ["Rain fell."]),
        (b'{\n "text": "Rain fell."\n}\n', ["Rain fell."]),
        (b'{"text": "Rain fell."}\n{"text": "Snow fell."}', ["Rain fell.", "Snow fell."]),
        (b'[{"text": "Rain fell."}, {"text": "Snow fell."}]', ["Rain fell.", "Snow fell."]),
    ],
)
def test_a_value_may_hold_several_articles(value: bytes, texts: list[str]) -> None:
    records = list(records_of_value(value, "kafka://h:1/t/0/5", Reading("jsonl")))
    assert [r.text for r in records if isinstance(r, RawArticle)] == texts
    assert [r.uri for r in records][:1] == ["kafka://h:1/t/0/5"] and len({r.uri for r in records}) == len(texts)


def test_names_of_fields_and_other_formats() -> None:
    (record,) = records_of_value(b'{"story": {"words": "Rain fell."}}', "u", Reading("jsonl", {"text": "story.words"}))
    assert isinstance(record, RawArticle) and record.text == "Rain fell."
    (record,) = records_of_value(b"Rain fell.", "u", Reading("text"))
    assert isinstance(record, RawArticle) and record.text == "Rain fell."


@pytest.mark.parametrize(
    "left,most,shares",
    [((5, 5), 100, (5, 5)), ((100, 2), 10, (8, 2)), ((100, 100, 100), 10, (3, 3, 4)), ((0, 9), 4, (0, 4)), ((1, 1), 1, (0, 1))],
)
def test_partitions_share_what_a_run_takes(left: tuple[int, ...], most: int, shares: tuple[int, ...]) -> None:
    assert tuple(_shares({str(n): v for n, v in enumerate(left)}, most).values()) == shares


def test_a_partition_is_cut_into_pieces() -> None:
    pieces = [(p.file.start, p.file.end) for p in _pieces("kafka://h:1/t/0", 5, 2 * PIECE)]
    assert pieces == [(5, 5 + PIECE), (5 + PIECE, 2 * PIECE)]
    assert [(p.file.start, p.file.end) for p in _pieces("kafka://h:1/t/0", 5, 5)] == [(5, 5)]


def test_what_is_to_be_read_again_sets_an_offset_back() -> None:
    state = State(offsets={"kafka://h:1/t/0": Offset(start=10, next=30)})
    for uri in ("kafka://h:1/t/0/40", "kafka://h:1/t/1/0", "/articles/0", "kafka://h:1/t/0/20"):
        state._read_again_from(uri)
    assert state.offsets == {"kafka://h:1/t/0": Offset(start=20, next=20)}
