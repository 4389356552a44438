"""En face images computed again from what they state, and how far off their pixels are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from octome.errors import InstancesDisagree, InstanceUnreadable, OctomeError
from octome.instances.enface_image import StoredEnface, read_enface_image
from octome.instances.enface_profile import NEWER
from octome.instances.file import reading
from octome.instances.instance_kind import ENFACE_CLASS, FLOW, STRUCTURE
from octome.instances.palette import ABSENT_INDEX
from octome.instances.segment import surface_name
from octome.instances.stored_volume import stored_pixels
from octome.octa.acquisition import Float32
from octome.octa.depth_encoding import depth_indices, depth_of_maximum
from octome.octa.enface import PROJECTIONS, Projection, slab_projection
from octome.octa.flow.stripes import stripes_removed
from octome.pipeline.recent import forget_readings
from octome.pipeline.stored_layers import (
    LoadedVolume,
    flow_volume,
    read_surfaces,
    structural_volume,
)
from octome.pipeline.study import entries

# Families of the algorithm: context group 4274 since 2024d, 7203 before.
PROJECTION_OF: dict[str, Projection] = {
    "130924": "mean",
    "113049": "mean",
    "130926": "sum",
    "113042": "sum",
    "113078": "max",
    "113079": "min",
    "386136009": "std",
}
TOP = -0.5  # the upper edge of the first row, whose centre is 0
SAME_TURN = 0.01  # of unit vectors
NEVER_OFF = 0.001  # of the range of the pixels: rounding of 16 bits and of points in mm
DESCRIPTORS, SCOPE, SEGMENTS, OFFSET = (
    NEWER[keyword].tag
    for keyword in (
        "OphthalmicEnFaceVolumeDescriptorSequence",
        "OphthalmicEnFaceVolumeDescriptorScope",
        "ReferencedSegmentationSequence",
        "SurfaceOffset",
    )
)


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    """One en face image against what its volume and its surfaces give."""

    file: str
    correlation: float | None
    """Pearson's r; None if it could not be computed again."""
    typical: float | None
    """Median of the absolute differences, as a share of the range of its pixels."""
    largest: float | None
    pixels: int
    """That have a value in both."""
    differing: int
    """That have a value in one of the two only."""
    reason: str
    """Why it could not be computed again; otherwise empty."""

    @property
    def is_off(self) -> bool:
        """Whether its pixels are not what it states; False where that is not known."""
        return self.largest is not None and (self.largest > NEVER_OFF or self.differing > 0)


def recomputed_images(folder: Path) -> Iterator[Recomputed]:
    """Each en face image of a folder, computed again from B or C and D.

    Parameters
    ----------
    folder : Path
        It needs to hold the volumes and the surfaces too.

    Raises
    ------
    InstanceUnreadable
        No such folder, or no instance in it.
    """
    found = entries(folder)
    files = {entry.sop_instance: entry.path for entry in found}
    try:
        for entry in found:
            if entry.header.SOPClassUID == ENFACE_CLASS:
                yield _recomputed(entry.path, entry.path.relative_to(folder).as_posix(), files)
    finally:
        forget_readings()


def _recomputed(path: Path, name: str, files: dict[str, Path]) -> Recomputed:
    try:
        image = read_enface_image(path)
        with reading(path):
            again = _again(image, files)
        mapping = image.header.get("RealWorldValueMappingSequence")
        has_scale = bool(mapping) or image.palette is not None
        stored = image.values() if has_scale else _without_scale(image)
        return _compared(name, stored, again, has_scale=has_scale)
    except OctomeError as error:
        return Recomputed(
            file=name,
            correlation=None,
            typical=None,
            largest=None,
            pixels=0,
            differing=0,
            reason=str(error),
        )


def _without_scale(image: StoredEnface) -> Float32:
    """The pixels as they are stored; padding as NaN."""
    shape = (1, int(image.header.Rows), int(image.header.Columns))
    pixels = stored_pixels(image.file, shape)[0].astype(np.float32)
    padding = image.header.get("PixelPaddingValue")
    return pixels if padding is None else np.where(pixels == padding, np.float32(np.nan), pixels)


def _compared(name: str, stored: Float32, again: Float32, *, has_scale: bool) -> Recomputed:
    if stored.shape != again.shape:
        raise InstancesDisagree(
            f"it has {stored.shape[0]} x {stored.shape[1]} pixels, and its volume gives "
            f"{again.shape[0]} x {again.shape[1]}"
        )
    both = np.isfinite(stored) & np.isfinite(again)
    ours, theirs = again[both].astype(np.float64), stored[both].astype(np.float64)
    if both.sum() < 3 or not np.ptp(ours) or not np.ptp(theirs):
        raise InstancesDisagree("too few of its pixels differ to compare them")
    if not has_scale:
        # Nothing states what its values mean: the line that fits best.
        slope, intercept = np.polyfit(ours, theirs, 1)
        ours = slope * ours + intercept
    off = np.abs(ours - theirs) / np.ptp(theirs)
    return Recomputed(
        file=name,
        correlation=float(np.corrcoef(ours, theirs)[0, 1]),
        typical=float(np.median(off)),
        largest=float(off.max()),
        pixels=int(both.sum()),
        differing=int((np.isfinite(stored) != np.isfinite(again)).sum()),
        reason="",
    )


