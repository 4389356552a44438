"""Attributes that are one sequence deeper in one of two editions."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.pages.comparison.changes import Entry
from octome.standard.pages.comparison.nesting import nested_otherwise


def entries(*keys: str, state: str = "1") -> dict[str, Entry]:
    return {key: Entry("Frog", key, state=state) for key in keys}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        # Within an attribute that both have: deeper, or less deep.
        (("/1", "/1/2", "/1/9"), ("/1", "/1/2", "/1/2/9"), {"/1/2/9": "/1/9"}),
        (("/1", "/1/2", "/1/2/9"), ("/1", "/1/2", "/1/9"), {"/1/9": "/1/2/9"}),
        # The sequence came with it: the Standard has changed.
        (("/1", "/1/9"), ("/1", "/1/2", "/1/2/9"), {}),
        # Two sequences deeper.
        (("/1", "/1/2", "/1/2/3", "/1/9"), ("/1", "/1/2", "/1/2/3", "/1/2/3/9"), {}),
        # Two places, and nothing says which.
        (("/1", "/1/2", "/1/3", "/1/9"), ("/1", "/1/2", "/1/3", "/1/2/9", "/1/3/9"), {}),
    ],
)
def test_only_what_has_one_attribute_more_above_it(
    before: tuple[str, ...], after: tuple[str, ...], found: dict[str, str]
) -> None:
    assert nested_otherwise(entries(*before), entries(*after)) == found


def test_another_type_is_another_attribute() -> None:
    deeper = {**entries("/1", "/1/2"), **entries("/1/2/9", state="3")}
    assert nested_otherwise(entries("/1", "/1/2", "/1/9"), deeper) == {}


@pytest.mark.parametrize("module", ["intraocular-lens-calculations", "enhanced-us-image"])
def test_faults_of_the_packaged_source_are_neither_added_nor_removed(
    library: Library, module: str
) -> None:
    page = library.edition_diff("2020b", "2026b", f"modules/{module}")
    kinds = {change.what for change in page.attributes}
    assert kinds == {"added", "nested otherwise"}
    assert page.notes[1].startswith("Nested otherwise: ")
