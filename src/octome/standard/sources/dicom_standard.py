"""Edition 2020b with all its text, from the JSON files of the package `dicom-standard`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from octome.standard.sources.package import distributed_file, installed_version
from octome.standard.sources.records import (
    CiodRecord,
    EditionRecords,
    Fragment,
    Row,
    Table,
    Term,
    Use,
    tag_id,
)
from octome.standard.sources.source import Content

EDITION = "2020b"
# What a table includes one level above the items that it belongs to: from the first of the two
# tags to before the second. The rows after them, and all later editions, are inside the items.
TOO_SHALLOW = {"rt-roi-observations": ("00082218", "00620003")}


def contents() -> Mapping[str, frozenset[Content]]:
    """One edition, text and all."""
    return {EDITION: frozenset({"facts", "text"})}


def read(edition: str) -> EditionRecords:
    """The edition."""
    return _records(edition, installed_version("dicom_standard"))


def _load(name: str) -> Any:
    # The package puts its files next to site-packages.
    return json.loads(distributed_file("dicom-standard", "standard", name).read_bytes())


def _rows(table: str, attributes: Iterable[dict[str, Any]]) -> Iterator[Row]:
    first, after = TOO_SHALLOW.get(table, ("", ""))
    deeper = 0
    for a in attributes:
        targets = tuple(reference["sourceUrl"] for reference in a["externalReferences"])
        type_ = None if a["type"] == "None" else a["type"]
        tag = tag_id(a["tag"])
        deeper = {first: 1, after: 0}.get(tag, deeper)
        depth = a["path"].count(":") - 1 + deeper
        yield Row(depth, tag, type_, Fragment(a["description"], targets))


def _tables(definitions: list[dict[str, str]], attributes: list[Any], key: str) -> list[Table]:
    rows = {id_: list(_rows(id_, group)) for id_, group in groupby(attributes, lambda a: a[key])}
    return [
        Table(d["id"], d["name"], rows[d["id"]], Fragment(d["description"]), d["linkToStandard"])
        for d in definitions
    ]


def _records(edition: str, version: str) -> EditionRecords:
    ciods = _load("ciods.json")
    ciod_of_name = {ciod["name"]: ciod["id"] for ciod in ciods}
    return EditionRecords(
        edition=edition,
        source=(
            f"dicom-standard {version}, files of 2020-04-07: its dictionary is that of 2020b, "
            "tag for tag; 2020a is not ruled out"
        ),
        dictionary=edition,
        is_in_standard_order=True,
        ciods=[
            CiodRecord(c["id"], c["name"], Fragment(c["description"]), c["linkToStandard"])
            for c in ciods
        ],
        module_uses=[
            Use(
                u["ciodId"],
                u["moduleId"],
                u["usage"],
                # The one row that spells it 'Frame Of Reference' means the same entity.
                u["informationEntity"].replace(" Of ", " of "),
                u["conditionalStatement"],
            )
            for u in _load("ciod_to_modules.json")
        ],
        macro_uses=[
            Use(u["ciodId"], u["macroId"], u["usage"], None, u["conditionalStatement"])
            for u in _load("ciod_to_fg_macros.json")
        ],
        modules=_tables(_load("modules.json"), _load("module_to_attributes.json"), "moduleId"),
        macros=_tables(_load("macros.json"), _load("macro_to_attributes.json"), "macroId"),
        terms=[
            Term(
                tag_id(a["tag"]),
                a["keyword"],
                a["name"],
                a["valueRepresentation"],
                a["valueMultiplicity"],
                a["retired"] == "Y",
            )
            for a in _load("attributes.json")
        ],
        sop_classes={
            s["id"]: ciod_of_name[s["ciod"]]
            for s in _load("sops.json")
            if s["ciod"] in ciod_of_name
        },
        sections=_load("references.json"),
    )