def _again(image: StoredEnface, files: dict[str, Path]) -> Float32:
    """The pixels that the volume and the surfaces give."""
    header = image.header
    volume, is_flow = _volume(header, files)
    _check_directions(image, volume)
    upper, lower = _bounds(header, volume, files)
    projection, parameters = _projection(header)
    found = slab_projection(volume.values, upper, lower, projection=projection)
    if is_flow and "stripes=removed" in parameters:
        found = stripes_removed(found)
    if image.palette is None:
        return found
    black, full = (_number(parameters, name) for name in ("black", "full"))
    depth = depth_of_maximum(volume.values, upper, lower)
    indices = depth_indices(found, depth, low=black, high=full).astype(np.float32)
    indices[indices == ABSENT_INDEX] = np.nan
    return indices


def _number(parameters: str, name: str) -> float:
    """A parameter of an image whose colour is depth."""
    stated = re.search(rf"(?:^|,){name}=([-+.\deE]+)", parameters)
    if "colour=depth" not in parameters or stated is None:
        raise InstanceUnreadable("it does not state what its colours mean")
    return float(stated[1])


def _check_directions(image: StoredEnface, volume: LoadedVolume) -> None:
    """Rows and columns of the image run as A-scans and B-scans of its volume do."""
    stated = image.header.get("ImageOrientationPatient")
    expected = volume.stored.grid.enface_orientation
    if stated and not np.allclose([float(each) for each in stated], expected, atol=SAME_TURN):
        raise InstancesDisagree(
            f"{image.file.path} is mirrored, turned or transposed, and octome computes an image "
            "only as its volume lies"
        )


def _volume(header: Dataset, files: dict[str, Path]) -> tuple[LoadedVolume, bool]:
    for source in header.get("SourceImageSequence") or []:
        path = files.get(str(source.get("ReferencedSOPInstanceUID")))
        if source.get("ReferencedSOPClassUID") not in (STRUCTURE.sop_class, FLOW.sop_class):
            continue
        if path is None:
            raise InstanceUnreadable(
                f"its source {source.ReferencedSOPInstanceUID} is not in the folder"
            )
        is_flow = source.ReferencedSOPClassUID == FLOW.sop_class
        return (flow_volume if is_flow else structural_volume)(path), is_flow
    raise InstanceUnreadable("it names no volume as its source")


def _projection(header: Dataset) -> tuple[Projection, str]:
    (used,) = header.DerivationAlgorithmSequence
    parameters = str(used.get("AlgorithmParameters") or "")
    stated = re.search(r"(?:^|,)projection=(\w+)", parameters)
    name = stated[1] if stated else PROJECTION_OF.get(used.AlgorithmFamilyCodeSequence[0].CodeValue)
    for projection in PROJECTIONS:
        if name == projection:
            return projection, parameters
    raise InstanceUnreadable("it does not state a projection that octome computes")


def _bounds(
    header: Dataset, volume: LoadedVolume, files: dict[str, Path]
) -> tuple[Float32, Float32]:
    """The rows of both bounds, (B, X); an edge of the volume where no surface is named."""
    bscans, depth, ascans = volume.stored.grid.shape
    upper = np.full((bscans, ascans), TOP, np.float32)
    lower = upper + np.float32(depth)
    if DESCRIPTORS in header:
        for item in header[DESCRIPTORS].value:
            segments = item[SEGMENTS].value if SEGMENTS in item else []
            rows = np.full((bscans, ascans), TOP, np.float32)
            if segments:
                rows = _surface(segments[0], "ReferencedSegmentNumber", volume, files)
            rows = rows + np.float32(item[OFFSET].value)
            if item[SCOPE].value == "ANTERIOR":
                upper = rows
            elif item[SCOPE].value == "POSTERIOR":
                lower = rows
        return upper, lower
    items = header.get("ReferencedSurfaceMeshIdentificationSequence") or []
    if not items:
        raise InstanceUnreadable("it does not state what bounds its slab")
    found = [
        _surface(item, "ReferencedSurfaceNumber", volume, files)
        + np.float32(item.SurfaceMeshZPixelOffset)
        for item in items
    ]
    # One surface of this form: the other bound is an edge, and which is not stated.
    if len(found) == 1:
        return (found[0], lower) if _slab(header).endswith("..bottom") else (upper, found[0])
    return found[0], found[1]


def _slab(header: Dataset) -> str:
    return str(header.get("OphthalmicImageTypeDescription") or "")


def _surface(item: Dataset, keyword: str, volume: LoadedVolume, files: dict[str, Path]) -> Float32:
    """The rows of a surface that an image names."""
    path = files.get(str(item.get("ReferencedSOPInstanceUID")))
    if path is None:
        raise InstanceUnreadable(
            f"the surfaces {item.get('ReferencedSOPInstanceUID')} are not in the folder"
        )
    stored, number = read_surfaces(path), int(item[keyword].value)
    for segment in stored.header.SegmentSequence:
        own = int(segment.SegmentNumber)
        if keyword == "ReferencedSurfaceNumber":
            own = stored.numbers[surface_name(segment)]
        if own == number:
            return stored.maps(volume.stored.grid)[surface_name(segment)]
    raise InstanceUnreadable(f"{path.name} has no {keyword[10:-6].lower()} {number}")


def recomputed_lines(images: list[Recomputed]) -> Iterator[str]:
    """What a person reads: one line for each image."""
    width = max((len(each.file) for each in images), default=0)
    for each in images:
        if each.correlation is None or each.typical is None or each.largest is None:
            yield f"{each.file:<{width}}  not computed again: {each.reason}"
            continue
        differing = f", {each.differing} pixels in one only" if each.differing else ""
        yield (
            f"{each.file:<{width}}  r = {each.correlation:.6f}, off by {each.typical:.3%} "
            f"(largest {each.largest:.3%}) of the range{differing}"
            + ("  <- not what it states" if each.is_off else "")
        )
