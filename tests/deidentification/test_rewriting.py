"""Each row of PS3.15 Table E.1-1 is done to an instance, at the root and in items."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from rewritten_instance import encoded, rewritten

from kept_store import keep_store
from octome.deidentification.options import Options, Retained
from octome.standard.library import Library, open_library
from octome.standard.sync import sync

FACTS = Path(__file__).parents[3] / "shared" / "data" / "standard"
ROWS, MASKS = 652, 4
VALUES: dict[str, Any] = {
    "AE": "KERMIT", "AS": "047Y", "CS": "KERMIT", "DA": "20260214", "DS": "4711",
    "DT": "20260214101112", "FD": 4711.0, "FL": 4711.0, "IS": "4711", "OB": b"KERMIT",
    "OW": b"KERMIT", "PN": "Frog^Kermit", "SH": "Kermit", "SL": 4711, "SS": 4711, "TM": "101112",
    "UI": "1.2.3.4711", "UL": 4711, "UN": b"KERMIT", "UR": "http://kermit.invalid", "US": 4711,
}  # fmt: skip
STATES = {
    "D": {"new"}, "K": {"same"}, "U": {"new"}, "X": {"gone"}, "X/D": {"new"},
    "X/Z": {"empty"}, "X/Z/D": {"new"}, "X/Z/U*": {"new"}, "Z": {"empty", "new"}, "Z/D": {"new"},
}  # fmt: skip
"""What is seen afterwards, where the Type of the attribute is not known."""


def element(tag: int, vr: str) -> DataElement:
    if vr != "SQ":
        return DataElement(tag, vr, VALUES.get(vr, "Kermit the frog"))
    item = Dataset()
    item.ReferencedSOPInstanceUID = "1.2.3.4712"
    item.CodeMeaning = "Kermit"
    return DataElement(tag, "SQ", [item])


def state(ds: Dataset, tag: int, old: DataElement) -> str:
    if tag not in ds:
        return "gone"
    found = ds[tag]
    if found.VR != "SQ":
        return "empty" if found.is_empty else "same" if found.value == old.value else "new"
    if not found.value:
        return "empty"
    (item,) = found.value
    kept = item.get("CodeMeaning") == "Kermit", item.ReferencedSOPInstanceUID == "1.2.3.4712"
    return "same" if kept == (True, True) else "new"


def with_rows(rows: dict[int, str]) -> Dataset:
    """An instance with an attribute for each tag, of the VR given."""
    ds = Dataset()
    for tag, vr in rows.items():
        ds[tag] = element(tag, vr)
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.0.4711", "1.2.3.4711"  # of no CIOD
    return ds


@pytest.fixture(scope="module")
def newest(
    store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, list[dict[str, str]], dict[int, str]]]:
    """The library with the table of 2026c, its rows by another reader, and the VR of each."""
    folder = tmp_path_factory.mktemp("newest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        keep_store(store)
        (folder / "mirror").mkdir()
        real = FACTS / "docbook" / "2026c" / "part15.xml"
        (folder / "mirror" / "part15.xml").symlink_to(real)
        sync("2026c", origin=str(folder / "mirror"), parts=(15,))
        with open_library() as library:
            yield library, read_facts("confidentiality-2026c.tsv"), vrs()


def read_facts(name: str) -> list[dict[str, str]]:
    with (FACTS / "facts" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def vrs() -> dict[int, str]:
    return {
        int(line["tag"], 16): line["vr"].split(" or ")[0]
        for line in read_facts("tags-2026c.tsv")
        if "x" not in line["tag"]
    }


@pytest.mark.shared
def test_every_row_of_the_newest_table_is_done(
    newest: tuple[Library, list[dict[str, str]], dict[int, str]],
) -> None:
    library, lines, vr_of = newest
    actions = {int(line["tag"], 16): line["basic_profile"] for line in lines}
    assert len(actions) == ROWS
    # Those below group 0008 are of messages and of files, not of data sets.
    rows = {tag: vr_of[tag] for tag in actions if tag >> 16 >= 8}
    assert len(rows) == ROWS - MASKS
    new = rewritten(encoded(with_rows(rows)), library, table_edition="2026c")
    wrong = {
        f"{tag:08x}": (actions[tag], found)
        for tag, vr in rows.items()
        if (found := state(new, tag, element(tag, vr))) not in STATES[actions[tag]]
    }
    assert wrong == {}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("option", "column"),
    [
        ("uids", "RetainUIDs"),
        ("device", "RetainDeviceIdentity"),
        ("institution", "RetainInstitutionIdentity"),
        ("patient", "RetainPatientCharacteristics"),
        ("dates", "RetainLongitudinalTemporal"),
    ],
)
def test_every_row_of_an_option_that_keeps_is_kept(
    newest: tuple[Library, list[dict[str, str]], dict[int, str]], option: Retained, column: str
) -> None:
    library, lines, vr_of = newest
    kept = [int(line["tag"], 16) for line in lines if f"{column}=K" in line["options"].split(";")]
    rows = {tag: vr_of[tag] for tag in kept if tag >> 16 >= 8}
    assert len(rows) >= 10
    options = Options(retain=frozenset({option}))
    new = rewritten(encoded(with_rows(rows)), library, table_edition="2026c", options=options)
    # In the items of a sequence that is kept, each attribute is judged for itself.
    wrong = [
        f"{tag:08x}"
        for tag, vr in rows.items()
        if vr != "SQ" and state(new, tag, element(tag, vr)) != "same"
    ]
    assert wrong == []


@pytest.mark.shared
def test_packaged_table_leaves_no_value_that_the_newest_one_removes(library: Library) -> None:
    lines, vr_of = read_facts("confidentiality-2026c.tsv"), vrs()
    rows = {tag: vr_of[tag] for line in lines if (tag := int(line["tag"], 16)) >> 16 >= 8}
    new = rewritten(encoded(with_rows(rows)), library)
    left = [f"{tag:08x}" for tag, vr in rows.items() if state(new, tag, element(tag, vr)) == "same"]
    assert len(rows) == ROWS - MASKS
    assert left == []
