"""The UIDs of a chain follow from its acquisition and its parameters."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest

from octome.pipeline.chain import process
from octome.pipeline.chain_plan import plan
from octome.pipeline.request import Request
from octome.pipeline.source import read_source
from octome.pipeline.step import InstanceStep

WHOLE = Request(with_height_map=True)


def series(made_chain, request: Request) -> dict[str, str]:  # type: ignore[no-untyped-def]
    steps = plan(read_source(made_chain.scan), request)
    return {step.name: str(step.series.uid) for step in steps if isinstance(step, InstanceStep)}


def test_a_second_run_elsewhere_writes_the_same_bytes(made_chain, tmp_path: Path) -> None:
    process(made_chain.scan, tmp_path, WHOLE)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.dcm"))
    assert len(written) == 18
    for path in written:
        assert (tmp_path / path).read_bytes() == (made_chain.folder / path).read_bytes(), path


def test_fewer_images_are_the_same_instances(made_chain, tmp_path: Path) -> None:
    request = Request(slabs=("deep", "retina"), with_height_map=True)
    process(made_chain.scan, tmp_path, request)
    path = Path("enface", "deep-flow.dcm")
    assert (tmp_path / path).read_bytes() == (made_chain.folder / path).read_bytes()


def test_an_image_with_another_localizer_is_another_instance(made_chain, tmp_path: Path) -> None:
    process(made_chain.scan, tmp_path, Request(slabs=("deep",), with_height_map=True))
    first, other = (
        pydicom.dcmread(folder / "enface" / "deep-flow.dcm")
        for folder in (made_chain.folder, tmp_path)
    )
    assert first.SOPInstanceUID != other.SOPInstanceUID
    assert first.SeriesInstanceUID == other.SeriesInstanceUID
    assert first.InstanceNumber == other.InstanceNumber


@pytest.mark.parametrize(
    ("request_", "same"),
    [
        (Request(projection="max"), {"structure", "surfaces", "flow-omag"}),
        (Request(algorithm="decorrelation"), {"structure", "surfaces", "enface/deep-structure"}),
        (Request(compression="htj2k"), set()),
    ],
)
def test_other_parameters_give_other_series(made_chain, request_: Request, same: set[str]) -> None:  # type: ignore[no-untyped-def]
    first, other = series(made_chain, Request()), series(made_chain, request_)
    both = {name for name in first if first[name] == other.get(name)}
    assert same <= both
    assert not any(name.startswith("enface/deep-flow") for name in both)


def test_a_chosen_slab_has_its_own_series(made_chain) -> None:
    found = series(made_chain, Request(slabs=("deep", "retina", "ILM..IPL+12um")))
    assert found["enface/deep-flow"] == found["enface/retina-flow"]
    assert found["enface/ILM..IPL+12um-flow"] not in (
        found["enface/deep-flow"],
        found["enface/ILM..IPL+12um-structure"],
    )


def test_raw_data_refers_to_the_first_volumes_of_its_folder(made_chain) -> None:
    kept: dict[str, pydicom.uid.UID] = {}
    source = read_source(made_chain.scan)
    first, later = (
        {step.name: step for step in plan(source, request, kept.setdefault)}
        for request in (Request(), Request(compression="htj2k"))
    )
    assert first["raw"] == later["raw"]
    assert first["structure"].series != later["structure"].series
