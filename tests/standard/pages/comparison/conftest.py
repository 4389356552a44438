"""Two editions to compare."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from two_ponds import NEWER, OLDER, two_ponds

from octome.standard.library import Library

FOLDERS = ("XDG_DATA_HOME", "XDG_CACHE_HOME")


@pytest.fixture(scope="session")
def ponds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library with both, compiled; other tests keep their own folders meanwhile."""
    own = {name: os.environ.get(name) for name in FOLDERS}
    with two_ponds(tmp_path_factory.mktemp("ponds")) as library:
        for edition in (OLDER, NEWER):
            library.ciods(edition)
        with pytest.MonkeyPatch.context() as patch:
            for name, folder in own.items():
                if folder is None:
                    patch.delenv(name)
                else:
                    patch.setenv(name, folder)
            yield library
