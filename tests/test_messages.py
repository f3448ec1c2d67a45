"""No message obeys what stands in a name: control characters and markup are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli.app import main

from .test_inputs import TEXT, named


@pytest.mark.parametrize(
    "args",
    [
        ["run", "NAME", "--output", "OUT"], ["run", "GOOD", "--output", "NAME/x\udcff"], ["run", "GOOD", "--output", "GOOD/NAME"],
        ["run", "GOOD", "--output", "OUT", "NAME"], ["run", "GOOD", "--output", "OUT", "--config", "NAME"],
        ["run", "GOOD", "--output", "OUT", "--metadata", "NAME"], ["run", "GOOD", "--output", "OUT", "--aliases", "NAME"],
        ["run", "GOOD", "--output", "OUT", "--format", "NAME"], ["run", "GOOD", "--output", "OUT", "--runner", "NAME"],
        ["watch", "GOOD", "--output", "OUT", "--every", "NAME"], ["verify", "NAME"], ["compact", "NAME"], ["reprocess", "NAME"],
        ["forget", "NAME", "--uri", "x"], ["retry-rejects", "NAME"], ["show", "NAME"], ["report", "NAME", "-o", "x"],
        ["export", "NAME", "--table", "quotes", "--format", "csv"], ["evaluate", "--gold", "NAME"], ["schema", "NAME"], ["NAME"],
        ["run", "--NAME"],
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("name", ["a\x1b[31mb\x07\nc\rd\x9be\u202ef.txt", "caf\udce9[bold]\u2028.txt"], ids=["controls", "bytes"])
def test_no_message_obeys_a_name(args: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    places = {"GOOD": str(tmp_path / "good.txt"), "OUT": str(tmp_path / "out")}
    argv = [places.get(a, a).replace("NAME", name).replace("GOOD", str(tmp_path / "good.txt")) for a in args]
    try:
        status = main(argv)
    except SystemExit as end:
        status = int(str(end.code))
    said = capsys.readouterr()
    assert status in (1, 2) and said.out == "" and said.err.endswith("\n")
    assert not [c for c in said.err[:-1] if not (c.isprintable() or c == "\ufffd")], ascii(said.err)


@pytest.mark.engine
def test_no_message_of_a_run_obeys_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news, output = tmp_path / "news", tmp_path / "o\x1b[31mut[bold]\n"
    news.mkdir()
    (news / "good.txt").write_text(TEXT)
    named(news, b"red\x1b[31m.txt")
    for args in (
        ["run", news, "--output", output],
        ["run", news, "--output", output],
        ["verify", output],
        ["show", news / "good.txt"],
    ):
        assert main([str(a) for a in args]) == 0
    report = ["report", str(output), "-o", str(tmp_path / "r\x1b[31m\n.html")]
    assert main(report) == 0
    said = capsys.readouterr()
    lines = (said.out + said.err).split("\n")
    assert not [line for line in lines if "\x1b[31m" in line or ("ut[bold" in line and "ut[bold]\u240a" not in line)]
    assert any("r\u241b[31m\u240a.html" in line for line in lines)
