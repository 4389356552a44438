"""PS3.15 Table E.1-1, of invented parts and of real ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dumb_table import REAL, cells
from made_part import chapter, made_part

from octome.standard.sources.docbook.confidentiality import read_confidentiality
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.records import ProtectedAttribute

HEAD = [
    "Attribute Name",
    "Tag",
    "Retd. (from PS3.6)",
    "In Std. Comp. IOD (from PS3.3)",
    "Basic Prof.",
    "Rtn. UIDs Opt.",
]
FROG = ["Frog", "(0099,00AB)", "N", "Y", "X/Z", "K"]
OPTIONS = {  # as `confidentiality-2026c.tsv` has them; of two for dates only the first
    "Retain UIDs Option": "RetainUIDs",
    "Retain Device Identity Option": "RetainDeviceIdentity",
    "Retain Institution Identity Option": "RetainInstitutionIdentity",
    "Retain Patient Characteristics Option": "RetainPatientCharacteristics",
    "Retain Longitudinal Full Dates Option": "RetainLongitudinalTemporal",
    "Clean Descriptors Option": "CleanDescriptors",
    "Clean Structured Content Option": "CleanStructuredContent",
    "Clean Graphics Option": "CleanGraphics",
}


def made(folder: Path, *rows: list[str], head: list[str] = HEAD) -> Part:
    def cells_of(row: list[str], name: str) -> str:
        return "<tr>" + "".join(f"<{name}>{cell}</{name}>" for cell in row) + "</tr>"

    body = "".join(cells_of(row, "td") for row in rows)
    table = (
        f'<table label="E.1-1" xml:id="table_E.1-1"><thead>{cells_of(head, "th")}</thead>'
        f"<tbody>{body}</tbody></table>"
    )
    return made_part(folder, chapter(table, "E"), 15, "DICOM PS3.15 2026c - Frogs")


def test_a_row_says_what_each_profile_and_option_does(tmp_path: Path) -> None:
    actions = (("Basic Profile", "X/Z"), ("Retain UIDs Option", "K"))
    assert read_confidentiality(made(tmp_path, FROG)) == (
        ProtectedAttribute("009900ab", "Frog", False, True, actions),
    )


def test_columns_are_found_by_their_head(tmp_path: Path) -> None:
    (expected,) = read_confidentiality(made(tmp_path, FROG))
    turned = made(tmp_path, FROG[::-1], head=HEAD[::-1])
    (found,) = read_confidentiality(turned)
    assert found._replace(actions=found.actions[::-1]) == expected
    assert turned.problems == []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("(50xx,xxxx)", "50xxxxxx"),
        ("(60xx,3000)", "60xx3000"),
        ("(gggg,eeee) where gggg is odd", "(gggg,eeee) where gggg is odd"),
    ],
)
def test_a_row_about_many_tags_is_kept(tmp_path: Path, tag: str, expected: str) -> None:
    (found,) = read_confidentiality(made(tmp_path, ["Frogs", tag, "Y", "N", "X", ""]))
    assert (found.tag, found.is_retired, found.is_in_composite_iod) == (expected, True, False)


def test_what_is_missing_is_a_problem(tmp_path: Path) -> None:
    part = made(tmp_path, ["Frog", "(0099,0001)", "", "Y", "X"], head=[*HEAD[:4], "Frogs"])
    (found,) = read_confidentiality(part)
    assert found.actions == (("Frogs", "X"),)
    assert [problem.words for problem in part.problems] == [
        "a column is missing: Basic Profile",
        "neither Y nor N: nothing of Frog",
    ]


@pytest.mark.shared
def test_the_table_of_2026c_is_that_of_another_reader_and_four_masks() -> None:
    part = parse_part(REAL / "docbook" / "2026c" / "part15.xml")
    rows = read_confidentiality(part)
    assert part.problems == []
    assert len(rows) == 656
    masks = {row.tag for row in rows if not row.tag.isalnum() or "x" in row.tag}
    assert masks == {"50xxxxxx", "60xx3000", "60xx4000", "(gggg,eeee) where gggg is odd"}
    with (REAL / "facts" / "confidentiality-2026c.tsv").open(encoding="utf-8") as stream:
        expected = {
            line["tag"].lower(): (
                line["name"],
                line["basic_profile"],
                set(filter(None, line["options"].split(";"))),
            )
            for line in csv.DictReader(stream, delimiter="\t")
        }
    assert len(expected) == 652
    found = {
        row.tag: (
            row.name,
            dict(row.actions)["Basic Profile"],
            {f"{OPTIONS[name]}={does}" for name, does in row.actions if name in OPTIONS},
        )
        for row in rows
        if row.tag not in masks
    }
    assert found == expected


@pytest.mark.shared
@pytest.mark.parametrize(("edition", "count", "blanks"), [("2013", 249, 6), ("2026c", 656, 0)])
def test_no_cell_of_a_real_table_is_lost(edition: str, count: int, blanks: int) -> None:
    file = REAL / "docbook" / edition / "part15.xml"
    part = parse_part(file)
    rows = read_confidentiality(part)
    dumb = cells(file, "E.1-1")
    assert len(rows) == len(dumb) == count
    assert len(part.problems) == blanks
    for row, (name, _, retired, composite, *actions) in zip(rows, dumb, strict=True):
        assert row.name == name
        assert (row.is_retired, row.is_in_composite_iod) == (retired == "Y", composite == "Y")
        assert [does for _, does in row.actions] == list(filter(None, actions))
