"""What people type every day leads where they want to go."""

from __future__ import annotations

from pathlib import Path

import pytest

from octome.standard.library import Library

TABLE = Path(__file__).with_name("everyday_queries.txt")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "standard" / "queries.txt"
ENOUGH = 0.97  # of all queries have the expected page among the first three

# Pages that have to be among the first three of the shared queries; facts only.
WANTED = {
    "FoR UID": "/attributes/00200052",
    "pixel spaceing": "/attributes/00280030",
    "0x00280030": "/attributes/00280030",
    "JPEG2000": "/uids/1.2.840.10008.1.2.4.90",
    "PS3.3": "/ciods",
    "C.7.6.2": "/modules/image-plane",
    "ww wl": "/attributes/00281051",
    "bvalue": "/attributes/00189087",
    "TR": "/attributes/00180080",
    "DX": "/ciods/digital-x-ray-image",
    "whole slide": "/ciods/vl-whole-slide-microscopy-image",
    "IPP": "/attributes/00200032",
    "deidentified": "/attributes/00120062",
    "DCM 121071": "/codes/DCM/121071",
}


def pairs() -> list[tuple[str, str]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [
        (query, path) for query, arrow, path in (line.partition(" -> ") for line in lines) if arrow
    ]


def test_the_expected_page_is_among_the_first_three(library: Library) -> None:
    table = pairs()
    missed = [
        (query, path)
        for query, path in table
        if path not in [hit.path for hit in library.search(query).hits[:3]]
    ]
    assert len(table) > 180
    assert len(missed) <= (1 - ENOUGH) * len(table), missed


@pytest.mark.shared
def test_shared_queries_have_an_answer(library: Library) -> None:
    queries = [line for line in SHARED.read_text("utf-8").splitlines() if line]
    assert set(WANTED) <= set(queries)
    for query in queries:
        page = library.search(query)
        assert page.hits or page.notes, query
        if query in WANTED:
            assert WANTED[query] in [hit.path for hit in page.hits[:3]], query
