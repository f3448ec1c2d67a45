"""The command as a user meets it: real processes, exit statuses, one-line errors, interrupts and kills."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import SAMPLES, all_rows, complaints, rows

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "“We go,” said Ann Veld. More than 350 people fled."


@pytest.fixture
def bad_inputs(tmp_path: Path) -> Path:
    """A folder with one good article and one of each kind of bad input."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "undecodable.txt").write_bytes(bytes([0x81, 0x8D, 0x9D, 0xFF]) * 40)
    (folder / "too_long.txt").write_text("word " * 300_000)
    (folder / "surrogate.jsonl").write_text('{"text": "a \\ud800 b"}\n')
    (folder / "bad_json.jsonl").write_text('{"text": "It rained.\n')
    (folder / "missing_text.jsonl").write_text('{"title": "Rain"}\n')
    (folder / "bad_field.jsonl").write_text('{"text": 7}\n')
    (folder / "truncated.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": os.urandom(2000).hex()}).encode())[:-300])
    return folder


def test_bad_inputs_are_rejected_each_with_its_reason(onrecord: Command, bad_inputs: Path, tmp_path: Path) -> None:
    done = onrecord("run", bad_inputs, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = {Path(r["uri"]).name.split(".")[0]: r["reason"] for r in rows(tmp_path / "out", "rejects")}
    assert found.pop("surrogate") == "undecodable"
    assert found == {
        n: n for n in ("empty", "binary", "undecodable", "too_long", "bad_json", "missing_text", "bad_field", "truncated")
    }
    assert [d["text"] for d in rows(tmp_path / "out", "documents")] == [TEXT]
    assert "1 new, 0 duplicate, 9 rejected" in done.stdout


@pytest.mark.engine
def test_too_many_rejects_end_with_status_3(onrecord: Command, bad_inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("max_reject_ratio: 0.05\n")
    done = onrecord("run", bad_inputs, "--output", tmp_path / "out", "--config", tmp_path / "c.yaml")
    assert done.returncode == 3 and done.stderr.splitlines()[-1].startswith("onrecord: 90.0% of the records were rejected")
    assert len(rows(tmp_path / "out", "documents")) == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["run", "nowhere", "--output", "OUT"], "no input at nowhere; give a file"),
        (["run", "GOOD", "--output", "/proc/nowhere"], "cannot write to /proc/nowhere"),
        (["run", "GOOD", "--output", "GOOD"], "cannot write to"),
        (["run", "GOOD"], "the following arguments are required: --output/-o"),
        (["run", "GOOD", "--output", "OUT", "--bogus"], "unrecognized arguments: --bogus"),
        (
            ["run", "GOOD", "--output", "OUT", "--format", "tape"],
            "argument --format: invalid choice: 'tape' (choose from ",
        ),
        (["run", "GOOD", "--output", "OUT", "--workers", "many"], "invalid int value: 'many'"),
        (["run", "GOOD", "--output", "OUT", "--config", "nowhere.yaml"], "--config nowhere.yaml: No such file"),
        (["run", "GOOD", "--output", "ftp://host/x"], "a local folder is needed, or an address that begins with s3://"),
        (["show", "nowhere.txt"], "nowhere.txt: No such file"),
        (["evaluate", "--gold", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["schema", "nothing"], "no table 'nothing'; the tables are documents"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        ([], "required: COMMAND"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_one_line(onrecord: Command, tmp_path: Path, args: list[str], message: str) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    places = {"GOOD": str(tmp_path / "good.txt"), "OUT": str(tmp_path / "out")}
    done = onrecord(*[places.get(a, a) for a in args])
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and message in done.stderr and done.stderr.startswith("onrecord: ")


def test_json_summary(onrecord: Command, tmp_path: Path) -> None:
    done = onrecord("run", SAMPLES, "--output", tmp_path / "out", "--json")
    summary = json.loads(done.stdout)
    assert summary["counts"]["documents"] == 16 and summary["counts"]["read"] == 17
    assert sum(summary["quotes"].values()) == summary["counts"]["quotes"] > 50
    assert complaints(done.stderr) == []


def test_summary_table(onrecord: Command, tmp_path: Path) -> None:
    done = onrecord("run", SAMPLES, "--output", tmp_path / "out", env={**os.environ, "COLUMNS": "200"})
    for words in (
        "16 new, 1 duplicate, 0 rejected",
        "direct",
        "most quoted",
        "1 de: kept without",
        "14 of 16 documents; give dates",
        "documents/s",
        str(tmp_path),
    ):
        assert words in done.stdout
    again = onrecord("run", SAMPLES, "--output", tmp_path / "out")
    assert again.returncode == 0 and again.stdout.startswith("Nothing new")


def test_standard_input(onrecord: Command, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": t}) + "\n" for t in (TEXT, "It rained.")).encode()
    for _ in range(2):
        assert onrecord("run", "-", "--output", tmp_path / "out", stdin=lines).returncode == 0
    assert [d["uri"] for d in rows(tmp_path / "out", "documents", ["uri"])] == ["stdin:#L1", "stdin:#L2"]
    assert len(rows(tmp_path / "out", "appearances")) == 2


def test_schema(onrecord: Command) -> None:
    done = onrecord("schema", "quotes")
    assert done.returncode == 0 and done.stdout.startswith("quotes: An utterance")
    assert "speaker_name" in done.stdout and "list<item: struct<start_char: int32" in done.stdout
    assert "    name in apposition           The captain, Ann Veld: the name beside a noun.\n" in done.stdout
    assert onrecord("schema").stdout.count("run_id") == 9


def test_help_has_examples(onrecord: Command) -> None:
    for args in (["--help"], ["run", "--help"], ["evaluate", "--help"]):
        done = onrecord(*args)
        assert done.returncode == 0 and "example" in done.stdout


def test_evaluate(onrecord: Command, tmp_path: Path) -> None:
    text = "“We go,” said Ann Veld."
    gold = [{"source": [[14, 22]], "cue": [[9, 13]], "content": [[0, 8]]}]
    (tmp_path / "gold.jsonl").write_text(json.dumps({"doc_id": "a", "text": text, "attributions": gold}) + "\n")
    done = onrecord("evaluate", "--gold", tmp_path / "gold.jsonl", "--predictions", tmp_path / "p.jsonl", "--json")
    measures = json.loads(done.stdout)
    assert measures["joint"]["f"] == measures["direct"]["fragments"]["f"] == 1.0
    (predicted,) = map(json.loads, (tmp_path / "p.jsonl").read_text().splitlines())
    assert predicted == {"doc_id": "a", "attributions": [{"source": [[14, 22]], "cue": [[9, 13]], "content": [[1, 7]]}]}


def many(path: Path, count: int = 120) -> Path:
    body = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted(SAMPLES.glob("0[1-4]*.txt")))
    path.write_text("".join(json.dumps({"text": f"Report number {n} of the day\n\n{body}"}) + "\n" for n in range(count)))
    return path


@pytest.mark.fault
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "SIGTERM", "kill -9"])
def test_a_run_that_is_stopped_loses_nothing(onrecord: Command, tmp_path: Path, blow: signal.Signals) -> None:
    source = many(tmp_path / "a.jsonl", 120)
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "run", str(source), "--output", str(tmp_path / "out")],
        stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out").glob("_work/*/read-*.json")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(blow)
    _, told = process.communicate(timeout=60)
    assert not list((tmp_path / "out").glob("_runs/*"))
    if blow != signal.SIGKILL:
        assert process.returncode == 1 and told.splitlines()[-1] == "onrecord: interrupted; nothing was published"
    small = many(tmp_path / "b.jsonl", 20)
    assert onrecord("run", small, "--output", tmp_path / "out").returncode == 0
    assert onrecord("run", small, "--output", tmp_path / "clean").returncode == 0
    assert all_rows(tmp_path / "out") == all_rows(tmp_path / "clean")


def start(*args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "onrecord", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.engine
def test_a_second_run_gives_up_or_waits(onrecord: Command, tmp_path: Path) -> None:
    source, output = many(tmp_path / "a.jsonl", 120), tmp_path / "out"
    first = start("run", source, "--output", output)
    while not (output / "_writer.json").exists():
        time.sleep(0.01)
    refused = onrecord("run", SAMPLES, "--output", output)
    assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1
    assert f"another run is writing to {output} (process {first.pid} on " in refused.stderr and "--wait" in refused.stderr
    refused = onrecord("compact", output)  # nothing has been published yet
    assert refused.returncode == 2 and "holds no finished run" in refused.stderr
    waited = onrecord("run", SAMPLES, "--output", output, "--wait")
    assert waited.returncode == 0 and waited.stderr.startswith("onrecord: waiting: another run is writing")
    assert first.wait(60) == 0
    assert len(rows(output, "documents")) == 136 and onrecord("verify", output).returncode == 0


@pytest.mark.engine
def test_keeping_a_record(onrecord: Command, tmp_path: Path) -> None:
    output = tmp_path / "out"
    for name in ("01-harbour-wall.txt", "02-*.txt"):
        assert onrecord("run", SAMPLES / name, "--output", output).returncode == 0
    done = onrecord("compact", output, "--grace", "0s")
    assert done.returncode == 0 and "files merged into" in done.stdout and done.stderr == ""
    assert onrecord("compact", output).stdout.startswith("Nothing to merge")
    assert onrecord("reprocess", output).stdout.startswith("Nothing to read again")
    again = onrecord("reprocess", output, "--all", "--since", "2020-01-01", "--json")
    assert json.loads(again.stdout)["counts"]["read_again"] == 2 and json.loads(again.stdout)["kind"] == "reprocess"
    done = onrecord("verify", output)
    assert done.returncode == 0 and done.stdout.startswith(f"{output}: all is well; 2 documents, 2 appearances")
    done = onrecord("forget", output, "--uri", SAMPLES / "01-harbour-wall.txt")
    assert done.returncode == 0 and done.stdout.startswith("Forgotten: 1 document, 1 appearance,")
    assert onrecord("forget", output, "--uri", SAMPLES / "01-harbour-wall.txt").stdout == done.stdout  # by the run that did it
    assert json.loads(onrecord("verify", output, "--json").stdout) | {"rows": 0} == {"problems": [], "rows": 0, "unfinished": []}
    next((output / "quotes").rglob("*.parquet")).unlink()
    done = onrecord("verify", output)
    assert done.returncode == 1 and ": missing\n" in done.stdout and "3 problems; " in done.stdout


@pytest.mark.parametrize("command", [["verify"], ["compact"], ["reprocess"], ["forget", "--uri", "x"]])
def test_only_output_folders_are_kept(onrecord: Command, tmp_path: Path, command: list[str]) -> None:
    done = onrecord(command[0], tmp_path, *command[1:])
    assert done.returncode == 2 and "holds no finished run; 'onrecord run INPUT --output" in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not list(tmp_path.iterdir())


def test_an_output_that_is_a_file(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    done = onrecord("run", SAMPLES, "--output", tmp_path / "out")
    assert done.returncode == 2 and "it is a file; choose another --output" in done.stderr
