"""One attribute of a module in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_type_and_description(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "modules/toad/FrogSongCodeSequence")
    assert page.title.startswith("(0098,0004) Frog Song Code Sequence in Toad")
    assert [(c.title, c.before, c.after) for c in page.properties] == [("Type", "3", "1")]
    page = ponds.edition_diff(OLDER, NEWER, "macros/code-sequence/CodingSchemeDesignator")
    assert [(p.before, p.after) for p in page.passages] == [("Who made it.", "Who wrote it.")]


def test_borrowed_text_is_not_compared(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "modules/patient/PatientName")
    assert (page.properties, page.passages) == ((), ())


def test_attribute_that_one_edition_lacks_there(library: Library) -> None:
    path = "modules/height-map-segmentation-image/00280002"
    assert library.edition_diff("2020b", "2026b", path).notes == ("2020b does not have it there.",)
