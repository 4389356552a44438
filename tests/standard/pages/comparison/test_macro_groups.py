"""Changes that are the attributes of one macro."""

from __future__ import annotations

from collections import Counter

from octome.standard.library import Library


def test_written_out_macro_of_a_sequence_is_one_group(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "modules/acquisition-context")
    groups = Counter(change.group for change in page.attributes if change.group)
    (group,) = groups
    assert group == "Content Item with Modifiers Macro in (0040,0555) Acquisition Context Sequence"
    assert {change.what for change in page.attributes if change.group} == {"added"}


def test_attribute_in_a_new_sequence_is_in_no_group(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "modules/ct-image")
    new = [c for c in page.attributes if c.path.startswith("/modules/ct-image/300a079f/")]
    assert len(new) > 300
    assert {change.group for change in new} == {""}
