"""What a source may have of an edition."""

from __future__ import annotations

import pytest

from octome.standard.sources.listed import SOURCES
from octome.standard.sources.source import CONTENTS, Source


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_listed_source_has_what_a_source_needs(source: Source) -> None:
    assert source.name.isidentifier()
    assert source.fingerprint()
    contents = source.contents()
    assert contents
    for of_edition in contents.values():
        assert of_edition <= CONTENTS
        assert "facts" in of_edition or "text" not in of_edition
