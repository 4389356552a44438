"""What an en face image states is enough to compute its pixels, with pydicom and numpy alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.octa.slab import SLAB_TYPES
from octome.pipeline.chain import process
from octome.pipeline.request import Request

DESCRIPTORS, SCOPE, SEGMENTS, OFFSET = 0x00221627, 0x00221629, 0x0008114C, 0x00660005
# Those whose surfaces the simulated eye has; `choroid` ends below its frames. Pixels of
# `depth-encoded` are colours.
SLABS = sorted(set(SLAB_TYPES) - {"choroid", "depth-encoded"})


@pytest.fixture(scope="module", params=["2024c", "2024d"])
def study(request, made_chain, tmp_path_factory) -> Path:  # type: ignore[no-untyped-def]
    out = tmp_path_factory.mktemp(request.param)
    slabs = [name for name in SLABS if request.param == "2024d" or name != "whole"]
    process(
        made_chain.scan,
        out,
        Request(slabs=tuple(slabs), enface_profile=request.param, with_raw=False),
    )
    return out


def decibels_as_amplitude(ds: Dataset) -> np.ndarray:
    """(B, Z, X): stored values through the real world value mapping of the shared groups."""
    mapping = ds.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    value = ds.pixel_array * mapping.RealWorldValueSlope + mapping.RealWorldValueIntercept
    absent = ds.pixel_array == ds.get("PixelPaddingValue", -1)
    return np.where(absent, np.nan, 10 ** (value / 20))


def surface_rows(mesh: Dataset, number: int, volume: Dataset) -> np.ndarray:
    """(B, X): rows of a surface, from its points in mm and the first frame's place."""
    surface = next(each for each in mesh.SurfaceSequence if each.SurfaceNumber == number)
    points = np.frombuffer(surface.SurfacePointsSequence[0].PointCoordinatesData, "<f4")
    points = points.reshape(-1, 3).astype(float)
    shared = volume.SharedFunctionalGroupsSequence[0]
    frames = volume.PerFrameFunctionalGroupsSequence
    first, second = (
        np.array(frame.PlanePositionSequence[0].ImagePositionPatient, float) for frame in frames[:2]
    )
    orientation = np.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float)
    row_mm, column_mm = (float(v) for v in shared.PixelMeasuresSequence[0].PixelSpacing)
    along, down, across = orientation[:3], orientation[3:], second - first
    apart = points - first
    b = np.rint(apart @ across / (across @ across)).astype(int)
    x = np.rint(apart @ along / column_mm).astype(int)
    rows = np.full((len(frames), volume.Columns), np.nan)
    rows[b, x] = apart @ down / row_mm
    return rows


def bounds(image: Dataset, files: dict[str, Dataset], volume: Dataset) -> list[np.ndarray]:
    """(B, X) each: the rows of the upper bound and of the lower one, as the image states them."""
    shape = (int(volume.NumberOfFrames), int(volume.Columns))
    # The centre of the first row lies half a row below the top of the frames.
    top, bottom = np.full(shape, -0.5), np.full(shape, volume.Rows - 0.5)
    found = [top, bottom]
    if "ReferencedSurfaceMeshIdentificationSequence" in image:
        items = list(image.ReferencedSurfaceMeshIdentificationSequence)
        surfaces = [
            surface_rows(files[item.ReferencedSOPInstanceUID], item.ReferencedSurfaceNumber, volume)
            + item.SurfaceMeshZPixelOffset
            for item in items
        ]
        # A slab from the top of the volume has one surface, its lower bound.
        return surfaces if len(surfaces) == 2 else [top, surfaces[0]]
    for item in image[DESCRIPTORS].value:
        scope, offset = item[SCOPE].value, item[OFFSET].value
        if scope == "ENTIRE":
            return found
        if SEGMENTS in item:
            (segment,) = item[SEGMENTS].value
            mesh = files[segment.ReferencedSOPInstanceUID]
            rows = surface_rows(mesh, segment.ReferencedSegmentNumber, volume)
        else:
            rows = top
        found[0 if scope == "ANTERIOR" else 1] = rows + offset
    return found


def mean_between(volume: np.ndarray, upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """(B, X): the mean of what lies between two rows, a voxel counted by its part within."""
    z = np.arange(volume.shape[1])[None, :, None]
    inside = np.minimum(z + 0.5, lower[:, None]) - np.maximum(z - 0.5, upper[:, None])
    inside = np.clip(inside, 0, 1)
    with np.errstate(invalid="ignore"):
        return (np.where(inside > 0, volume, 0) * inside).sum(axis=1) / inside.sum(axis=1)


def test_every_structural_image_is_rebuilt_from_what_it_states(study: Path) -> None:
    files = {ds.SOPInstanceUID: ds for ds in map(pydicom.dcmread, study.rglob("*.dcm"))}
    volume = pydicom.dcmread(study / "structure.dcm")
    amplitude = decibels_as_amplitude(volume)
    images = sorted((study / "enface").glob("*-structure.dcm"))
    assert len(images) >= len(SLABS) - 1
    for path in images:
        image = pydicom.dcmread(path)
        upper, lower = bounds(image, files, volume)
        rebuilt = mean_between(amplitude, upper, lower)
        mapping = image.RealWorldValueMappingSequence[0]
        stored = image.pixel_array * mapping.RealWorldValueSlope
        stored = stored + mapping.RealWorldValueIntercept
        stored[image.pixel_array == image.get("PixelPaddingValue", -1)] = np.nan
        both = np.isfinite(stored) & np.isfinite(rebuilt)
        assert both.mean() > 0.9, path.name
        assert np.corrcoef(stored[both], rebuilt[both])[0, 1] > 0.99999, path.name
        step = mapping.RealWorldValueSlope
        np.testing.assert_allclose(
            rebuilt[both], stored[both], rtol=1e-4, atol=step, err_msg=path.name
        )
