"""Codes found by their meaning."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("snomed code for left", "/codes/SCT/7771000"),
        ("SNOMED CT lung", "/codes/SCT/39607008"),
        ("dcm code of finding", "/codes/DCM/121071"),
    ],
)
def test_meaning_leads_to_its_code(library: Library, query: str, path: str) -> None:
    assert library.search(query).hits[0].path == path


def test_scheme_is_kept(library: Library) -> None:
    kinds = {hit.path.split("/")[2] for hit in library.search("ucum code for day").hits[:2]}
    assert kinds == {"UCUM"}


def test_attribute_named_code_comes_first(library: Library) -> None:
    assert library.search("code value").hits[0].path == "/attributes/00080100"


def test_abbreviation_of_a_meaning_leads_to_its_code(library: Library) -> None:
    assert "/codes/DCM/113813" in [hit.path for hit in library.search("DLP of the study").hits[:3]]
