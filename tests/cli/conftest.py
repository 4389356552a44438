"""A separate home for commands, with the store where they expect it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kept_store import keep_store


@pytest.fixture
def environment(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a command."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    keep_store(store)
    return dict(os.environ)


@pytest.fixture
def study(made_chain, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    """A copy of the study of a small simulated eye."""
    return Path(shutil.copytree(made_chain.folder, tmp_path / "study"))
