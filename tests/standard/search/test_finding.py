"""What a reader types, and what has to come first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octome.standard.library import Library

SOURCE_IMAGE = "/attributes/00082112"


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("0008,2112", SOURCE_IMAGE),
        ("(0008,2112)", SOURCE_IMAGE),
        ("00082112", SOURCE_IMAGE),
        ("0008 2112", SOURCE_IMAGE),
        ("SourceImageSequence", SOURCE_IMAGE),
        ("source image sequence", SOURCE_IMAGE),
        ("sourceimage", SOURCE_IMAGE),
        ("60xx,3000", "/attributes/60xx3000"),
        ("(60xx,3000)", "/attributes/60xx3000"),
        ("60020010", "/attributes/60xx0010"),
        ("patients name", "/attributes/00100010"),
        ("ct image", "/ciods/ct-image"),
        ("CT Imag", "/ciods/ct-image"),
        ("1.2.840.10008.5.1.4.1.1.2", "/uids/1.2.840.10008.5.1.4.1.1.2"),
        ("implicit vr little endian", "/uids/1.2.840.10008.1.2"),
        ("C.8.17.14.1.1", "/sections/C.8.17.14.1.1"),
        ("section C.7.6.1.1.2", "/sections/C.7.6.1.1.2"),
        ("CID 4271", "/context-groups/4271"),
        ("4271", "/context-groups/4271"),
        ("en face", "/ciods/ophthalmic-optical-coherence-tomography-en-face-image"),
        ("patient name", "/attributes/00100010"),
        ("pixel spacing", "/attributes/00280030"),
        ("Rows", "/attributes/00280010"),
        ("how many bits per pixel", "/attributes/00280101"),
        ("which transfer syntax is lossless jpeg", "/uids/1.2.840.10008.1.2.4.70"),
        ("A.8", "/ciods/secondary-capture-image"),
    ],
)
def test_first_hit(library: Library, query: str, path: str) -> None:
    assert library.search(query).hits[0].path == path


@pytest.mark.parametrize(
    ("query", "corrected", "path"),
    [
        ("optalmic tomografy", "ophthalmic tomography", "/ciods/ophthalmic-tomography-image"),
        ("pixl spacin", "pixel spacin", "/attributes/00280030"),
        ("segmentaion", "segmentation", "/ciods/segmentation"),
        ("enhnaced ct", "enhanced ct", "/ciods/enhanced-ct-image"),
        ("Compxehensive 3D SR", "comprehensive 3d sr", "/ciods/comprehensive-3d-sr"),
    ],
)
def test_misspelt_names_still_find(library: Library, query: str, corrected: str, path: str) -> None:
    page = library.search(query)
    assert path in [hit.path for hit in page.hits[:5]]
    assert page.corrected == corrected


def test_a_query_that_finds_something_is_not_corrected(library: Library) -> None:
    assert library.search("pixel spacing").corrected is None


def test_words_of_the_text_find_what_no_name_has(library: Library) -> None:
    paths = [hit.path for hit in library.search("128250").hits]
    assert "/sections/C.8.17.14.1.1" in paths
    assert "/context-groups/7202" in paths


def test_hits_say_what_they_are_and_where(library: Library) -> None:
    hit = library.search("0008,2112").hits[0]
    assert hit.kind == "attribute"
    assert hit.detail == "(0008,2112) SQ · in 36 modules"


def test_things_of_another_edition_say_so(library: Library) -> None:
    hit = next(hit for hit in library.search("CR Image").hits if hit.path == "/ciods/cr-image")
    assert hit.editions == ("2020b",)


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "*", "AND OR NOT", "(", "-", "\x00", "'; DROP--", "é" * 300]
)
def test_malformed_query_is_not_an_error(library: Library, query: str) -> None:
    library.search(query)


@given(st.text(max_size=60))
def test_no_query_is_an_error(library: Library, query: str) -> None:
    for hit in library.search(query).hits:
        assert hit.path.startswith("/")


def test_every_hit_opens(library: Library) -> None:
    for query in ("oct", "image", "segment", "waveform", "4", "c.7", "1.2.840"):
        for hit in library.search(query, limit=100).hits:
            library.at(hit.path, hit.editions[0] if hit.editions else None)


def test_short_tag_in_images_leads_to_both(library: Library) -> None:
    hits = library.search("28,30 in CT").hits
    assert [hit.path for hit in hits[:2]] == ["/attributes/00280030", "/ciods/ct-image"]


def test_named_kind_comes_before_a_short_name(library: Library) -> None:
    assert library.search("laterality context group").hits[0].path == "/context-groups/244"
    assert library.search("ct sop class uid").hits[0].path == "/uids/1.2.840.10008.5.1.4.1.1.2"


@pytest.mark.parametrize("query", ["SCT", "snomed ct", "SNOMED codes", "codes of SCT"])
def test_coding_scheme_leads_to_its_codes(library: Library, query: str) -> None:
    assert "/codes/SCT" in [hit.path for hit in library.search(query).hits[:3]]
