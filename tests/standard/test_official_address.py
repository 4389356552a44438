"""Pasted addresses of the official HTML."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.official_address import section_of_address
from octome.web.address import page_for, split_address

SITE = "https://dicom.nema.org/medical/dicom/current/output"


@pytest.mark.parametrize(
    "page",
    [
        "chtml/part03/sect_C.7.6.2.html",
        "chtml/part03/sect_C.7.6.2.html#table_C.7-10",
        "html/part03.html#sect_C.7.6.2",
    ],
)
def test_official_address_leads_to_its_section(library: Library, page: str) -> None:
    assert section_of_address(f"{SITE}/{page}") == ("3", "C.7.6.2")
    path, _ = split_address(f"{SITE}/{page}")
    assert page_for(library, path, {}).path == "/modules/image-plane"
    assert library.search(f"{SITE}/{page}").hits[0].path == "/modules/image-plane"


def test_other_addresses_are_not_official() -> None:
    assert section_of_address("http://127.0.0.1:8571/modules/patient") is None
    assert section_of_address(f"{SITE}/html/part03.html") is None
