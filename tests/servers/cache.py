"""What servers are made of: fetched from its registry once, in a pinned version, and kept for the next test."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from .network import outside
from .processes import needed

CACHE = Path(os.environ.get("ONRECORD_TEST_CACHE", "~/.cache/onrecord-tests")).expanduser()
_FETCH_SECONDS = 900


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name`` of the cache, which ``make`` fills the first time; never half filled, whoever else asks for it."""
    folder = CACHE / name
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with FileLock(CACHE / f"{name}.lock"):
            if not folder.exists():
                filling = CACHE / f"{name}-{uuid.uuid4().hex}"
                filling.mkdir()
                try:
                    make(filling)
                    filling.rename(folder)
                finally:
                    shutil.rmtree(filling, ignore_errors=True)
    return folder


def fetch(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run what fetches or builds something, with the network of this machine, whatever network the test is in.

    Raises:
        RuntimeError: it failed; the message ends with what it said.
    """
    whole = [*map(str, command)]
    with outside():
        done = subprocess.run(
            whole, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=_FETCH_SECONDS
        )
    if done.returncode:
        raise RuntimeError(f"{' '.join(whole)}: {(done.stdout + done.stderr)[-2000:]}")


def go_program(package: str, version: str) -> Path:
    """A program built from a pinned version of a Go module; Go checks it against the checksums that all the world sees."""
    needed("go")
    name = package.rsplit("/", 1)[1]

    def build(folder: Path) -> None:
        fetch("go", "install", f"{package}@{version}", env={"GOBIN": str(folder)})

    return kept(f"{name}-{version}", build) / name


def jars(name: str) -> Path:
    """A folder with exactly the jars that ``name.jars`` lists beside this file, each with its SHA-256, from Maven's repository.

    Raises:
        RuntimeError: one is another than it was.
    """
    needed("java", "mvn")
    listed = [line.split() for line in (Path(__file__).parent / f"{name}.jars").read_text().splitlines()]

    def load(folder: Path) -> None:
        (folder / "pom.xml").write_text(_POM.format("".join(_DEPENDENCY.format(*place.split(":")) for _, place in listed)))
        fetch("mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={folder}", cwd=folder)
        for digest, place in listed:
            jar = folder / f"{place.split(':', 1)[1].replace(':', '-')}.jar"
            if hashlib.sha256(jar.read_bytes()).hexdigest() != digest:
                raise RuntimeError(f"{jar.name} is not the file whose SHA-256 is {digest}")

    version = hashlib.sha256(repr(listed).encode()).hexdigest()[:12]
    return kept(f"{name}-{version}", load)


# each jar by itself: what it depends on is in the list too, or comes with pyspark
_DEPENDENCY = """
<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version>
<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>"""
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>onrecord</groupId><artifactId>tests</artifactId><version>1</version><dependencies>{}</dependencies></project>
"""
