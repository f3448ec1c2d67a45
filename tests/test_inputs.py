"""One bad input touches nothing else: names, files, folders and links that cannot be read are rejects, the rest is published."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.engine import UsageError
from onrecord.jobs.retry import retry_rejects
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import forget
from onrecord.jobs.watch import Round, watch
from onrecord.schemas import REJECTS
from onrecord.sources.formats import Reading
from onrecord.sources.paths import bad_name, path_of, uri_of
from onrecord.sources.readers.json import JsonLines
from onrecord.sources.records import RawArticle, Refusal, Refused
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.transforms import InputFile, RunStamp, list_inputs, refusals
from onrecord.transforms.files import InputError, fingerprint
from onrecord.transforms.read import refusal_row
from onrecord.transforms.refusals import records_of, unread_files

from .conftest import all_rows, rows

TEXT = "“We stay,” said Ann Veld. More than 350 people fled."


def go(source: object, output: Path, **settings: Any) -> Any:
    return run([str(source)], output, Config(**settings))


def rejected(output: Path) -> dict[str, str]:
    return {Path(r["uri"]).name: r["reason"] for r in rows(output, "rejects")}


def named(folder: Path, name: bytes, text: str = TEXT) -> bytes:
    path = os.path.join(os.fsencode(folder), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)
    return path


def too_deep(folder: Path) -> str:
    """A folder whose path is longer than the system takes, so that nobody can list it; returns its topmost part."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(24):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    return "d" * 200


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with two good articles, and beside them one of each kind that cannot be read."""
    news = tmp_path / "news"
    news.mkdir()
    (tmp_path / "secret.txt").write_text("“It is ours,” said Bo Lund.")
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "secret.txt").write_text("“It is ours,” said Bo Lund.")
    (news / "good.txt").write_text(TEXT)
    (news / "sub").mkdir()
    (news / "sub" / "fine.jsonl").write_text(json.dumps({"text": "“It rained,” said Ida Holm."}) + "\n")
    named(news, b"caf\xe9.txt")
    named(news, b"caf\xe8.txt")
    named(news, b"r\xe9gion/paris.txt")
    named(news, b"two\nlines.txt")
    named(news, b"red\x1b[31m.txt")
    os.mkfifo(news / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(news)  # a socket's path has to be short
        listening.bind("plug.txt")
        os.chdir(here)
    (news / "nothing.txt").symlink_to("gone.txt")
    (news / "round.txt").symlink_to("round.txt")
    (news / "out.txt").symlink_to("../secret.txt")
    (news / "vault").symlink_to("../vault")
    (news / "within.txt").symlink_to("sub/fine.jsonl")
    (news / "sub" / "up").symlink_to("..")
    (news / "sub" / "again").symlink_to("../sub")
    too_deep(news)
    yield news
    shutil.rmtree(news)  # as pytest itself cannot: its paths are too long


BAD = {
    "caf%E9.txt": "bad_name", "caf%E8.txt": "bad_name", "paris.txt": "bad_name", "two%0Alines.txt": "bad_name",
    "red%1B%5B31m.txt": "bad_name", "pipe.txt": "unreadable", "plug.txt": "unreadable", "nothing.txt": "unreadable",
    "round.txt": "unreadable", "out.txt": "unreadable", "vault": "unreadable", "d" * 200: "unreadable",
}  # fmt: skip


def check(output: Path) -> None:
    assert rejected(output) == BAD
    assert len(rows(output, "rejects")) == len(BAD) == len({r["reject_id"] for r in rows(output, "rejects")})
    assert all(r["uri"].isprintable() and r["detail"].isprintable() for r in rows(output, "rejects"))
    assert sorted(d["text"] for d in rows(output, "documents")) == ["“It rained,” said Ida Holm.", TEXT]
    assert sorted(Path(a["uri"]).name for a in rows(output, "appearances")) == ["fine.jsonl#L1", "good.txt", "within.txt#L1"]
    assert list(verify(output)) == []


def test_what_cannot_be_read_is_rejected_and_the_rest_published(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    summary = go(folder, output)
    assert summary.counts["read"] == 3 + len(BAD) and summary.rejects == Counter(BAD.values())
    check(output)
    before = all_rows(output)
    again = go(folder, output)  # nothing is told twice
    assert again.run_id is None and all_rows(output) == before and len(list(read_manifests(output))) == 1
    taken = {Path(i.uri).name for m in read_manifests(output) for i in m.inputs}
    assert taken == {"good.txt", "fine.jsonl", "within.txt"}  # the others are tried again


@pytest.mark.engine
def test_with_more_workers_and_in_a_process_of_its_own(folder: Path, tmp_path: Path, onrecord: Any) -> None:
    (tmp_path / "c.yaml").write_text("max_reject_ratio: 0.5\n")
    options = ("--output", tmp_path / "out", "--workers", 2, "--config", tmp_path / "c.yaml")
    done = onrecord("run", folder, *options)
    assert done.returncode == 3 and "12 rejected" in done.stdout and "\x1b[31m" not in done.stdout + done.stderr
    check(tmp_path / "out")
    assert onrecord("run", folder, *options).stdout.startswith("Nothing new")


@pytest.mark.engine
def test_watch_goes_on(folder: Path, tmp_path: Path) -> None:
    stop, told = threading.Event(), []

    def report(done: Round) -> None:
        told.append(done)
        if len(told) == 1:
            named(folder, b"late\xff.txt")
            (folder / "late.txt").write_text("“It thawed,” said Ida Holm.")
        if len(told) == 3:
            stop.set()

    watch([str(folder)], tmp_path / "out", Config(), 0.0, stop, report, settle=0.0)
    assert [r.error for r in told] == [None, None, None]
    assert [r.summary.counts["rejects"] for r in told] == [len(BAD), 1, 0]
    assert [r.summary.counts["documents"] for r in told] == [2, 1, 0]


@pytest.mark.engine
def test_a_file_that_can_be_read_again_is_read(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    os.mkfifo(news / "a.txt")
    (news / "b.txt").symlink_to("c.txt")
    assert go(news, output).counts["rejects"] == 2
    (news / "a.txt").unlink()
    (news / "a.txt").write_text(TEXT)
    (news / "c.txt").write_text("“It froze,” said Bo Lund.")
    assert go(news, output).counts["documents"] == 2
    done = retry_rejects(output, Config())
    assert (done.retired, done.refused_again, done.out_of_reach) == (2, 0, 0) and rows(output, "rejects") == []
    assert list(verify(output)) == []


@pytest.mark.engine
def test_rejects_of_names_can_be_tried_again_and_forgotten(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    go(folder, output)
    done = retry_rejects(output, Config())
    # pipes, sockets, folders without an end and what links lead to are out of reach
    assert (done.retired, done.refused_again, done.out_of_reach) == (0, 5, 7)
    check(output)
    uri = next(r["uri"] for r in rows(output, "rejects") if r["uri"].endswith("caf%E9.txt"))
    assert uri == f"file://{folder}/caf%E9.txt" and path_of(uri) == os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")
    for given in (uri, os.fsdecode(os.fsencode(folder) + b"/caf\xe8.txt")):
        assert forget(output, given, Config(), timedelta(0)).counts["rejects"] == 1
    assert Counter(rejected(output).values())["bad_name"] == 3
    with pytest.raises(UsageError, match="no article"):
        forget(output, "nothing\udcff", Config(), timedelta(0))


@pytest.mark.engine
def test_links_out_of_the_folder_are_followed_only_if_allowed(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    go(folder, output)
    retry_rejects(output, Config())  # does not follow them by a back door
    assert "“It is ours,” said Bo Lund." not in {d["text"] for d in rows(output, "documents")}
    (folder / "zero.txt").symlink_to("/dev/zero")
    go(folder, output, follow_links=True)
    found = sorted(
        Path(a["uri"]).parent.name for a in rows(output, "appearances") if a["uri"].endswith(("out.txt", "secret.txt"))
    )
    assert found == ["news", "vault"] and rejected(output)["zero.txt"] == "unreadable"


def test_a_link_that_is_given_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(TEXT)
    (tmp_path / "file.txt").symlink_to("real/a.txt")
    (tmp_path / "folder").symlink_to("real")
    for given in ("file.txt", "folder", "folder/*.txt"):
        (file,) = list_inputs([str(tmp_path / given)]).files
        assert file.refused is None, given
    (tmp_path / "real" / "b.txt").symlink_to("../other/b.txt")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text(TEXT)
    refused = [f.refused for f in list_inputs([str(tmp_path / "real")]).files]
    assert refused[0] is None and refused[1] is not None and "follow_links" in refused[1][1]
    by_name = list_inputs([str(tmp_path / "real"), str(tmp_path / "real" / "b.txt")])
    assert [f.refused for f in by_name.files] == [None, None]
    both = list_inputs([str(tmp_path / "real"), str(tmp_path / "other")])
    assert [f.refused for f in both.files] == [None] * 3  # from one input to another


def test_given_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nothing")
    for name in ("pipe", "link"):
        (file,) = list_inputs([str(tmp_path / name)]).files
        assert file.refused is not None and file.refused[0] == "unreadable"
    with pytest.raises(InputError, match="no input at"):
        list_inputs([str(tmp_path / "none.txt")])
    with pytest.raises(UsageError, match="no input at"):
        go(f"{tmp_path}/caf\udce9.txt", tmp_path / "out")


def test_globs_look_only_where_they_may_find(folder: Path) -> None:
    assert [f.relative for f in list_inputs([f"{folder}/s*/*.jsonl"]).files] == ["sub/fine.jsonl"]
    names = {Path(f.name).name for f in list_inputs([f"{folder}/*.txt"]).files}
    assert names == {"good.txt", "within.txt", *(n for n in BAD if n not in ("paris.txt", "vault", "d" * 200))}
    every = {Path(f.name).name for f in list_inputs([f"{folder}/**"]).files}
    assert every == {"good.txt", "within.txt", "fine.jsonl", *BAD}


def test_permissions(tmp_path: Path) -> None:
    place = Path(tempfile.mkdtemp())  # unlike tmp_path, anybody may be led there
    try:
        place.chmod(0o755)
        for name, mode in (("closed", 0o000), ("listed", 0o444)):
            (place / name).mkdir()
            (place / name / "a.txt").write_text(TEXT)
            (place / name).chmod(mode)
        (place / "b.txt").write_text(TEXT)
        (place / "b.txt").chmod(0)
        (place / "c.txt").write_text(TEXT)
        own = os.geteuid()
        if own == 0:
            os.seteuid(65534)  # root may read anything
        try:
            found = [(f.relative, r) for f in list_inputs([str(place)]).files for r in records_of(f, Reading())]
            with pytest.raises(InputError, match=r"cannot list .*closed: Permission denied"):
                list_inputs([str(place / "closed")])
        finally:
            os.seteuid(own)
        told = {name: r.detail if isinstance(r, Refusal) else None for name, r in found}
        assert told == {
            "closed": "the folder cannot be listed: Permission denied", "listed/a.txt": "Permission denied",
            "b.txt": "Permission denied", "c.txt": None,
        }  # fmt: skip
    finally:
        for name in ("closed", "listed"):
            (place / name).chmod(0o755)
        shutil.rmtree(place)


@pytest.mark.engine
def test_a_file_that_fails_in_the_middle_of_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gone, or something else, since it was listed: the others are published, and it is read when it is there again."""
    news, output = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for name in ("a", "b", "c", "d"):
        (news / f"{name}.txt").write_text(f"“It is {name},” said Ann Veld.")
    real = refusals.open_raw

    def late(uri: str) -> Any:
        if uri.endswith("a.txt"):
            (news / "a.txt").unlink()
        if uri.endswith("b.txt"):
            (news / "b.txt").unlink()
            os.mkfifo(news / "b.txt")
        if uri.endswith("c.txt"):
            (news / "c.txt").unlink()
            (news / "c.txt").mkdir()
        return real(uri)

    monkeypatch.setattr(refusals, "open_raw", late)
    assert go(news, output).counts["documents"] == 1
    assert rejected(output) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), "unreadable")
    monkeypatch.undo()
    (news / "a.txt").write_text("“It is a,” said Ann Veld.")
    assert go(news, output).counts["documents"] == 1


