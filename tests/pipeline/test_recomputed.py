"""En face images computed again: right ones agree, and a planted difference is measured."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.pipeline.chain import process
from octome.pipeline.recomputed import Recomputed, recomputed_images, recomputed_lines
from octome.pipeline.request import Request

LOWER_OFFSET = (0x00221627, 0x00660005)


@pytest.mark.parametrize("profile", ["2024c", "2024d"])
def test_every_image_of_a_chain_is_what_it_states(made_chain, tmp_path: Path, profile) -> None:  # type: ignore[no-untyped-def]
    slabs = ("superficial", "outer", "retina", "vitreous", "RNFL+4um..IPL")
    for projection in ("mean", "max"):
        request = Request(
            slabs=slabs, projection=projection, enface_profile=profile, with_raw=False
        )  # type: ignore[arg-type]
        process(made_chain.scan, tmp_path, request)
    found = list(recomputed_images(tmp_path))
    assert len(found) == 20
    for each in found:
        assert each.reason == ""
        assert not each.is_off, each
        assert each.correlation is not None
        assert each.correlation > 0.99999


@pytest.fixture
def one(made_chain, tmp_path: Path) -> Callable[[Callable[[Dataset], None]], Recomputed]:  # type: ignore[no-untyped-def]
    """One image of the chain with its volumes and surfaces, changed."""
    for name in ("structure", "flow-omag", "height-map"):
        shutil.copy(made_chain.file(name), tmp_path)

    def change(how: Callable[[Dataset], None]) -> Recomputed:
        ds = pydicom.dcmread(made_chain.file("enface/superficial-structure"))
        how(ds)
        ds.save_as(tmp_path / "image.dcm")
        (found,) = recomputed_images(tmp_path)
        return found

    return change


def move_the_lower_bound(ds: Dataset) -> None:
    ds[LOWER_OFFSET[0]].value[1][LOWER_OFFSET[1]].value += 4


def shift_the_pixels(ds: Dataset) -> None:
    ds.PixelData = np.roll(ds.pixel_array, 5, axis=1).tobytes()


def test_other_bounds_and_other_pixels_are_off(one) -> None:  # type: ignore[no-untyped-def]
    assert not one(lambda _ds: None).is_off
    assert one(move_the_lower_bound).is_off
    shifted = one(shift_the_pixels)
    assert shifted.is_off
    assert shifted.correlation < 0.9


def test_an_image_without_a_scale_is_compared_by_the_line_that_fits(one) -> None:  # type: ignore[no-untyped-def]
    def drop(ds: Dataset) -> None:
        del ds.RealWorldValueMappingSequence

    assert not one(drop).is_off


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda ds: setattr(ds.SourceImageSequence[0], "ReferencedSOPInstanceUID", "1.2.3"),
         "its source 1.2.3 is not in the folder"),
        (lambda ds: setattr(ds, "SourceImageSequence", []), "names no volume"),
        (lambda ds: ds.__delitem__(0x00221627), "does not state what bounds its slab"),
        (lambda ds: setattr(
            ds[0x00221627].value[1][0x0008114C].value[0], "ReferencedSegmentNumber", 77
        ), "has no segment 77"),
        (lambda ds: setattr(ds.DerivationAlgorithmSequence[0], "AlgorithmParameters",
                            "projection=median"), "does not state a projection"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_again_says_why(one, change, reason: str) -> None:  # type: ignore[no-untyped-def]
    found = one(change)
    assert reason in found.reason
    assert found.correlation is None
    assert not found.is_off
    assert list(recomputed_lines([found])) == [f"image.dcm  not computed again: {found.reason}"]


def test_an_image_shown_the_other_way_up_is_undecided(one) -> None:  # type: ignore[no-untyped-def]
    def flip(ds: Dataset) -> None:
        ds.PixelData = np.ascontiguousarray(ds.pixel_array[::-1]).tobytes()
        ds.ImageOrientationPatient = ["1", "0", "0", "0", "0", "1"]

    found = one(flip)
    assert found.correlation is None
    assert "mirrored" in found.reason
    assert not found.is_off
