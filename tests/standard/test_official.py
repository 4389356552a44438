"""Addresses of the official edition."""

from __future__ import annotations

from octome.standard.official import (
    natural_key,
    official_url,
    part_and_anchor,
    section_number,
    section_url,
)
from octome.standard.sources import dicom_standard

PAGE = "http://dicom.nema.org/medical/dicom/current/output/chtml/part{}/sect_Z.1.html{}"


def test_part_and_anchor_are_empty_where_there_are_none() -> None:
    assert part_and_anchor(PAGE.format("15", "#sect_Z.1.2")) == ("15", "sect_Z.1.2")
    assert part_and_anchor("https://frogs.example") == ("", "")


def test_section_outside_ps3_3_has_its_part_in_its_number() -> None:
    assert section_number(PAGE.format("03", "#sect_Z.1.2")) == "Z.1.2"
    assert section_number(PAGE.format("16", "#sect_Z.1.2")) == "PS3.16-Z.1.2"


def test_address_is_over_https_and_of_the_edition() -> None:
    current = PAGE.format("03", "").replace("http:", "https:")
    assert official_url(PAGE.format("03", "")) == current
    assert official_url(PAGE.format("03", ""), "2020b") == current.replace("/current/", "/2020b/")


def test_numbers_are_sorted_as_a_reader_counts() -> None:
    numbers = ["C.10", "C.9.2", "A.2", "C.9", "C.9.10"]
    assert sorted(numbers, key=natural_key) == ["A.2", "C.9", "C.9.2", "C.9.10", "C.10"]


def test_address_of_a_section_is_the_one_that_a_source_gives() -> None:
    known = {
        section_number(url): official_url(url)
        for url in dicom_standard.read("2020b").sections
        if "/part03/" in url and "#sect_" in url
    }
    assert len(known) > 700
    other = {number for number, url in known.items() if section_url(number, None) != url}
    assert other == {"C.8.27.4.2", "10.32.2.1"}  # on pages that are not of the usual size
