"""The steps of the Dockerfile in a bare system, since not everybody can build a container: what they install reads articles."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run

from .conftest import SAMPLES, all_rows
from .servers.processes import needed

ROOT = Path(__file__).parent.parent
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MIRROR = os.environ.get("ONRECORD_DEBIAN_MIRROR")


def taken(target: Path) -> None:
    """Copy what ``COPY .`` takes: what .dockerignore does not leave out."""
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            source = ROOT / line[1:]
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, target / source.name, **({"symlinks": True} if source.is_dir() else {}))


@pytest.mark.engine
@pytest.mark.timeout(3600)
def test_what_the_steps_install_reads_articles(tmp_path: Path) -> None:
    """Needs debootstrap, the right to change the root, and ``ONRECORD_DEBIAN_MIRROR``, an address of Debian's archive."""
    needed("debootstrap", "chroot")
    if os.geteuid() or not MIRROR:
        pytest.skip("a bare system needs root, and ONRECORD_DEBIAN_MIRROR, the address of Debian's archive")
    root = tmp_path / "root"
    options = ["--variant=minbase", "--include=ca-certificates"]
    done = subprocess.run(["debootstrap", *options, "bookworm", root, MIRROR], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    for settings in ("resolv.conf", "pip.conf"):  # how this machine reaches the registries
        if Path("/etc", settings).exists():
            shutil.copy(Path("/etc", settings), root / "etc" / settings)
    certificates = "/etc/ssl/certs/ca-certificates.crt"
    shutil.copy(os.environ.get("PIP_CERT", certificates), root / certificates[1:])
    variables = os.environ | {"PIP_CERT": certificates}
    (root / "src").mkdir()
    taken(root / "src")
    (step,) = re.findall(r"^RUN (sh \S+ /src)", RECIPE, re.MULTILINE)
    chroot = ["chroot", str(root)]
    done = subprocess.run([*chroot, *step.split()], capture_output=True, text=True, env=variables)
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    shutil.rmtree(root / "src")
    shutil.copy(SAMPLES / "01-harbour-wall.txt", root / "tmp")
    words = ["/opt/onrecord/bin/onrecord", "run", "/tmp/01-harbour-wall.txt", "--output", "/tmp/out"]
    done = subprocess.run([*chroot, "setpriv", "--reuid=10001", "--clear-groups", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    shutil.copy(SAMPLES / "01-harbour-wall.txt", tmp_path)
    run([str(tmp_path / "01-harbour-wall.txt")], tmp_path / "out", Config())
    own, here = all_rows(root / "tmp" / "out"), all_rows(tmp_path / "out")
    assert [r["quote_id"] for r in own["quotes"]] == [r["quote_id"] for r in here["quotes"]] != []
    assert [r["figure_id"] for r in own["figures"]] == [r["figure_id"] for r in here["figures"]]
