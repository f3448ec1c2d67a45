"""Stopping a run in this process where it writes, as a full disk or Ctrl-C does."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.transforms.write import WriteFiles

SMALL: dict[str, Any] = {"batch_documents": 5, "part_mb": 0.0001}  # settings by which every few documents are written at once


def stop_writing(patch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Let writing fail once files have been written so many times."""
    real, calls = WriteFiles._flush, list[int]()

    def flush(step: WriteFiles) -> Any:
        if step.held and len(calls) == after:
            raise error
        calls.append(1)
        return real(step)

    patch.setattr(WriteFiles, "_flush", flush)
