"""The S3 server does what storage relies on."""

from __future__ import annotations

import http.client
import urllib.parse
from pathlib import Path

import pytest

from .s3 import s3_server


@pytest.mark.engine
@pytest.mark.timeout(900)  # the server may have to be built
def test_an_object_is_put_once(tmp_path: Path) -> None:
    """Who puts an object, if it is not there, after another has is refused; a server started again has it still."""
    obstore = pytest.importorskip("obstore")
    for start in range(2):
        with s3_server(tmp_path) as s3:
            store = obstore.store.S3Store(
                s3.bucket,
                endpoint=s3.endpoint,
                access_key_id=s3.key,
                secret_access_key=s3.secret,
                region=s3.region,
                virtual_hosted_style_request=False,
                conditional_put="etag",
                client_options={"allow_http": True},
            )
            if start == 0:
                obstore.put(store, "runs/1.json", b"first", mode="create")
            with pytest.raises(obstore.exceptions.AlreadyExistsError):
                obstore.put(store, "runs/1.json", b"second", mode="create")
            assert bytes(obstore.get(store, "runs/1.json").bytes()) == b"first"
            assert (s3.folder / "runs/1.json").read_bytes() == b"first"
            stranger = http.client.HTTPConnection(urllib.parse.urlsplit(s3.endpoint).netloc)
            stranger.request("GET", f"/{s3.bucket}/runs/1.json")
            assert stranger.getresponse().status == 403
