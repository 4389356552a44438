"""SOP Classes and their IODs, of invented parts and of real ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dumb_table import REAL, cells
from made_part import chapter, made_part
from synthetic_registers import classes_of_2025e, innolitics_classes, synthetic_part4

from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.iods import iods
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.sop_classes import (
    SopClass,
    ciods_by_uid,
    read_sop_classes,
)
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CiodRecord

FROG = ("Frog Storage", "1.2.3.1", "sect_A.2")
TEA = ("Tea Storage", "1.2.3.2", "Green Tea IOD")


def synthetic(folder: Path, classes: list[tuple[str, str, str]]) -> Part:
    file = folder / "part04.xml"
    file.write_bytes(synthetic_part4("2026c", classes))
    return parse_part(file)


def sop_class(target: str, iod: str = "", name: str = "Frog Storage") -> SopClass:
    return SopClass(uid="1.2.3.1", name=name, target=target, iod=iod, anchor="table_B.5-1")


def ciod(id_: str, name: str, anchor: str) -> CiodRecord:
    return CiodRecord(id_, name, None, f"https://pond.example/{anchor}.html")


def test_the_iod_is_a_reference_or_words(tmp_path: Path) -> None:
    part = synthetic(tmp_path, [FROG, TEA])
    frog, tea = read_sop_classes(part, {"PS3.3#sect_A.2": "Frog IOD"})
    assert (frog.name, frog.target, frog.iod) == ("Frog Storage", "PS3.3#sect_A.2", "Frog IOD")
    assert (tea.uid, tea.target, tea.iod) == ("1.2.3.2", "", "Green Tea IOD")
    assert read_sop_classes(part)[0].iod == ""
    assert part.problems == []


@pytest.mark.parametrize(
    ("target", "iod", "expected"),
    [
        ("PS3.3#sect_A.2", "", "frog"),
        ("PS3.3#sect_A.8", "", "tea"),  # its only IOD is deeper
        ("PS3.3#sect_A.2.7", "Tea IOD", "tea"),  # no IOD is there
        ("PS3.3#sect_A.9", "Newt IOD", "newt"),  # two IODs are in it
        ("", "Newt Information Objection Definition", "newt"),
        ("", "", "frog"),  # by the name of the SOP Class
    ],
)
def test_a_ciod_is_found_by_its_section_and_then_by_its_name(
    tmp_path: Path, target: str, iod: str, expected: str
) -> None:
    ciods = [
        ciod("frog", "Frog", "sect_A.2"),
        ciod("tea", "Tea", "sect_A.8.1.15"),
        ciod("newt", "Newt", "sect_A.9.1"),
        ciod("toad", "Toad", "sect_A.9.2"),
    ]
    part = synthetic(tmp_path, [])
    assert ciods_by_uid([sop_class(target, iod)], ciods, part) == {"1.2.3.1": expected}


@pytest.mark.parametrize("place", ["sect_A.8", "sect_A.1#sect_A.8", "sect_A.1#table_A.8-1"])
def test_the_section_of_a_ciod_is_in_its_address(tmp_path: Path, place: str) -> None:
    page, _, anchor = place.partition("#")
    frog = CiodRecord("frog", "Toad", None, f"https://pond.example/{page}.html#{anchor}")
    part = synthetic(tmp_path, [])
    assert ciods_by_uid([sop_class("PS3.3#sect_A.8")], [frog], part) == {"1.2.3.1": "frog"}


def test_the_sections_of_part_3_come_before_addresses(tmp_path: Path) -> None:
    ciods = [ciod("frog", "Frog", "sect_A.8"), ciod("tea", "Tea", "sect_A.9")]
    part = synthetic(tmp_path, [])
    found = ciods_by_uid([sop_class("PS3.3#sect_A.8")], ciods, part, {"sect_A.8": "tea"})
    assert found == {"1.2.3.1": "tea"}


def test_a_sop_class_without_a_known_iod_is_a_problem(tmp_path: Path) -> None:
    part = synthetic(tmp_path, [FROG])
    assert ciods_by_uid(read_sop_classes(part), [ciod("tea", "Tea", "sect_A.3")], part) == {}
    (problem,) = part.problems
    assert problem.anchor == "table_B.5-1"
    assert problem.words.startswith("a SOP Class whose IOD is not here: Frog Storage (1.2.3.1)")


def test_a_table_without_iods_and_a_line_without_a_uid(tmp_path: Path) -> None:
    head = "<thead><tr><th>SOP Class Name</th><th>SOP Class UID</th>{}</tr></thead>"
    row = "<tr><td>Frog</td><td>none</td><td>Frog IOD</td></tr>"
    other = f'<table label="K.1-1" xml:id="table_K.1-1">{head.format("")}{row}</table>'
    with_iod = head.format("<th>IOD Specification</th>")
    bad = f'<table label="GG.3-1" xml:id="table_GG.3-1">{with_iod}{row}</table>'
    part = made_part(tmp_path, chapter(other + bad), 4, "DICOM PS3.4 2026c - Frogs")
    assert read_sop_classes(part) == ()
    assert [problem.anchor for problem in part.problems] == ["table_GG.3-1"]


@pytest.mark.shared
def test_every_line_of_the_real_tables_is_a_sop_class() -> None:
    file = REAL / "docbook" / "2013" / "part04.xml"
    part = parse_part(file)
    found = {each.uid: each for each in read_sop_classes(part)}
    rows = [row for label in ("B.5-1", "I.4-1") for row in cells(file, label)]
    assert {row[1] for row in rows} == found.keys()
    assert {row[1]: row[0] for row in reversed(rows)} == {
        each.uid: each.name for each in found.values()
    }
    assert all(each.target.startswith("PS3.3#sect_") for each in found.values())
    assert part.problems == []


@pytest.mark.shared
def test_the_sop_classes_of_2024a_have_their_ciods(tmp_path: Path) -> None:
    folder = REAL / "innolitics-2024a"
    part = synthetic(tmp_path, innolitics_classes(folder))
    ciods = [
        CiodRecord(each["id"], each["name"], None, each["linkToStandard"])
        for each in json.loads((folder / "ciods.json").read_text("utf-8"))
    ]
    found = ciods_by_uid(read_sop_classes(part), ciods, part)
    by_name = {each.name: each.id for each in ciods}
    expected = {
        each["id"]: by_name[each["ciod"]]
        for each in json.loads((folder / "sops.json").read_text("utf-8"))
        if each["ciod"] in by_name
    }
    assert len(expected) == 164
    assert {uid: found.get(uid) for uid in expected} == expected


@pytest.mark.shared
def test_the_sop_classes_of_2025e_have_their_iods_by_name(tmp_path: Path) -> None:
    folder = REAL / "tables-2025e"
    classes = classes_of_2025e(folder, {})
    part = synthetic(tmp_path, classes)
    names = {target.removesuffix(" IOD") for _, _, target in classes}
    ciods = [CiodRecord(name, name, None, None) for name in names]
    found = ciods_by_uid(read_sop_classes(part), ciods, part)
    assert found == {uid: target.removesuffix(" IOD") for _, uid, target in classes}
    assert len(found) == 170


@pytest.mark.shared
def test_real_sop_classes_lead_to_the_ciods_of_a_real_part_3() -> None:
    folder = REAL.parent / "docbook-excerpt"
    part3, part4 = parse_part(folder / "part03.xml"), parse_part(folder / "part04.xml")
    reading = Reading(part3)
    found = iods(part3, reading, attribute_tables(part3, reading))
    ciods = ciods_by_uid(
        read_sop_classes(part4, part3.titles), found.ciods, part4, found.by_section
    )
    assert ciods == {
        "1.2.840.10008.5.1.4.1.1.2": "ct-image",
        "1.2.840.10008.5.1.4.1.1.481.2": "rt-dose",
        "1.2.840.10008.5.1.4.1.1.12.1.1": "enhanced-xa-image",
    }
    # The part 3 at hand does not have the IODs of the others.
    assert len(part4.problems) == 5
