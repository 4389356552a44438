"""Edition 2026b without text, from the JSON maps of the package `highdicom`.

The package itself is never imported: that takes half a second, and only its files are needed.
The maps have only slugs and keywords. Each level of a table is in the order of tags, and macros are
written out where they are included. Attributes unknown to the pydicom that generated the maps are
missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from octome.errors import StoreUnavailable
from octome.standard.edition import UNNAMED
from octome.standard.sources import pydicom
from octome.standard.sources.package import installed_version, package_folder, release
from octome.standard.sources.records import CiodRecord, EditionRecords, Row, Table, Use
from octome.standard.sources.source import Content

# Which edition a release's maps are of, and how that is known.
EDITIONS = {
    "0.28": (
        "2026b",
        "the note next to its maps names 2026b; they have Supplement 236 (waveform presentation "
        "states) and not yet 252 (CT for processing), which bears that out",
    )
}
# What the maps leave out although the dictionary has it, by the last words of the module's id.
# Source: PS3.3 Table C.7.6.27-1.
LEFT_OUT = {"-current-frame-functional-groups": (Row(0, "00060001", "1"),)}
LATER = (UNNAMED, "a version that this octome does not know; the edition is 2026b or later")


def contents() -> Mapping[str, frozenset[Content]]:
    """One edition, without text."""
    edition, _ = EDITIONS.get(release(installed_version("highdicom")), LATER)
    return {edition: frozenset({"facts"})}


def read(edition: str) -> EditionRecords:
    """The edition."""
    version = installed_version("highdicom")
    _, evidence = EDITIONS.get(release(version), LATER)
    return _records(edition, f"highdicom {version}: {evidence}")


def _load(name: str) -> Any:
    folder = package_folder("highdicom")
    return json.loads((folder / "_standard" / name).read_bytes())


def _rows(attributes: list[dict[str, Any]], tag_of_keyword: dict[str, str]) -> Iterator[Row]:
    for a in attributes:
        type_ = None if a["type"] == "None" else a["type"]
        tag = tag_of_keyword.get(a["keyword"])
        if tag is None:
            raise StoreUnavailable(
                f"highdicom names an attribute {a['keyword']} that the installed pydicom does not "
                "know: install a newer pydicom",
                keyword=a["keyword"],
            )
        yield Row(len(a["path"]), tag, type_)


def _left_out(slug: str) -> list[Row]:
    """The attributes of a module that the maps leave out."""
    return [row for ending, rows in LEFT_OUT.items() if slug.endswith(ending) for row in rows]


def _records(edition: str, source: str) -> EditionRecords:
    terms = pydicom.read_terms()
    tag_of_keyword = {term.keyword: term.tag for term in terms if term.keyword}
    modules_of_ciod = _load("iod_module_map.json")
    tables = _load("module_attribute_map.json")
    # Modules with attributes that the maps do not have are in CIODs without a table: kept, empty.
    used: dict[str, list[Any]] = {
        use["key"]: [] for uses in modules_of_ciod.values() for use in uses
    }
    return EditionRecords(
        edition=edition,
        source=source,
        dictionary=pydicom.dictionary(),
        is_partial=True,
        note=(
            f"Attributes newer than the dictionary {pydicom.dictionary()} are missing: the source "
            "leaves out what its dictionary does not know."
        ),
        ciods=[CiodRecord(slug, None) for slug in modules_of_ciod],
        module_uses=[
            Use(ciod, use["key"], use["usage"], use["ie"])
            for ciod, uses in modules_of_ciod.items()
            for use in uses
        ],
        modules=[
            Table(slug, None, list(_rows(rows, tag_of_keyword)) or _left_out(slug))
            for slug, rows in (used | tables).items()
        ],
        terms=terms,
        sop_classes=_load("sop_class_iod_map.json"),
    )
