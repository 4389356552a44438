"""The pages that are offered where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_source import InventedSource, compiled, facts_edition
from invented_templates import with_templates

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.nearest import MOST


def test_unknown_path_offers_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownPath) as refusal:
        library.at("/ciods/ct-imag")
    assert refusal.value.details["nearest"][0]["path"] == "/ciods/ct-image"


def test_what_is_offered_in_another_edition_is_there(library: Library) -> None:
    for path in ("/ciods/cr-image/cr-image/Frog", "/ciods/ct-image/patient/Frog"):
        with pytest.raises(UnknownPath) as refusal:
            library.at(path)
        for near in refusal.value.details["nearest"]:
            library.at(near["path"], *near["editions"][:1])


def nearest(library: Library, path: str) -> list[str]:
    with pytest.raises(UnknownPath) as refusal:
        library.at(path)
    return [page["path"] for page in refusal.value.details["nearest"]]


def test_page_above_an_unknown_attribute_is_offered(library: Library) -> None:
    assert "/modules/patient" in nearest(library, "/modules/patient/Frog")
    assert "/ciods/ct-image/patient" in nearest(library, "/ciods/ct-image/patient/Frog")


def test_word_alone_offers_what_a_search_finds(library: Library) -> None:
    assert "/attributes/00280030" in nearest(library, "/PixelSpacin")
    assert "/context-groups/29" in nearest(library, "/29")


def test_code_without_its_scheme_offers_the_codes_with_the_value(library: Library) -> None:
    assert nearest(library, "/codes/121071")[0] == "/codes/DCM/121071"


def test_scheme_where_no_code_is_here_says_how_to_get_part_16(tmp_path: Path) -> None:
    source = InventedSource(editions=(facts_edition("2019a"),))
    with (
        compiled(tmp_path / "s.sqlite", source) as opened,
        pytest.raises(UnknownPath, match=r"/codes/DCM is not here; it would be in PS3\.16 .* sync"),
    ):
        opened.at("/codes/DCM")


def test_at_most_eight_pages_are_offered_each_once(library: Library) -> None:
    pages = nearest(library, "/modules/image")
    assert 1 < len(pages) <= MOST
    assert len(set(pages)) == len(pages)


def test_template_that_the_edition_lacks_leads_to_the_list_of_them(library: Library) -> None:
    assert nearest(library, "/templates/1500") == ["/parts/16", "/templates"]


def test_template_is_offered_where_another_edition_has_it(tmp_path: Path) -> None:
    source = InventedSource(editions=(facts_edition("2019a"), with_templates()))
    with compiled(tmp_path / "s.sqlite", source) as opened:
        with pytest.raises(UnknownPath) as refusal:
            opened.template("10b", "2019a")
        first = refusal.value.details["nearest"][0]
    assert (first["path"], first["editions"]) == ("/templates/10b", ["2020b"])


@pytest.mark.parametrize(
    "path", ["context-groups/9999", "codes/DCM/0", "templates/1500", "TID1500"]
)
def test_what_part_16_would_have_says_how_to_get_it(library: Library, path: str) -> None:
    with pytest.raises(UnknownPath, match=rf"/{path} is not here; it would be in PS3\.16 .* sync"):
        library.at(f"/{path}", "2020b")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/context-groups/0", ["/parts/16", "/context-groups"]),
        ("/uids/1.2.3", ["/uids"]),
        ("/sections/C.12.1.1.3.9", ["/parts/3", "/sections/C.12.1.1.3", "/sections"]),
        ("/confidentiality/x", ["/confidentiality"]),
        ("/modules/patient/00291010", ["/modules/patient", "/modules"]),
        ("/frog/swims", []),
    ],
)
def test_number_that_is_missing_offers_no_other_number(
    library: Library, path: str, expected: list[str]
) -> None:
    assert nearest(library, path) == expected


def test_word_offers_pages_of_its_kind(library: Library) -> None:
    first, *others = nearest(library, "/attributes/PixelSpacin")
    assert first == "/attributes/00280030"
    assert all(path.startswith("/attributes") for path in others)


def test_private_tag_has_its_owners(library: Library) -> None:
    with pytest.raises(UnknownPath, match="is private, in no edition of the Standard") as refusal:
        library.at("/attributes/00291010")
    known = refusal.value.details["known"]
    assert known[0].startswith("(0029,1010) is private: the Private Creator (0029,0010)")
    assert any("SIEMENS" in line for line in known)


def test_what_an_older_dictionary_or_registry_lacks_may_be_newer(library: Library) -> None:
    for path in ("/attributes/00109999", "/attributes/FrogSongSequence", "/uids/1.2.840.10008.9.9"):
        with pytest.raises(UnknownPath, match="that 2026b uses here; it may be newer"):
            library.at(path, "2026b")
