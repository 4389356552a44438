"""Two editions to compare."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from two_ponds import two_ponds

from octome.standard.library import Library


@pytest.fixture(scope="package")
def ponds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library with both."""
    with two_ponds(tmp_path_factory.mktemp("ponds")) as library:
        yield library