def test_an_error_of_the_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "mem.txt").symlink_to("/proc/self/mem")  # its first page is never mapped: EIO
    listing = list_inputs([str(tmp_path)], follow_links=True)
    (record,) = records_of(listing.files[0], Reading())
    assert isinstance(record, Refusal) and (record.reason, record.detail) == ("unreadable", "Input/output error")
    with pytest.raises(InputError, match="Input/output error"):
        fingerprint(listing.files[0], listing.sizes[0])


def test_a_reader_that_fails_takes_no_other_file_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    monkeypatch.setattr(JsonLines, "read", lambda self, file, reading: iter([1 / 0]))
    files = list_inputs([str(tmp_path)]).files
    article, refusal = (r for f in files for r in records_of(f, Reading()))
    assert isinstance(article, RawArticle) and isinstance(refusal, Refusal) and refusal.reason == "internal_error"
    assert re.fullmatch(
        r"ZeroDivisionError at onrecord/sources/formats\.py:\d+, from test_inputs\.py:\d+: division by zero", refusal.detail
    )


def test_bad_values_of_every_kind_are_one_reject_each(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    lines = [
        {"text": TEXT}, {"text": "It rained.", "published_at": "2026-10-07T10:00:00+9900"},
        {"text": "It rained.", "url": "http://["}, {"text": "a \ud800 b"}, {"text": "It rained.", "author": "A \udfff"},
        {"text": "It rained.", "id": "\ud800"}, {"text": "It rained.", "url": "https://n.example/\ud800"},
    ]  # fmt: skip
    (news / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (news / "b.txt").write_text("“It snowed,” said Bo Lund.")
    (news / "c.txt").write_text("“It hailed,” said Bo Lund.")
    (news / "d.txt").write_text("“It cleared,” said Bo Lund.")
    given = [{"uri": "b.txt", "title": "\ud800"}, {"uri": "c.txt", "url": "https://a]b/"}, {"uri": "\ud800", "title": "x"}]
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(g) + "\n" for g in given))
    pq.write_table(
        pa.table({"text": ["“It froze,” said Bo Lund.", "x"], "published_at": pa.array([0, 2**62], pa.timestamp("us"))}),
        news / "e.parquet",
    )
    summary = go(news, output, metadata=tmp_path / "m.jsonl")
    assert summary.rejects == {"undecodable": 1} and summary.counts["documents"] == 7
    noted = [r for r in rows(output, "documents") if r["notes"]]
    assert len(noted) == 4 and all(re.match(r"\w+: ", note) for r in noted for note in r["notes"])
    assert list(verify(output)) == []


