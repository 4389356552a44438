"""Stored volumes: the multi-frame images of kinds B and C, read back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.utils import pixel_array
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from octome.dicom.tag import TAG
from octome.dicom.vr import PIXEL_GROUP
from octome.errors import InstancesDisagree, InstanceUnreadable
from octome.instances.file import InstanceFile, reading
from octome.instances.frame_position import first_item, stored_placement
from octome.instances.grid import Grid
from octome.instances.scale import INT16_TOP, UINT16_TOP, Scale
from octome.instances.scan_track import ScanTrack
from octome.instances.stored_instance import StoredInstance, reading_class
from octome.instances.transfer_syntax import DECODERS, decompressed
from octome.octa.acquisition import Float32

MOST_VOXEL_BYTES = 2**31  # of one volume: 2 GB of whole numbers
GREY_SPAN_DB = 40.0  # full grey scale, where a file has no mapping: about what displays show
MOST_DB, MOST_VALUE = 600.0, 1e30  # float32 ends at about 770 dB and 3e38
NO_GRID = "is not a raster of evenly spaced B-scans: only such a raster has"
NATIVE = (ImplicitVRLittleEndian, ExplicitVRLittleEndian)


@dataclass(frozen=True)
class StoredVolume(StoredInstance):
    """A volume and its position; its voxels are read when they are needed."""

    placement: Grid | ScanTrack
    """Where its voxels lie."""
    scale: Scale

    @property
    def grid(self) -> Grid:
        """The same of an even raster.

        Raises
        ------
        InstancesDisagree
            It is not one, so there is no en face image of it.
        """
        if isinstance(self.placement, Grid):
            return self.placement
        raise InstancesDisagree(
            f"{self.file.path} {NO_GRID} en face images", path=str(self.file.path)
        )

    @property
    def slice_mm(self) -> float:
        """Nominal thickness of a B-scan; the pitch where it is not stated."""
        shared = first_item(self.header, "SharedFunctionalGroupsSequence") or Dataset()
        measures = first_item(shared, "PixelMeasuresSequence") or Dataset()
        return float(measures.get("SliceThickness") or self.placement.geometry.bscan_mm)

    def stored(self) -> NDArray[Any]:
        """The stored values, uint8 or uint16, (B, Z, X); mapped from a file, not copied."""
        with reading(self.file.path):
            return stored_pixels(self.file, self.placement.shape)

    def values(self) -> Float32:
        """The values, float32, (B, Z, X); NaN where there is none."""
        return self.scale.values(self.stored())


def read_volume(path: str | Path, sop_class: str) -> StoredVolume:
    """A volume of one SOP Class.

    Parameters
    ----------
    path : path
    sop_class : str
        The SOP Class UID it must have.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, damaged, or without a position.
    """
    with reading_class(path, sop_class) as file:
        header = file.header
        shape = _shape(header)
        return StoredVolume(file, stored_placement(header, shape), _scale(header))


def stored_pixels(file: InstanceFile, shape: tuple[int, int, int]) -> NDArray[Any]:
    """Pixel Data of one sample to a pixel, as unsigned whole numbers, `shape`.

    Raises
    ------
    InstanceUnreadable
        The file holds less than its header states, or its compression is not known.
    """
    dtype = np.dtype("u1" if file.header.BitsAllocated == 8 else "<u2")
    needed = math.prod(shape) * dtype.itemsize
    if needed > MOST_VOXEL_BYTES:
        raise InstanceUnreadable(f"its header states {needed} bytes of pixels")
    if file.syntax in NATIVE:
        return file.mapped("PixelData", dtype, shape)
    if file.syntax in DECODERS:
        return _decompressed(file, shape, dtype)
    # Rarer ones are left to pydicom and the decoders it finds.
    found = pixel_array(file.path, raw=True).reshape(shape)
    if found.dtype.itemsize != dtype.itemsize:
        raise InstanceUnreadable(f"its pixels are {found.dtype}, not {dtype}")
    return found.astype(found.dtype.newbyteorder("<"), copy=False).view(dtype)


def _decompressed(
    file: InstanceFile, shape: tuple[int, int, int], dtype: np.dtype[Any]
) -> NDArray[Any]:
    element = file.bulk_data_set(PIXEL_GROUP).get(TAG.PixelData)
    if element is None or element.fragments is None:
        raise InstanceUnreadable("it has no compressed pixels, which its Transfer Syntax needs")
    if sum(length for _, length in element.fragments) > MOST_VOXEL_BYTES:
        raise InstanceUnreadable("its compressed pixels are larger than the volume")
    with file.path.open("rb") as stream:
        stream.seek(element.offset)
        return decompressed(stream, file.syntax, shape, dtype)


def _shape(header: Dataset) -> tuple[int, int, int]:
    frames = int(header.get("NumberOfFrames") or 1)
    if int(header.get("SamplesPerPixel", 1)) != 1:
        raise InstanceUnreadable("its pixels have colour; a volume has one value each")
    if header.get("BitsAllocated") not in (8, 16):
        raise InstanceUnreadable("its Bits Allocated are neither 8 nor 16")
    shape = frames, int(header.Rows), int(header.Columns)
    if min(shape) < 1:
        raise InstanceUnreadable(f"it has {shape[0]} frames of {shape[1]} x {shape[2]} pixels")
    return shape


def _scale(header: Dataset) -> Scale:
    """The scale that the instance states; else grey is taken as dB."""
    shared = first_item(header, "SharedFunctionalGroupsSequence") or Dataset()
    return scale_of(first_item(shared, "RealWorldValueMappingSequence") or Dataset(), header)


def scale_of(mapping: Dataset, header: Dataset) -> Scale:
    """The scale of an item of Real World Value Mapping Sequence.

    Without one, grey is taken as dB, 40 from black to white: about how displays show OCT.
    """
    bits = int(header.get("BitsStored") or header.BitsAllocated)
    top = INT16_TOP if header.get("PixelRepresentation") else min(2**bits - 1, UINT16_TOP)
    slope, intercept = mapping.get("RealWorldValueSlope"), mapping.get("RealWorldValueIntercept")
    if slope is None or intercept is None:
        step = GREY_SPAN_DB / top
        return Scale(
            slope=step,
            intercept=-GREY_SPAN_DB,
            top=top,
            unit="dB",
            label="GREY",
            meaning="grey taken as dB",
        )
    units = first_item(mapping, "MeasurementUnitsCodeSequence") or Dataset()
    scale = Scale(
        slope=float(slope),
        intercept=float(intercept),
        top=top,
        unit=str(units.get("CodeValue", "1")),
        label=str(mapping.get("LUTLabel") or ""),
        meaning=str(mapping.get("LUTExplanation") or ""),
    )
    _check_scale(scale)
    return scale


def _check_scale(scale: Scale) -> None:
    """Check that every stored value gives a number that float32 can hold."""
    most = MOST_DB if scale.is_decibel else MOST_VALUE
    ends = (scale.intercept, scale.intercept + UINT16_TOP * scale.slope)
    if not (scale.slope and all(abs(end) <= most for end in ends)):
        raise InstanceUnreadable(
            f"its Real World Value Mapping has slope {scale.slope:g} and intercept "
            f"{scale.intercept:g}, which give no usable numbers"
        )
