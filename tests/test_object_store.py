"""A record on an object store: a real server of S3's kind, and workers that share nothing else with anybody."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from deltalake import DeltaTable

import onrecord.jobs.run
from onrecord import tables as open_tables
from onrecord.cli.app import main
from onrecord.corrections.apply import CORRECTED
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.places import place_of, store_of
from onrecord.schemas.ids import hash_id
from onrecord.serve.record import Record
from onrecord.storage import _filesystem, put_new
from onrecord.store.care.verify import verify
from onrecord.store.manifest import Manifest, read_manifests
from onrecord.store.publish import publish
from onrecord.store.state import read_state

from .conftest import SAMPLES, all_rows, rows
from .server import serving
from .servers.processes import free_port, server
from .servers.s3 import S3, s3_server
from .test_feeds import publish as site_publish
from .test_feeds import story

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]
FEW = ("01-harbour-wall.txt", "03-rail-strike.txt", "14-agency.jsonl")
KILLS = int(os.environ.get("ONRECORD_S3_KILLS", "4"))  # a hundred on demand


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with s3_server(tmp_path_factory.mktemp("s3")) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        for client in (store_of, _filesystem):
            client.cache_clear()
        yield server
    for client in (store_of, _filesystem):
        client.cache_clear()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in FEW:
        shutil.copy(SAMPLES / name, tmp_path / "in")
    return tmp_path / "in"


def test_every_command_on_a_store_does_what_it_does_in_a_folder(
    s3: S3, inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote, local = f"s3://{s3.bucket}/every", tmp_path / "out"
    late = tmp_path / "late.txt"
    late.write_text("“It rained,” said Ann Veld. More than 12 people fled.")
    (inputs / "bad.jsonl").write_text("{oops\n")
    for place in (str(local), remote):
        assert main(["run", str(inputs), "--output", place, "-q"]) == 0
        assert main(["run", str(inputs), "--output", place]) == 0 and "Nothing new" in capsys.readouterr().out
        assert main(["run", str(late), "--output", place, "-q"]) == 0
        assert main(["compact", place, "--grace", "0s", "-q"]) == 0
        first, second = sorted(q["quote_id"] for q in all_rows(place_of(place))["quotes"])[:2]
        assert main(["correct", place, "--quote", first, "--role", "pilot", "--by", "M. Kern", "-q"]) == 0
        assert main(["correct", place, "--quote", second, "--none", "--by", "M. Kern", "-q"]) == 0
        assert main(["reprocess", place, "--all", "-q"]) == 0
        assert main(["correct", place, "--undo", second, "--by", "M. Kern", "-q"]) == 0
        assert "pilot" in [q["speaker_role"] for q in all_rows(place_of(place))["quotes"]]
        assert main(["forget", place, "--uri", str(inputs / "03-rail-strike.txt"), "-q"]) == 0
        assert main(["retry-rejects", place, "-q"]) == 0
        assert main(["repair", place, "-q"]) == 0 and main(["vacuum", place, "--older", "0s", "-q"]) == 0
        assert main(["verify", place, "--deep", "-q"]) == 0
        assert main(["report", place, "-o", str(tmp_path / "r.html"), "-q"]) == 0
        assert main(["export", place, "--table", "quotes", "--format", "jsonl", "-o", str(tmp_path / "q.jsonl"), "-q"]) == 0
        assert (tmp_path / "q.jsonl").stat().st_size
        (tmp_path / "days.csv").write_text("uri,published_at,publisher\n01-harbour-wall.txt,2026-10-05,Brenn Courier\n")
        assert main(["annotate", place, "--metadata", str(tmp_path / "days.csv")]) == 0
        assert "Filled in: 1 document, " in capsys.readouterr().out
        assert main(["sample", place, "-n", "2", "-o", f"{place}-part", "-q"]) == 0
        assert main(["verify", f"{place}-part", "--deep", "-q"]) == 0 and main(["verify", place, "--deep", "-q"]) == 0
    assert all_rows(place_of(remote)) == all_rows(local)
    check_delta(s3, "every")
    assert all_rows(place_of(f"{remote}-part")) == all_rows(Path(f"{local}-part"))
    asked = "SELECT quote_id, person_name FROM voices ORDER BY 1"
    assert Record(place_of(remote), tmp_path / "one").ask(asked) == Record(local, tmp_path / "two").ask(asked) != []
    secrets = [s3.secret.encode(), s3.key.encode() + b":"]
    held = b"".join(p.read_bytes() for p in (s3.folder / "every").rglob("*") if p.is_file())
    assert not any(secret in held for secret in secrets)


def test_inputs_of_a_store(s3: S3, tmp_path: Path) -> None:
    folder = s3.folder / "in"
    folder.mkdir()
    for name in FEW:
        shutil.copy(SAMPLES / name, folder)
    for workers in (1, 2):
        output = tmp_path / str(workers)
        assert run([f"s3://{s3.bucket}/in"], output, Config(workers=workers)).counts["documents"] == 4
        assert run([f"s3://{s3.bucket}/in"], output, Config(workers=workers)).run_id is None
    assert run([f"s3://{s3.bucket}/in/*.jsonl"], tmp_path / "glob", Config()).counts["documents"] == 2


def test_three_writers_at_once_make_thirty_commits(s3: S3) -> None:
    """Each in a process of its own, as machines are; every number is taken once, and nobody's run is lost."""
    code = "import sys; from tests.test_object_store import commit\nfor n in range(10): commit(sys.argv[1], f'{sys.argv[2]}-{n}')"
    place = f"s3://{s3.bucket}/writers"
    writers = [subprocess.Popen([sys.executable, "-c", code, place, name]) for name in "abc"]
    assert [w.wait(300) for w in writers] == [0, 0, 0]
    manifests = list(read_manifests(place_of(place)))
    assert [m.sequence for m in manifests] == list(range(1, 31))
    assert {m.run_id.split("-")[1] for m in manifests} == {hash_id(f"{w}-{n}")[:12] for w in "abc" for n in range(10)}
    assert list(verify(place_of(place))) == []
    check_delta(s3, "writers", 30)


