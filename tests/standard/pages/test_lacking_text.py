"""Why an attribute has no description."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage
from octome.standard.model.dictionary import AttributeEntry

NEWER = "2020b, which does not describe it. octome sync fetches an edition whole"


def entry(library: Library, keyword: str) -> AttributeEntry:
    page = library.at(f"/attributes/{keyword}", "2026b")
    assert isinstance(page, AttributeEntry)
    return page


def test_attribute_newer_than_the_text_says_so_with_what_helps(library: Library) -> None:
    page = library.at("/modules/sop-common/0008001c", "2026b")
    assert isinstance(page, AttributePage)
    assert page.description is None
    assert NEWER in page.why_no_description
    assert NEWER in entry(library, "SyntheticData").why_no_description


def test_described_attribute_lacks_nothing(library: Library) -> None:
    assert entry(library, "PixelSpacing").why_no_description == ""
