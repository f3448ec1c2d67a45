"""Addresses: which are public, and what is never kept of them."""

from __future__ import annotations

import pytest

from onrecord.sources.identity import canonical_url
from onrecord.sources.web.addresses import credentials, is_public, shown, without_credentials


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255", "0.0.0.0",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "feff::1", "fd00::1", "ff02::1", "2001:db8::1", "4000::1", "5f00::1",
        "::7f00:1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:0:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::a9fe:a9fe",
        "64:ff9b::192.168.0.1", "64:ff9b:1::8.8.8.8", "64:ff9b:1:2::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:1::5",
        "2001::1", "2001:0:808:808::f7f7:f7f7", "2001:0:7f00:1:0:0:f5ff:fffe", "2a00:1450::5efe:10.0.0.1",
        "2a00:1450::200:5efe:127.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2a00:1450:4001::200e", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2a00:1450::5efe:8.8.8.8"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://ann:hemmelig@news.example/a?b=c@d#e", "http://news.example/a?b=c@d#e"),
        ("https://hemmelig@news.example", "https://news.example"),
        ("http://ann:hemmelig@x@news.example:81/", "http://news.example:81/"),
        (" \thttp://ann:hem\nmelig@news.example/", "http://news.example/"),
        ("HTTP:\\\\ann:hemmelig@news.example/", "HTTP:\\\\news.example/"),
        ("//ann:hemmelig@news.example/", "//news.example/"),
        ("http:/ann:hemmelig@news.example/", "http:/news.example/"),
        ("http://news.example/@ann", "http://news.example/@ann"),
        ("tag:ann@news.example,2026:1", "tag:ann@news.example,2026:1"),
        ("http://[::1/ann:x", "http://[::1/ann:x"),
    ],
)
def test_credentials_are_dropped_from_addresses(given: str, kept: str) -> None:
    assert without_credentials(given) == kept


def test_an_article_is_the_same_whoever_asked_for_it() -> None:
    assert canonical_url("http://ann:hemmelig@news.example/wall") == canonical_url("http://news.example/wall")


def test_what_is_shown_of_an_address_that_is_none() -> None:
    assert shown("http://ann:hem/melig@news.example/") == "'…news.example/'"
    assert shown("http://[") == "'http://['"
    assert credentials("http://[") is None and credentials("http://a:b@c/") == "a:b"
