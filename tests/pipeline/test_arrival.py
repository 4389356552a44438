"""What a study has of the chain, and what it lacks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from octome.pipeline.arrival import arrived_scans


@pytest.fixture
def study(made_chain, tmp_path: Path) -> Path:
    """The chain without its Raw Data."""
    folder = tmp_path / "study"
    shutil.copytree(made_chain.folder, folder)
    (folder / "raw.dcm").unlink()
    return folder


def only_scan(study: Path) -> str:
    (scan,) = arrived_scans(study)
    return str(scan)


def test_a_whole_chain_is_complete(study: Path) -> None:
    assert only_scan(study) == "right eye: B C D E F; complete"


def test_what_is_missing_is_named(study: Path) -> None:
    for path in [*study.glob("enface/*-flow*.dcm"), study / "surfaces.dcm"]:
        path.unlink()
    assert only_scan(study) == "right eye: B C D E; F missing"  # the height map is D too
    (study / "height-map.dcm").unlink()
    assert only_scan(study) == "right eye: B C E; D, F missing"


def test_a_scan_without_flow_lacks_none(study: Path) -> None:
    for path in [*study.glob("enface/*-flow*.dcm"), *study.glob("flow*.dcm")]:
        path.unlink()
    assert only_scan(study) == "right eye: B D E; complete"


def test_flow_without_its_volume_lacks_it(study: Path) -> None:
    for path in (study / "structure.dcm", *study.glob("flow*.dcm")):
        path.unlink()
    assert only_scan(study) == "right eye: D E F; B, C missing"


def test_other_instances_are_no_scan(small_instance, tmp_path: Path) -> None:
    (tmp_path / "photograph.dcm").write_bytes(small_instance())
    assert arrived_scans(tmp_path) == []
