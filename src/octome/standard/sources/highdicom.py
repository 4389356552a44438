"""The current edition's facts, from the JSON maps of the package `highdicom`.

The maps hold slugs and keywords only, each level of a table in the order of tags, and macros
written out where they are included. No text, and no attribute that the pydicom with which the
maps were made did not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from octome.errors import StoreUnavailable
from octome.standard.names import name_of_slug
from octome.standard.sources import pydicom
from octome.standard.sources.records import CiodRecord, EditionRecords, Row, Table, Use

PACKAGE = "highdicom"
# Which edition a version's maps are of, and how that is known.
EDITIONS = {
    "0.28": (
        "2026b",
        "the note beside its maps names 2026b; they have Supplement 236 (waveform presentation "
        "states) and not yet 252 (CT for processing), which bears that out",
    )
}
LATER = ("current", "a version that this octome does not know; the edition is 2026b or later")


def _load(name: str) -> Any:
    # The package itself is not imported: that takes half a second, and only its files are wanted.
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise StoreUnavailable(f"the package {PACKAGE} is not installed", package=PACKAGE)
    return json.loads((Path(spec.origin).parent / "_standard" / name).read_bytes())


def _rows(attributes: list[dict[str, Any]], tag_of_keyword: dict[str, str]) -> Iterator[Row]:
    for a in attributes:
        type_ = None if a["type"] == "None" else a["type"]
        tag = tag_of_keyword.get(a["keyword"])
        if tag is None:
            raise StoreUnavailable(
                f"{PACKAGE} names an attribute {a['keyword']} that the installed pydicom does not "
                "know: install a newer pydicom",
                keyword=a["keyword"],
            )
        yield Row(len(a["path"]), tag, type_)


def read_edition(known_names: dict[str, str]) -> EditionRecords:
    """The current edition: CIODs, modules, attributes and types.

    Parameters
    ----------
    known_names : dict
        Names by slug from editions that spell them out; other slugs are turned into names.
    """
    terms = pydicom.read_terms()
    tag_of_keyword = {term.keyword: term.tag for term in terms if term.keyword}
    modules_of_ciod = _load("iod_module_map.json")
    tables = _load("module_attribute_map.json")
    # Modules newer than the maker's parser stand in CIODs without a table: they are kept, empty.
    used = {use["key"]: () for uses in modules_of_ciod.values() for use in uses}
    installed = version(PACKAGE)
    edition, evidence = EDITIONS.get(installed.rpartition(".")[0], LATER)
    return EditionRecords(
        id=edition,
        title=edition,
        source=f"{PACKAGE} {installed}: {evidence}",
        dictionary=pydicom.dictionary(),
        note=(
            f"Attributes newer than the dictionary {pydicom.dictionary()} are missing: the source "
            "leaves out what its dictionary does not know."
        ),
        is_in_standard_order=False,
        ciods=[CiodRecord(slug, name_of_slug(slug, known_names)) for slug in modules_of_ciod],
        module_uses=[
            Use(ciod, use["key"], use["usage"], use["ie"])
            for ciod, uses in modules_of_ciod.items()
            for use in uses
        ],
        modules=[
            Table(slug, name_of_slug(slug, known_names), list(_rows(rows, tag_of_keyword)))
            for slug, rows in (used | tables).items()
        ],
        terms=terms,
        sop_classes=_load("sop_class_iod_map.json"),
    )