def check_delta(s3: S3, record: str, sequence: int | None = None) -> None:
    """The Delta logs of a record tell its rows, and have come to its newest run."""
    told, place = s3.environment, f"s3://{s3.bucket}/{record}"
    shown = open_tables(place)
    copies = {f"{name}_corrected": shown[name] for name in CORRECTED} if shown["corrections"].count_rows() else {}
    for name, dataset in (open_tables(place, as_read=True) | copies).items():
        delta = DeltaTable(f"s3://{s3.bucket}/{record}/{name}", storage_options=told)
        rows = [{**row, "ingest_date": str(row["ingest_date"])} for row in delta.to_pyarrow_table().to_pylist()]
        assert sorted(rows, key=repr) == sorted(dataset.to_table().to_pylist(), key=repr), name
        if sequence is not None:
            assert delta.transaction_version("onrecord") == sequence


def commit(address: str, name: str) -> None:
    """Commit an empty run."""
    place, now = place_of(address), datetime.now(UTC)
    sequence = 1 + read_state(place).sequence
    run_id = f"{sequence:06d}-{hash_id(name)[:12]}"
    versions = {"pipeline_version": "1", "model_version": "1", "rules_version": "1"}
    told = Manifest(
        run_id=run_id, sequence=sequence, started_at=now, finished_at=now, files=[], replaces=[], counts={}, **versions
    )
    publish(place, told.model_copy(update={"kind": "people"}), [])


def test_of_many_who_put_at_once_one_does(s3: S3, tmp_path: Path) -> None:
    for place in (place_of(f"s3://{s3.bucket}/put/1"), tmp_path / "put" / "1"):
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(lambda n, place=place: put_new(place, f"{n}".encode()), range(40))) == 1


def test_feeds_are_fetched_into_a_store(s3: S3, tmp_path: Path) -> None:
    remote, local = place_of(f"s3://{s3.bucket}/feeds"), tmp_path / "out"
    config = Config(allow_hosts=["127.0.0.1"], pause=0, timeout=5)

    def go(place: Path) -> int:
        onrecord.jobs.run._fetcher.cache_clear()  # as in a process of its own
        return run([f"{site.url}/feed"], place, config).counts.get("documents", 0)

    with serving() as site:
        site_publish(site, {n: story(n) for n in range(3)})
        site.status["/2"] = 410
        assert [go(place) for place in (local, remote)] == [2, 2] and [go(place) for place in (local, remote)] == [0, 0]
        del site.status["/2"]
        site_publish(site, {n: story(n, " anew" if n == 1 else "") for n in range(4)})
        assert [go(place) for place in (local, remote)] == [3, 3]  # one that had not come is asked for again
        for place in (str(local), str(remote)):
            assert main(["forget", place, "--uri", f"{site.url}/0", "-q"]) == 0
        assert [go(place) for place in (local, remote)] == [0, 0]
    assert list((remote / "_feeds").glob("*.warc.gz")) == [] and list(verify(remote, deep=True)) == []
    columns = ["url", "title", "version", "published_at", "text"]
    assert rows(remote, "documents", columns) == rows(local, "documents", columns)
    assert len(rows(remote, "documents", columns)) == 4


