"""Where the links of an invented edition lead."""

from __future__ import annotations

import pytest
from invented_source import PAGE, whole_edition

from octome.standard.compile.address import Addresses

OFFICIAL = "http://dicom.nema.org/medical/dicom/current/output/chtml"


@pytest.fixture
def addresses() -> Addresses:
    return Addresses(whole_edition("2020b"), kept={"/modules/frog"}, cids=[7], sections={})


def test_what_has_a_page_is_linked_there(addresses: Addresses) -> None:
    assert addresses(f"{PAGE}#table_Z.1-1") == "/modules/frog"
    assert addresses(f"{PAGE}#sect_Z.1") == "/sections/Z.1"
    assert addresses("#sect_Z.1") == "/sections/Z.1"
    assert addresses(f"{OFFICIAL}/part16/sect_CID_7.html") == "/context-groups/7"
    assert addresses(f"{OFFICIAL}/part06/chapter_6.html#table_6-1") == "/attributes"


def test_what_the_current_edition_has_lost_names_its_edition(addresses: Addresses) -> None:
    assert addresses(f"{PAGE}#sect_Z.9") == "/ciods/frog-image?edition=2020b"


def test_what_has_no_page_leads_to_the_official_one_over_https(addresses: Addresses) -> None:
    there = "/part16/sect_CID_8.html"
    assert addresses(f"{OFFICIAL}{there}") == f"https{OFFICIAL[4:]}{there}"
    assert addresses("https://frogs.test/") == "https://frogs.test/"


def test_anchor_that_no_page_has_leads_nowhere(addresses: Addresses) -> None:
    assert addresses("#sect_Z.2") == ""


def test_only_known_tags_have_a_page(addresses: Addresses) -> None:
    assert addresses.attribute("00990001") == "/attributes/00990001"
    assert addresses.attribute("00990077") is None
