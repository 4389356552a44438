"""The list of codes."""

from __future__ import annotations

import pytest

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.pages.code_index import AT_ONCE


def test_pages_of_the_list_are_all_of_it(library: Library) -> None:
    first = library.code_index()
    last = library.code_index(page=first.pages)
    assert len(first.codes) == AT_ONCE
    assert (first.pages - 1) * AT_ONCE + len(last.codes) == first.count
    assert first.count == sum(count for _, count in first.schemes)
    assert library.code_index(page=first.pages + 7) == last


def test_codes_of_one_scheme(library: Library) -> None:
    page = library.code_index(scheme="dcm")
    assert page.scheme == "DCM"
    assert {code.scheme for code in page.codes} == {"DCM"}
    assert page.count == dict(page.schemes)["DCM"]


def test_codes_by_meaning_and_by_value(library: Library) -> None:
    by_meaning = library.code_index(words="internal limiting ILM")
    assert all("ILM" in code.meaning for code in by_meaning.codes)
    assert by_meaning.codes
    (finding,) = library.code_index(scheme="DCM", words="121071").codes
    assert (finding.path, finding.meaning) == ("/codes/DCM/121071", "Finding")


def test_every_listed_code_has_its_page(library: Library) -> None:
    for code in library.code_index(scheme="UCUM").codes[:20]:
        assert library.at(code.path).path == code.path


def test_path_has_the_same_list(library: Library) -> None:
    page = library.at("/codes", scheme="DCM", q="finding", page="2")
    assert page == library.code_index(scheme="DCM", words="finding", page=2)


def test_scheme_has_a_path(library: Library) -> None:
    page = library.at("/codes/dcm", q="finding")
    assert page == library.code_index(scheme="DCM", words="finding")
    assert (page.path, page.title) == ("/codes/DCM", "Codes of DCM")
    with pytest.raises(UnknownPath):
        library.at("/codes/FROG")
