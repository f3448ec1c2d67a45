"""The command: a real process on loopback, what it lets in, how it ends, and what it says where it cannot serve."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from ..server import serving as watching
from .serving import Served, serving

HOST = "127.0.0.1"


def asked(served: Served, path: str, headers: dict[str, str], body: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to a request with these headers and no other."""
    connection = http.client.HTTPConnection(HOST, served.port, timeout=20)
    method = "GET" if body is None else "POST"
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in (headers | ({"Content-Length": str(len(body))} if body is not None else {})).items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def listened_on(port: int) -> set[str]:
    """The addresses of this machine at which somebody listens on a port, as the system tells them."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            if state == "0A" and int(address.split(":")[1], 16) == port:
                found.add(address.split(":")[0])
    return found


@pytest.mark.engine
def test_who_may_ask(sample_output: Path) -> None:
    with serving(sample_output) as served:
        host = {"Host": f"{HOST}:{served.port}"}
        bearer = {"Authorization": f"Bearer {served.token}"}
        assert listened_on(served.port) == {"0100007F"}  # 127.0.0.1 alone
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.2", served.port), timeout=2)
        for path in ("/", "/api/quotes", "/assets/marks.js", f"/?token={served.token}x", "/?token="):
            assert asked(served, path, host)[0] == 403
            assert asked(served, path, host | {"Authorization": "Bearer wrong"})[0] == 403
        assert asked(served, "/read", host, b'{"text": "x"}')[0] == 403
        for name in (f"rebound.example:{served.port}", "rebound.example"):
            assert asked(served, "/api/quotes", {"Host": name} | bearer)[0] == 403
        json_text = {"Content-Type": "application/json"}
        foreign = host | bearer | json_text | {"Origin": "http://other.example"}
        assert asked(served, "/read", foreign, b'{"text": "x"}')[0] == 403
        status, headers, _ = asked(served, f"/?token={served.token}", host)
        assert (status, headers["location"]) == (303, "/")
        cookie = headers["set-cookie"].split(";")[0]
        assert cookie.split("=")[0] == f"onrecord-{served.port}"
        status, headers, body = asked(served, "/", host | {"Cookie": cookie})
        assert status == 200 and b"<h1>Quotes</h1>" in body and "server" not in headers
        assert json.loads(asked(served, "/api/quotes", host | bearer)[2])["count"] > 50
        assert served.token not in Path(f"/proc/{served.process.pid}/cmdline").read_text()
        status, err = served.stop()
        assert status == 0 and err.endswith("onrecord: only who has this address can read it; Ctrl-C ends\n")


@pytest.mark.engine
def test_nobody_is_told_what_is_read(sample_output: Path) -> None:
    """Not even where the environment asks the web framework to send its traces somewhere."""
    with watching() as elsewhere:
        asks = {"FASTAPI_OTEL_AUTO_CONFIGURE": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": elsewhere.url}
        with serving(sample_output, asks | {"HTTP_PROXY": elsewhere.url, "http_proxy": elsewhere.url}) as served:
            headers = {"Host": f"{HOST}:{served.port}", "Authorization": f"Bearer {served.token}"}
            for path in ("/?q=the", "/shares", "/claims", "/api/quotes"):
                assert asked(served, path, headers)[0] == 200
            assert served.stop()[0] == 0
        assert elsewhere.asked == []


@pytest.mark.engine
def test_stop_by_a_scheduler_and_the_index_is_there(sample_output: Path) -> None:
    for _ in range(2):
        with serving(sample_output) as served:
            status, err = served.stop(signal.SIGTERM)
    assert status == 0 and "indexing" not in err


def test_port_that_is_taken(sample_output: Path, onrecord: Any) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        done = onrecord("serve", sample_output, "--port", port)
    assert done.returncode == 2
    assert done.stderr == f"onrecord: --port {port}: is taken; choose another, or 0 for any that is free\n"


@pytest.mark.parametrize("port", ["x", "-1", "65536", "1.5"])
def test_port_that_is_none(onrecord: Any, port: str) -> None:
    done = onrecord("serve", "out", f"--port={port}")
    assert done.returncode == 2 and f"{port!r} is not a number from 0 to 65535" in done.stderr


def test_no_record_there(tmp_path: Path, onrecord: Any) -> None:
    done = onrecord("serve", tmp_path / "none", "--port", "0")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(f"onrecord: {tmp_path / 'none'} holds no finished run; ") and done.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("package", ["uvicorn", "fastapi", "duckdb"])
def test_extra_that_is_missing(sample_output: Path, onrecord: Any, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in [n for n in sys.modules if n.startswith("onrecord.serve.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    done = onrecord("serve", sample_output, "--port", "0")
    assert done.returncode == 2
    assert done.stderr == f"onrecord: {package} is not installed; pip install 'onrecord[serve]' brings what serve needs\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_cache_that_cannot_be_written(sample_output: Path, onrecord: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = onrecord("serve", sample_output, "--port", "0", env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert done.returncode == 1 and done.stderr.count("\n") == 1


def test_cache_that_is_a_file(sample_output: Path, onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    done = onrecord("serve", sample_output, "--port", "0", env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and str(tmp_path / "cache") in done.stderr
