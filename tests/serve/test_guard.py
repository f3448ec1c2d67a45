"""Who may ask: whoever has the token, by a name of this machine, and for what writes from this site's own pages."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import TOKEN

PATHS = ["/", "/speakers", "/shares", "/claims", "/text", "/assets/marks.js", "/api/quotes", "/api/openapi.json", "/nothing"]


@pytest.fixture
def stranger(samples: Any) -> Any:
    """A client of the same pages without the token."""
    from fastapi.testclient import TestClient

    return TestClient(samples.app, base_url="http://127.0.0.1:8400", follow_redirects=False)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_answered_without_the_token(stranger: Any, path: str) -> None:
    wrong = {"Authorization": f"Bearer {TOKEN}x"}, {"Cookie": f"onrecord={TOKEN[:-1]}"}, {"Authorization": "Bearer"}, {}
    for headers in wrong:
        assert stranger.get(path, headers=headers).status_code == 403
    assert stranger.get(path, params={"token": "other"}).status_code == 403
    assert stranger.get(path, params={"token": ""}).status_code == 403


def test_nothing_is_read_without_the_token(stranger: Any) -> None:
    assert stranger.post("/read", json={"text": "“No,” said Ilse Tarn."}).status_code == 403
    assert stranger.post("/text", data={"text": "“No,” said Ilse Tarn."}).status_code == 403


def test_token_of_the_address_becomes_a_cookie(stranger: Any) -> None:
    answer = stranger.get("/", params={"token": TOKEN, "q": "storm wall"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=storm+wall")
    told = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert {f"onrecord={TOKEN}", "httponly", "samesite=strict", "path=/"} <= told
    assert stranger.get("/?q=storm").status_code == 200


def test_address_leads_to_this_site_alone(stranger: Any) -> None:
    assert (
        stranger.get("http://127.0.0.1:8400//other.example/x", params={"token": TOKEN}).headers["location"] == "/other.example/x"
    )


@pytest.mark.parametrize("host", ["rebound.example:8400", "rebound.example", "127.0.0.1.example:8400", "0.0.0.0:8400", "[", ""])
def test_other_names_of_this_machine_are_refused(samples: Any, host: str) -> None:
    assert samples.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8400", "localhost:9000", "LOCALHOST"])
def test_names_of_this_machine(samples: Any, host: str) -> None:
    assert samples.get("/text", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://other.example", "http://127.0.0.1:8401", "https://127.0.0.1:8400", "null"])
def test_pages_of_other_origins_send_nothing(samples: Any, origin: str) -> None:
    assert samples.post("/read", json={"text": "x"}, headers={"Origin": origin}).status_code == 403


def test_what_is_sent_has_a_length(samples: Any) -> None:
    assert samples.post("/text", content=b"text=" + b"x" * 1_000_001).status_code == 413
    assert samples.post("/text", content=iter([b"text=x"])).status_code == 413  # in chunks


@pytest.mark.parametrize("path", ["/", "/api/quotes", "/nothing", "/assets/serve.js"])
def test_pages_keep_to_themselves(samples: Any, path: str) -> None:
    headers = samples.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'", "'script'", "data:"}
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
