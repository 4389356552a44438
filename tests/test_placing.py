"""Finished files get their names, and never those of others."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from octome.placing import place


def refuse_links(_source: object, _target: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_gets_its_name_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr("octome.placing.os.link", refuse_links)
    (tmp_path / "one").write_text("one")
    place(tmp_path / "one", tmp_path / "name")
    (tmp_path / "two").write_text("two")
    with pytest.raises(FileExistsError):
        place(tmp_path / "two", tmp_path / "name")
    assert (tmp_path / "name").read_text() == "one"


def test_other_refusals_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        place(tmp_path / "nowhere", tmp_path / "name")
    assert list(tmp_path.iterdir()) == []