@pytest.mark.parametrize("case", range(KILLS))
def test_a_killed_run_is_finished_by_the_next(s3: S3, inputs: Path, tmp_path: Path, case: int) -> None:
    rng, place = random.Random(case), f"s3://{s3.bucket}/kill-{case}"
    (tmp_path / "small.yaml").write_text("batch_documents: 2\npart_mb: 0.001\n")
    command = ["run", str(inputs), "--output", place, "--config", str(tmp_path / "small.yaml")]
    process = subprocess.Popen([sys.executable, "-m", "onrecord", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(1.5, 6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert main([*command, "-q"]) == 0
    assert main(["vacuum", place, "--older", "0s", "-q"]) == 0
    assert list(verify(place_of(place), deep=True)) == []
    run([str(inputs)], tmp_path / "clean", Config())
    assert all_rows(place_of(place)) == all_rows(tmp_path / "clean")


def test_a_store_that_cannot_be_reached_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    for name, value in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "hidden",
    }.items():
        monkeypatch.setenv(name, value)
    begun = time.monotonic()
    for args in (
        ["run", str(tmp_path / "a.txt"), "--output", "s3://none/x"],
        ["verify", "s3://none/x"],
        ["run", "s3://none/y", "-o", str(tmp_path / "o")],
    ):
        store_of.cache_clear()
        assert main(args) in (1, 2)
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("onrecord: ") and "s3://none" in line and "hidden" not in line
    store_of.cache_clear()
    assert time.monotonic() - begun < 60


def test_what_is_abandoned_goes_after_a_day(s3: S3, inputs: Path) -> None:
    place = place_of(f"s3://{s3.bucket}/abandoned")
    run([str(inputs)], place, Config())
    stray = place / "quotes" / "ingest_date=2026-10-07" / f"part-000009-{'ab' * 6}-00000-{'cd' * 6}.parquet"
    stray.write_bytes(b"x")
    (place / "_work" / f"000009-{'ab' * 6}" / "plan.json").write_text("{}")
    assert main(["vacuum", str(place), "-q"]) == 0 and stray.exists()  # it may be of a run on another machine
    assert main(["vacuum", str(place), "--older", "0s", "-q"]) == 0 and not stray.exists()
    assert not (place / "_work").is_dir() and list(verify(place, deep=True)) == []


def test_workers_that_share_no_folder_with_anybody(s3: S3, inputs: Path, tmp_path: Path) -> None:
    """A pool of workers in a mount namespace where neither inputs nor record are: all goes through the store."""
    hidden = shlex.quote(str(tmp_path.parent))
    port = free_port()
    pool = f"{shlex.quote(sys.executable)} -m apache_beam.runners.worker.worker_pool_main --service_port {port}"
    check = subprocess.run(["unshare", "-m", "true"], capture_output=True)
    if check.returncode:
        pytest.skip("this process may not make a namespace")
    folder = s3.folder / "apart"
    folder.mkdir()
    for path in inputs.iterdir():
        shutil.copy(path, folder)
    command = f"mount -t tmpfs none {hidden} && exec {pool}"
    env = s3.environment | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}  # it starts what is called python
    with server(["unshare", "-m", "sh", "-c", command], port, tmp_path / "pool.log", env):
        options = ["--job_endpoint=embed", "--environment_type=EXTERNAL", f"--environment_config=localhost:{port}"]
        config = Config(runner="PortableRunner", runner_options=options)
        record = f"s3://{s3.bucket}/apart-out"
        assert run([f"s3://{s3.bucket}/apart"], place_of(record), config).counts["documents"] == 4
    run([f"s3://{s3.bucket}/apart"], tmp_path / "local", Config())
    assert all_rows(place_of(record)) == all_rows(tmp_path / "local")
    assert list(verify(place_of(record), deep=True)) == []
