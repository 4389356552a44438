"""The lock of all editions: what the system refuses, in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from octome.errors import SyncFailed
from octome.standard.edition_folder import editions_folder
from octome.standard.edition_lock import locked_editions


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("number", "cure"),
    [(errno.ENOSPC, "octome editions remove makes room"), (errno.EROFS, "XDG_DATA_HOME")],
)
def test_refusal_names_the_folder_once_and_the_cure(number: int, cure: str) -> None:
    folder = editions_folder()
    with pytest.raises(SyncFailed, match=cure) as refused, locked_editions():
        raise OSError(number, os.strerror(number), str(folder))
    assert str(refused.value).count(str(folder)) == 1


def test_error_that_is_not_of_the_system_stays_what_it_is() -> None:
    with pytest.raises(SyncFailed, match="croak"), locked_editions():
        raise SyncFailed("croak")