def test_names_that_can_be_told() -> None:
    assert bad_name("/a/Zoë – 1.txt") is None and uri_of("/a/50%.txt") == "/a/50%.txt"
    paths = ["/a/caf\udce9.txt", "/a/caf%E9.txt", "/a/b\n.txt", "/a/b%0A.txt", "/a/\x9b.txt"]
    assert [path_of(uri_of(p)) for p in paths] == paths and len({uri_of(p) for p in paths}) == len(paths)
    assert all(uri_of(p).isprintable() for p in paths)


def test_unread_files_are_those_that_a_later_run_has_to_try(tmp_path: Path) -> None:
    assert unread_files([str(tmp_path / "documents-1.arrow")]) == set()
    file = InputFile(str(tmp_path / "none.txt"), "none.txt")
    (record,) = records_of(file, Reading())
    assert isinstance(record, Refusal) and not isinstance(record, RawArticle)
    assert (record.reason, record.payload) == ("unreadable", os.fsencode(file.uri))


def test_a_refusal_far_into_a_large_archive_can_be_written(tmp_path: Path) -> None:
    refusal = Refusal.of(Refused("empty", "the page is empty"), f"{tmp_path}/a.warc#R{1 << 33}", 1 << 33, b"")
    row = refusal_row(refusal, RunStamp())
    assert pa.Table.from_pylist([row], schema=REJECTS.arrow).num_rows == 1 and row["uri"] == f"{tmp_path}/a.warc"
