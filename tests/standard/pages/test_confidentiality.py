"""PS3.15 Table E.1-1 as a page, and on the pages of attributes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import NAME, InventedSource, compiled, whole_edition

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.model.confidentiality import ACTIONS, ProtectedTags, Protection
from octome.standard.sources.records import ProtectedAttribute
from octome.standard.sync import sync

REAL = Path(__file__).parents[4] / "shared" / "data" / "standard"
# As `confidentiality-2026c.tsv` has them; of two for dates only the first.
OPTIONS = {
    "Retain UIDs Option": "RetainUIDs",
    "Retain Device Identity Option": "RetainDeviceIdentity",
    "Retain Institution Identity Option": "RetainInstitutionIdentity",
    "Retain Patient Characteristics Option": "RetainPatientCharacteristics",
    "Retain Longitudinal Full Dates Option": "RetainLongitudinalTemporal",
    "Clean Descriptors Option": "CleanDescriptors",
    "Clean Structured Content Option": "CleanStructuredContent",
    "Clean Graphics Option": "CleanGraphics",
}


def row_of(found: Protection | None) -> ProtectedTags:
    assert found is not None
    assert found.row is not None
    return found.row


def test_edition_without_a_table_shows_that_of_its_fallback(library: Library) -> None:
    page = library.confidentiality_index()
    assert (page.edition, page.table_edition, page.note) == ("2026b", "2020b", "")
    assert len(page.rows) == 433
    found = library.attribute("PatientName").protection
    assert (row_of(found).tag, row_of(found).actions[0].action) == ("00100010", "Z")
    assert library.attribute("Rows").protection == Protection(table_edition="2020b", row=None)


def test_attribute_in_a_module_has_the_row_of_its_tag(library: Library) -> None:
    found = library.attribute_at("/ciods/ct-image/patient/00100010").protection
    assert found == library.attribute("PatientName").protection


@pytest.mark.parametrize(
    ("word", "row"), [("60023000", "60xx3000"), ("50xx0010", "50xxxxxx"), ("CurveData", "50xxxxxx")]
)
def test_attribute_of_a_repeating_group_has_the_row_of_its_mask(
    library: Library, word: str, row: str
) -> None:
    assert row_of(library.attribute(word).protection).tag == row


def test_row_about_private_attributes_has_its_words_and_no_page(library: Library) -> None:
    (row,) = [row for row in library.confidentiality_index().rows if len(row.tag) != 8]
    assert (row.display_tag, row.path) == ("(gggg,eeee) where gggg is odd", None)


def test_every_letter_of_the_table_has_a_meaning(library: Library) -> None:
    page = library.confidentiality_index()
    assert all(action.meaning for row in page.rows for action in row.actions)


@pytest.fixture
def frogs(tmp_path: Path) -> Iterator[Library]:
    rows = (
        ProtectedAttribute(NAME, "Frog", None, True, (("Tadpole Option", "K"),)),
        ProtectedAttribute("009900ff", "Newt", True, False, (("Basic Profile", "Q"),)),
    )
    source = InventedSource(
        editions=(
            whole_edition("2015a"),
            replace(whole_edition("2015b"), protected_attributes=rows),
        )
    )
    with compiled(tmp_path / "s.sqlite", source) as opened:
        yield opened


def test_options_and_letters_that_are_not_known_are_kept(frogs: Library) -> None:
    page = frogs.confidentiality_index("2015b")
    assert [(row.path, row.is_retired) for row in page.rows] == [
        (f"/attributes/{NAME}", False),
        (None, True),
    ]
    assert [(a.profile, a.action, a.meaning) for row in page.rows for a in row.actions] == [
        ("Tadpole Option", "K", ACTIONS["K"]),
        ("Basic Profile", "Q", ""),
    ]


def test_edition_without_any_table_says_where_it_would_be(frogs: Library) -> None:
    page = frogs.confidentiality_index("2015a")
    assert (page.rows, page.table_edition) == ((), "")
    assert "octome sync 2015a --parts 15" in page.note
    assert frogs.attribute("FrogName", "2015a").protection is None


@pytest.mark.shared
def test_compiled_edition_has_the_table_of_another_reader(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    keep_store(store)
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "part15.xml").symlink_to(REAL / "docbook" / "2026c" / "part15.xml")
    sync("2026c", origin=str(mirror), parts=(15,))
    with open_library() as library:
        page = library.confidentiality_index("2026c")
    masks = [row.tag for row in page.rows if len(row.tag) != 8 or "x" in row.tag]
    assert len(masks) == 4
    found = {
        row.tag: (
            row.name,
            row.actions[0].action,
            {f"{OPTIONS[a.profile]}={a.action}" for a in row.actions if a.profile in OPTIONS},
        )
        for row in page.rows
        if row.tag not in masks
    }
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
    assert found == expected
