"""The data dictionary, of invented parts and of real ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dumb_table import REAL, cells
from made_part import chapter, made_part
from synthetic_registers import innolitics_terms, synthetic_part6, terms_of

from octome.standard.sources.docbook.dictionary import read_terms
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.records import Term
from soak import amount

HEAD = (
    "<thead><tr>"
    + "".join(f"<th>{name}</th>" for name in ("Tag", "Name", "Keyword", "VR", "VM", ""))
    + "</tr></thead>"
)


def read(folder: Path, rows: list[list[str]], head: str = HEAD, number: int = 6) -> list[Term]:
    body = "".join(
        "<tr>" + "".join(f"<td><para>{cell}</para></td>" for cell in row) + "</tr>" for row in rows
    )
    table = f'<table label="6-1" xml:id="table_6-1">{head}<tbody>{body}</tbody></table>'
    return list(read_terms(made_part(folder, chapter(table), number)))


def test_a_line_becomes_a_term_without_invisible_characters(tmp_path: Path) -> None:
    row = ["(0099,00AB)", "Frog\u00a0Name", "Frog\u200bName", "US or SS", "1-n or 1", ""]
    assert read(tmp_path, [row]) == [
        Term("009900ab", "FrogName", "Frog Name", "US or SS", "1-n or 1", False)
    ]


@pytest.mark.parametrize(
    ("last", "is_retired", "note"),
    [
        ("", False, ""),
        ("RET", True, ""),
        ("RET (2007)", True, "(2007)"),
        ("RET - See Note", True, "See Note"),
        ("DICOS", False, "DICOS"),
        ("DICONDE", False, "DICONDE"),
    ],
)
def test_the_last_column_is_retired_or_a_note(
    tmp_path: Path, last: str, is_retired: bool, note: str
) -> None:
    (term,) = read(tmp_path, [["(0099,0001)", "Frog", "Frog", "CS", "1", last]])
    assert (term.is_retired, term.note) == (is_retired, note)


def test_a_retired_element_without_a_name_keeps_its_tag(tmp_path: Path) -> None:
    assert read(tmp_path, [["(0099,0001)", "", "", "", "", "RET"]]) == [
        Term("00990001", "", "", "", "", True)
    ]


def test_an_item_has_no_vr_and_says_where_that_is_explained(tmp_path: Path) -> None:
    (term,) = read(tmp_path, [["(FFFE,E000)", "Item", "Item", "See Note 2", "1", ""]])
    assert (term.tag, term.vr, term.note) == ("fffee000", "", "See Note 2")


def test_a_table_without_a_head_and_one_with_other_columns(tmp_path: Path) -> None:
    row = ["(0099,0001)", "Frog", "GreenFrog", "CS", "1", "RET"]
    (expected,) = read(tmp_path, [row], head="")
    assert expected == Term("00990001", "GreenFrog", "Frog", "CS", "1", True)
    turned = HEAD.replace("<th>Name</th><th>Keyword</th>", "<th>Keyword</th><th>Name</th>")
    assert read(tmp_path, [[row[0], row[2], row[1], *row[3:]]], head=turned) == [expected]


def test_what_is_not_a_tag_or_is_there_twice_is_a_problem(tmp_path: Path) -> None:
    row = "<tr><td>{}</td><td>Frog</td><td>Frog</td><td>CS</td><td>1</td><td/></tr>"
    body = "".join(map(row.format, ("See F.5", "(0099,0001)", "(0099,0001)")))
    table = f'<table label="6-1" xml:id="table_6-1">{HEAD}{body}</table>'
    part = made_part(tmp_path, chapter(table), 6, "DICOM PS3.6 2026c - Frogs")
    assert len(read_terms(part)) == 1
    assert [(problem.anchor, problem.words) for problem in part.problems] == [
        ("table_6-1", "a tag that cannot be read: See F.5 | Frog | Frog | CS | 1 | "),
        ("table_6-1", "registered twice: (0099,0001)"),
    ]


def test_other_parts_have_no_dictionary(tmp_path: Path) -> None:
    assert read(tmp_path, [["(0099,0001)", "Frog", "Frog", "CS", "1", ""]], number=3) == []


def expected_terms(file: Path, label: str) -> list[tuple[str, ...]]:
    return [
        (row[0].strip("()").replace(",", "").lower(), row[2], row[1], row[3], row[4])
        for row in cells(file, label)
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("edition", "count"), [("2015b", 3910), ("2013", 3751)][: amount(1, whole=2)]
)
def test_every_line_of_a_real_part_6_is_a_term(edition: str, count: int) -> None:
    file = REAL / "docbook" / edition / "part06.xml"
    part = parse_part(file)
    terms = read_terms(part)
    dumb = [row for label in ("6-1", "7-1", "8-1") for row in cells(file, label)]
    assert not [problem for problem in part.problems if "tag" in problem.words]
    assert len(terms) == len(dumb) == count
    for term, row in zip(terms, dumb, strict=True):
        tag, name, keyword, vr, vm, last = row
        assert (term.tag, term.keyword, term.name, term.vm) == (
            tag.strip("()").replace(",", "").lower(),
            keyword.replace(" ", ""),
            name,
            vm,
        )
        assert term.vr == ("" if vr == "See Note" else vr)
        assert term.is_retired == last.startswith("RET")
        assert term.note in last or term.note == vr


# The names of old editions that 2026c spells in another way, by tag.
MISSPELT = {"00081163", "0008225c", "00281104", "00741246", "52009230"}  # spaces and capitals
RENAMED = {"00181020", "006862f0", "300a0131"}


@pytest.mark.shared
@pytest.mark.parametrize("edition", ["2013", "2015b"])
def test_names_of_a_real_part_6_are_those_of_2026c_but_for_a_few(edition: str) -> None:
    newest = {term.tag: term.name for term in terms_of(REAL / "facts" / "tags-2026c.tsv")}
    terms = read_terms(parse_part(REAL / "docbook" / edition / "part06.xml"))
    other = {term.tag: term.name for term in terms if newest[term.tag] != term.name}
    assert other.keys() <= MISSPELT | RENAMED
    assert len(other) == {"2013": 7, "2015b": 4}[edition]
    for tag in other.keys() & MISSPELT:
        assert other[tag].replace(" ", "").lower() == newest[tag].replace(" ", "").lower()


@pytest.mark.shared
@pytest.mark.parametrize("label", ["E.1-1", "E.2-1"])
@pytest.mark.parametrize(
    "file",
    [
        *(REAL / "docbook" / edition / "part07.xml" for edition in ("2013", "2026c")),
        *amount([], whole=sorted((REAL / "docbook" / "part07-editions").glob("*.xml"))),
    ],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)
def test_command_elements_are_those_of_part_7_in_all_editions(file: Path, label: str) -> None:
    terms = read_terms(parse_part(file))
    assert len(terms) == 46
    assert {term.tag[:4] for term in terms} == {"0000"}
    expected = expected_terms(file, label)
    ours = [term for term in terms if term.is_retired == (label == "E.2-1")]
    assert [term[:5] for term in ours] == expected
    assert not any(term.note for term in terms)


@pytest.mark.shared
def test_the_official_rows_of_2026c_are_read() -> None:
    terms = read_terms(parse_part(REAL / "docbook" / "2026c" / "part06_rows_excerpt.xml"))
    assert terms == (
        Term("00080008", "ImageType", "Image Type", "CS", "2-n", False),
        Term("00080010", "RecognitionCode", "Recognition Code", "SH", "1", True),
    )


@pytest.mark.shared
def test_a_dictionary_of_2026c_comes_back_whole(tmp_path: Path) -> None:
    terms = terms_of(REAL / "facts" / "tags-2026c.tsv")
    file = tmp_path / "part06.xml"
    file.write_bytes(synthetic_part6("2026c", terms))
    found = read_terms(parse_part(file))
    assert len(found) == 5309
    assert Counter(term._replace(note="") for term in found) == Counter(terms)


@pytest.mark.shared
def test_a_dictionary_of_2024a_comes_back_whole(tmp_path: Path) -> None:
    terms = innolitics_terms(REAL / "innolitics-2024a")
    file = tmp_path / "part06.xml"
    file.write_bytes(synthetic_part6("2024a", terms))
    found = read_terms(parse_part(file))
    assert {term._replace(note="") for term in found} == set(terms)
    assert len(found) == len(terms)
