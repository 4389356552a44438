"""The registry of UIDs, of invented parts and of real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from dumb_table import REAL, cells
from made_part import chapter, made_part
from synthetic_registers import context_groups_of, synthetic_part6, uids_of

from octome.standard.sources import pydicom
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.uids import read_uids
from octome.standard.sources.records import Uid
from soak import amount

SOP_CLASS = Uid("1.2.840.10008.9.9.1", "Frog Storage", "SOP Class", "", "FrogStorage", False)
RETIRED = Uid("1.2.840.10008.9.9.2", "Newt Storage", "SOP Class", "", "NewtStorage", True)
NAMELESS = Uid("1.2.840.10008.9.9.3", "(no name in PS3.6)", "SOP Class", "", "", True)
FRAME = Uid("1.2.840.10008.9.9.4", "Pond", "Well-known frame of reference", "", "Pond", False)
UIDS = [SOP_CLASS, RETIRED, NAMELESS, FRAME]


def groups_in(uids: Iterable[Uid]) -> dict[int, str]:
    """The UID of each context group by its number."""
    return {
        int(each.name.split()[1]): each.uid
        for each in uids
        if each.type == "Context Group" and each.name.startswith("CID ")
    }


def table(label: str, rows: list[list[str]], head: str = "") -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table label="{label}" xml:id="table_{label}">{head}{body}</table>'


def made(folder: Path, body: str) -> Part:
    return made_part(folder, chapter(body, "A"), 6, "DICOM PS3.6 2026c - Frogs")


@pytest.mark.parametrize("columns", [4, 5, 6])
def test_the_table_is_read_in_all_its_shapes(tmp_path: Path, columns: int) -> None:
    file = tmp_path / "part06.xml"
    file.write_bytes(synthetic_part6("2020d", [], UIDS, uid_columns=columns))
    part = parse_part(file)
    found = read_uids(part)
    # The frame of reference has its keyword from table A-2.
    expected = UIDS if columns > 4 else [each._replace(keyword="") for each in UIDS[:3]] + [FRAME]
    assert list(found) == expected
    assert part.problems == []


def test_what_a_syntax_is_the_default_for_is_not_in_its_name(tmp_path: Path) -> None:
    name = "Pond (Process 1) : Default Transfer Syntax for Ponds"
    part = made(tmp_path, table("A-1", [["1.2.3.4", name, "Transfer Syntax", "PS3.5"]]))
    assert read_uids(part) == (
        Uid(
            "1.2.3.4",
            "Pond (Process 1)",
            "Transfer Syntax",
            "Default Transfer Syntax for Ponds",
            "",
            False,
        ),
    )


def test_a_year_next_to_ret_is_kept(tmp_path: Path) -> None:
    row = ["1.2.3.4", "", "", "SOP Class", "PS3.4", "RET (2015c)"]
    part = made(tmp_path, table("A-1", [row]))
    assert read_uids(part) == (
        Uid("1.2.3.4", "(no name in PS3.6)", "SOP Class", "(2015c)", "", True),
    )


@pytest.mark.parametrize(("part_words", "info"), [("DICOS", "DICOS"), ("PS3.4", ""), ("", "")])
def test_a_uid_of_another_standard_says_so(tmp_path: Path, part_words: str, info: str) -> None:
    part = made(tmp_path, table("A-1", [["1.2.3.4", "Frog", "SOP Class", part_words]]))
    assert [each.info for each in read_uids(part)] == [info]


@pytest.mark.shared
def test_a_real_registry_of_2015_has_the_types_and_notes_of_pydicom() -> None:
    ours = read_uids(parse_part(REAL / "docbook" / "2015b" / "part06.xml"))
    theirs = {each.uid: each for each in pydicom.read("2024c").uids}
    both = [(each, theirs[each.uid]) for each in ours if each.uid in theirs]
    assert len(both) == 358
    # Three well-known instances of printing had their own types, and two were not yet retired.
    assert Counter(
        (each.type, other.type) for each, other in both if each.type != other.type
    ) == Counter(
        {
            ("Well-known Printer SOP Instance", "Well-known SOP Instance"): 2,
            ("Well-known Print Queue SOP Instance", "Well-known SOP Instance"): 1,
        }
    )
    assert [each.info for each, _ in both] == [other.info for _, other in both]
    retired_since = {each.name for each, other in both if each.is_retired != other.is_retired}
    assert retired_since == {"RFC 2557 MIME encapsulation", "XML Encoding"}


def test_a_context_group_is_named_by_an_empty_reference_to_part_16(tmp_path: Path) -> None:
    link = '<olink targetdoc="PS3.16" targetptr="sect_CID_4" xrefstyle="select: {}"/>'
    in_paragraph = [f"<para>{link.format(style)}</para>" for style in ("labelnumber", "title")]
    rows = [
        ["1.2.3.1", *in_paragraph, ""],
        ["1.2.3.2", link.format("labelnumber").replace("CID_4", "CID_5"), "", ""],
        ["1.2.3.3", "6", "Ponds"],
        ["1.2.3.4", "", ""],
    ]
    part = made(tmp_path, table("A-3", rows))
    found = read_uids(part, {"PS3.16#sect_CID_4": "Frogs"})
    names = ["CID 4 Frogs", "CID 5", "CID 6 Ponds", "(no name in PS3.6)"]
    assert [(each.uid[-1], each.name, each.type) for each in found] == [
        (str(at), name, "Context Group") for at, name in enumerate(names, 1)
    ]
    assert groups_in(found) == {4: "1.2.3.1", 5: "1.2.3.2", 6: "1.2.3.3"}


def test_what_is_not_a_uid_is_a_problem(tmp_path: Path) -> None:
    part = made(tmp_path, table("A-1", [["11.2.3", "Frog", "SOP Class", ""]]))
    assert read_uids(part) == ()
    (problem,) = part.problems
    assert (problem.part, problem.anchor) == (6, "table_A-1")
    assert "11.2.3 | Frog" in problem.words


@pytest.mark.shared
@pytest.mark.parametrize(
    ("edition", "unreadable"), [("2013", 1), ("2015b", 0)][: amount(1, whole=2)]
)
def test_every_line_of_a_real_part_6_is_a_uid(edition: str, unreadable: int) -> None:
    file = REAL / "docbook" / edition / "part06.xml"
    part = parse_part(file)
    found = {each.uid: each for each in read_uids(part)}
    # One UID of 2013 begins with 11; frames of reference are in two tables.
    assert len([p for p in part.problems if "UID that cannot be read" in p.words]) == unreadable
    assert not [problem for problem in part.problems if "twice" in problem.words]
    rows = [row for label in ("A-1", "A-3", "A-4") for row in cells(file, label)]
    assert len(found) == len(rows) - unreadable
    assert {row[0] for row in cells(file, "A-2")} <= found.keys()
    for row in cells(file, "A-1"):
        each = found.get(row[0].replace("\u00ad", ""))
        if each is None:
            assert row[0].startswith("11.")
            continue
        assert each.name == row[1].partition(" (Retired)")[0].partition(":")[0].strip()
        assert each.is_retired == row[1].endswith("(Retired)")
        assert each.type == row[2] or row[2] in ("Transfer", "Query/Retrieve")


@pytest.mark.shared
@pytest.mark.parametrize(("edition", "count"), [("2013", 865), ("2015b", 923)])
def test_context_groups_have_their_uids(edition: str, count: int) -> None:
    file = REAL / "docbook" / edition / "part06.xml"
    found = groups_in(read_uids(parse_part(file)))
    newest = context_groups_of(REAL / "facts" / "context-groups-2026b.tsv")
    assert len(found) == count
    # The number of one group of 2013 was given to another one.
    other = {cid for cid, uid in found.items() if newest.get(cid, uid) != uid}
    assert other == ({4053} if edition == "2013" else set())


@pytest.mark.shared
def test_the_registry_of_2026c_comes_back_whole(tmp_path: Path) -> None:
    uids = uids_of(REAL / "facts" / "uids-2026c.tsv")
    groups = context_groups_of(REAL / "facts" / "context-groups-2026b.tsv")
    file = tmp_path / "part06.xml"
    file.write_bytes(synthetic_part6("2026c", [], uids, groups))
    part = parse_part(file)
    found = read_uids(part)
    assert len(uids) == 494
    assert list(found[:494]) == uids
    # Of groups that share a UID, the registry has the first.
    first: dict[str, int] = {}
    for cid, uid in groups.items():
        first.setdefault(uid, cid)
    assert groups_in(found) == {cid: uid for uid, cid in first.items()}
    # Four groups share the UID of another one, in the Standard.
    assert len(found) == 494 + len(set(groups.values()))
    assert len(part.problems) == len(groups) - len(set(groups.values())) == 4
