"""How much of a scan was found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from octome.instances.code import EDGE_DETECTION, coded
from octome.instances.composite import Series
from octome.instances.file import write_instance
from octome.instances.surface_segmentation import surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.verdict import Verdict
from octome.pipeline.coverage import coverage_lines, empty_images, empty_lines, surface_coverage
from octome.pipeline.enface_spec import enface_spec
from octome.pipeline.stored_layers import read_surfaces
from octome.pipeline.study import Study
from octome.pipeline.workstation import derive_enface


@pytest.fixture
def half(made_chain, tmp_path: Path) -> Path:
    """A study whose surfaces end after 10 of 40 B-scans."""
    for name in ("structure", "surfaces"):
        (tmp_path / f"{name}.dcm").write_bytes(made_chain.file(name).read_bytes())
    volume = read_tomography_image(tmp_path / "structure.dcm")
    stored = read_surfaces(tmp_path / "surfaces.dcm")
    rows = {name: found.copy() for name, found in stored.maps(volume.placement).rows.items()}
    for found in rows.values():
        found[10:] = np.nan
    instance = surface_segmentation(
        rows,
        volume.placement,
        volume.exam,
        Series(number=5),
        structure=volume.reference,
        method=("tea leaves", coded(*EDGE_DETECTION), {}),
    )
    (tmp_path / "surfaces.dcm").unlink()
    write_instance(tmp_path / "surfaces.dcm", instance)
    return tmp_path


def test_every_surface_has_its_share(made_chain) -> None:
    (found,) = surface_coverage(made_chain.file("structure"), [made_chain.file("surfaces")])
    assert found.surfaces == "surfaces.dcm"
    assert next(iter(found.found)) == "ILM"
    assert list(found.found)[-1] == "BM"
    assert min(found.found.values()) > 0.9
    assert found.verdict == Verdict("good")
    assert all(found.trusted[name] <= share for name, share in found.found.items())
    verdict, line, *_ = coverage_lines([found])
    assert verdict == "surfaces.dcm: segmentation good"
    assert line.startswith("surfaces.dcm: found in these shares of the A-scans: ILM 100%, RNFL ")


def test_surfaces_of_a_quarter_leave_images_mostly_empty(half: Path) -> None:
    (found,) = surface_coverage(half / "structure.dcm", [half / "surfaces.dcm"])
    assert found.found["ILM"] == pytest.approx(0.25, abs=0.02)
    made = derive_enface(Study(half), enface_spec("structure", "superficial"), half)
    path = made.results[-1].path
    (empty,) = empty_images([path])
    assert empty.filled == pytest.approx(0.25, abs=0.02)
    assert list(empty_lines([empty])) == [
        f"{path.name} is mostly empty: {empty.filled:.0%} of its pixels have a value"
    ]


def test_full_images_are_not_mentioned(made_chain) -> None:
    assert empty_images(sorted((made_chain.folder / "enface").glob("*.dcm"))) == []
