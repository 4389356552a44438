"""Captions without what some editions add to them."""

from __future__ import annotations

import pytest

from octome.standard.sources.docbook.table_caption import plain_caption


@pytest.mark.parametrize(
    "caption",
    [
        "Frog IOD Modules",
        "Frog IOD Modules.",
        "Frog IOD Modules (Continued)",
        "Table A.3-1. Frog IOD Modules",
        "Table A.3-1 Frog IOD Modules (cont.)",
    ],
)
def test_caption_is_without_its_number_and_a_continuation(caption: str) -> None:
    assert plain_caption(caption) == "Frog IOD Modules"
