"""A history keeps every stage as data."""

from __future__ import annotations

from octome.standard.json_data import page_data
from octome.standard.library import Library


def test_history_is_in_the_json_of_a_page(library: Library) -> None:
    page = page_data(library.attribute_at("/modules/surface-segmentation/00700084"))
    assert page["history"] == {
        "editions": ["2020b", "2026b"],
        "stages": [
            {"first": "2020b", "last": "2020b", "state": "Type 2"},
            {"first": "2026b", "last": "2026b", "state": "Type 3"},
        ],
        "words": "Type 2 in 2020b; Type 3 in 2026b",
        "not_known": [],
        "not_compiled": [],
    }
