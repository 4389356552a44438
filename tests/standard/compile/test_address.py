"""Where the links of an invented edition lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_source import PAGE, whole_edition

from octome.standard.compile.address import Addresses
from octome.standard.compile.sections import sections_of
from octome.standard.sources.records import (
    CodeDefinition,
    EditionRecords,
    Passage,
    SectionRecord,
    TemplateRecord,
)

EDITION = whole_edition("2020b")
OFFICIAL = "http://dicom.nema.org/medical/dicom/current/output/chtml"


@pytest.fixture
def addresses() -> Addresses:
    return Addresses(EDITION, kept={"/modules/frog"}, cids=[7], sections=sections_of(EDITION))


def test_what_has_a_page_is_linked_there(addresses: Addresses) -> None:
    assert addresses(f"{PAGE}#table_Z.1-1") == "/modules/frog"
    assert addresses(f"{PAGE}#sect_Z.1") == "/sections/Z.1"
    assert addresses("#sect_Z.1") == "/sections/Z.1"
    assert addresses(f"{OFFICIAL}/part16/sect_CID_7.html") == "/context-groups/7"
    assert addresses(f"{OFFICIAL}/part06/chapter_6.html#table_6-1") == "/attributes"


def test_what_the_current_edition_has_lost_names_its_edition(addresses: Addresses) -> None:
    assert addresses(f"{PAGE}#sect_Z.9") == "/ciods/frog-image?edition=2020b"


def test_what_has_no_page_leads_to_its_editions_official_one(
    addresses: Addresses,
) -> None:
    there = "/part16/sect_CID_8.html"
    dated = OFFICIAL.replace("http:", "https:").replace("current", "2020b")
    assert addresses(f"{OFFICIAL}{there}") == f"{dated}{there}"
    assert addresses("https://frogs.test/") == "https://frogs.test/"


def test_anchor_that_no_page_has_leads_nowhere(addresses: Addresses) -> None:
    assert addresses("#sect_Z.2") == ""


def test_only_known_tags_have_a_page(addresses: Addresses) -> None:
    assert addresses.attribute("00990001") == "/attributes/00990001"
    assert addresses.attribute("00990077") is None


def test_places_in_docbook_lead_to_sections_and_what_is_in_them() -> None:
    records = EditionRecords(
        edition="2026c",
        source="invented",
        dictionary="2026c",
        section_records=[
            SectionRecord(
                part=part,
                anchor=anchor,
                label="",
                title="Frogs",
                depth=0,
                text=Passage(()),
                url="",
                anchors=inside,
            )
            for part, anchor, inside in (
                (3, "chapter_Z", ()),
                (3, "sect_Z.1", ("table_Z.1-1", "note_1")),
                (16, "sect_TID_7", ()),
            )
        ],
    )
    addresses = Addresses(records, (), [], sections_of(records))
    assert addresses("PS3.3#sect_Z.1") == "/sections/Z.1"
    assert addresses("PS3.3#note_1") == "/sections/Z.1#note_1"
    assert addresses("PS3.3#PS3.3") == "/sections/Z"
    assert addresses("PS3.16#sect_TID_7") == "/sections/PS3.16-TID_7"
    assert addresses("PS3.4#sect_B.5").endswith("/part04/PS3.4.html")
    assert addresses.picture("PS3.3#figures/PS3.3_Z-1.svg").endswith(
        "/2026c/output/chtml/part03/figures/PS3.3_Z-1.svg"
    )


def test_table_of_a_module_is_its_page_and_not_a_place_in_a_section() -> None:
    place = ("03", "table_Z.1-1")
    (section,) = sections_of(EDITION)
    addresses = Addresses(EDITION, {"/modules/frog"}, [], [section._replace(inside=(place[1],))])
    assert addresses.at(place) == "/modules/frog"


def test_template_and_defined_code_lead_to_their_pages() -> None:
    edition = replace(
        EDITION,
        templates=[TemplateRecord(tid="10B", name="Tea", rows=())],
        code_definitions=[CodeDefinition("DCM", "121071", "Finding")],
    )
    addresses = Addresses(edition, kept=(), cids=(), sections=sections_of(edition))
    assert addresses("PS3.16#sect_TID_10B") == "/templates/10B"
    assert addresses("PS3.16#DCM_121071") == "/codes/DCM/121071"
    assert addresses("PS3.16#sect_TID_11").startswith("https://dicom.nema.org/")
