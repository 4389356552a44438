"""Addresses are made from values, and keep what is being read."""

from __future__ import annotations

import pytest

from octome.standard.block import Block, Span
from octome.standard.library import Library
from octome.web.url import Urls, kept_query

OLD = Urls({"edition": "2020b", "order": "kind"})


def test_an_address_of_the_default_edition_is_the_bare_path() -> None:
    assert Urls()("/ciods/ct-image#modules") == "/ciods/ct-image#modules"


@pytest.mark.parametrize(
    ("address", "query", "made"),
    [
        ("/ciods", {}, "/ciods?edition=2020b&order=kind"),
        ("/sections/C.7.6#t", {}, "/sections/C.7.6?edition=2020b&order=kind#t"),
        ("/search?q=a%26b", {}, "/search?q=a%26b&edition=2020b&order=kind"),
        ("/ciods", {"edition": "2026b"}, "/ciods?edition=2026b&order=kind"),
        ("/ciods", {"edition": None}, "/ciods?edition=2020b&order=kind"),
        ("/attributes", {"group": "0022"}, "/attributes?group=0022&edition=2020b&order=kind"),
    ],
)
def test_an_address_keeps_what_is_being_read(
    address: str, query: dict[str, str | None], made: str
) -> None:
    assert OLD(address, **query) == made


def test_links_in_stored_text_become_links_of_the_page() -> None:
    inner, outer = Span("link", 4, 7, "/sections/C.7#x"), Span("link", 11, 15, "https://x.test/")
    text = Block(kind="paragraph", words="See C.7 or that", spans=(inner, outer))
    assert Urls({"edition": "2020b"}).prose((text,)) == (
        '<p>See <a href="/sections/C.7?edition=2020b#x">C.7</a> or '
        '<a href="https://x.test/" rel="external noreferrer">that</a></p>'
    )


def test_only_what_is_known_and_not_the_default_is_kept(library: Library) -> None:
    newest, oldest = library.editions[0], library.editions[-1]
    assert kept_query(library, {"edition": newest, "order": "standard", "q": "x"}) == {}
    assert kept_query(library, {"edition": oldest, "order": "kind"}) == {
        "edition": oldest,
        "order": "kind",
    }
    assert kept_query(library, {"sort": "tag"}) == {"sort": "tag"}
    assert kept_query(library, {"sort": "standard"}) == {}
    assert kept_query(library, {"edition": oldest.upper()}) == {"edition": oldest}
    assert kept_query(library, {"edition": "1999", "order": "<b>"}) == {}
