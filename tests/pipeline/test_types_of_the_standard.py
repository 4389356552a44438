"""What the Standard that is browsed here requires of each kind is in the instances of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.pipeline.chain import process
from octome.pipeline.request import Request
from octome.standard.library import Library

CIODS = {
    "raw": "raw-data",
    "structure": "ophthalmic-tomography-image",
    "flow-omag": "ophthalmic-optical-coherence-tomography-b-scan-volume-analysis",
    "surfaces": "surface-segmentation",
    "slab-bounds": "surface-segmentation",
    "height-map": "height-map-segmentation",
    "enface/superficial-flow": "ophthalmic-optical-coherence-tomography-en-face-image",
    "enface/retina-structure": "ophthalmic-optical-coherence-tomography-en-face-image",
}
# The newer form is the current edition's, the other that of the edition with the text.
EDITIONS = {
    "height-map": ["2026b"],
    "enface/superficial-flow": ["2020b"],
    "enface/retina-structure": ["2020b"],
}


def missing(library: Library, path: str, edition: str, ds: Dataset, at: str) -> Iterator[str]:
    """Attributes of Type 1 and 2 that are not there, or empty where a value is required."""
    page = library.at(path, edition=edition)
    for use in page.items if hasattr(page, "items") else page.attributes:
        element = ds.get(pydicom.tag.Tag(int(use.tag, 16)))
        here = f"{at}{use.keyword}"
        if use.type in ("1", "2") and element is None:
            # A functional group's own type holds where the group is used.
            if "FunctionalGroups" not in at.rpartition("[")[0].rpartition(".")[2]:
                yield here
        elif use.type == "1" and element.is_empty:
            yield f"{here} (empty)"
        elif element is not None and element.VR == "SQ" and use.has_items:
            items = element.value[:1] if use.keyword.startswith("PerFrame") else element.value
            for number, item in enumerate(items):
                yield from missing(library, use.path, edition, item, f"{here}[{number}].")


def required(library: Library, ciod: str, edition: str, ds: Dataset) -> list[str]:
    found = []
    for use in library.at(f"/ciods/{ciod}", edition=edition).modules:
        if use.usage == "M":
            found += missing(library, use.path, edition, ds, "")
    return found


@pytest.mark.parametrize("name", list(CIODS))
def test_what_is_required_is_there(library: Library, made_chain, name: str) -> None:
    ds = pydicom.dcmread(made_chain.file(name))
    for edition in EDITIONS.get(name, ["2020b", "2026b"]):
        assert required(library, CIODS[name], edition, ds) == [], edition


@pytest.mark.parametrize("name", ["enface/retina-flow", "enface/retina-structure"])
def test_what_the_current_form_requires_is_there(
    library: Library, made_chain, tmp_path: Path, name: str
) -> None:
    asked = Request(form="current", slabs=("retina",), with_raw=False)
    process(made_chain.scan, tmp_path, asked)
    ds = pydicom.dcmread(tmp_path / f"{name}.dcm")
    ciod = "ophthalmic-optical-coherence-tomography-en-face-image"
    assert required(library, ciod, "2026b", ds) == []


def test_what_is_left_out_is_found(library: Library, made_chain) -> None:
    ds = pydicom.dcmread(made_chain.file("height-map"))
    del ds.ContentLabel
    del ds.SegmentSequence[1].SegmentAlgorithmType
    ds.SoftwareVersions = ""
    found = required(library, "height-map-segmentation", "2026b", ds)
    assert sorted(found) == [
        "ContentLabel",
        "SegmentSequence[1].SegmentAlgorithmType",
        "SoftwareVersions (empty)",
    ]
