"""Plain copies of images of the chain: Secondary Capture (PS3.3 A.8).

B-scans are frames of a multi-frame instance. An image of one frame is an instance of the older
class that every viewer knows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from pydicom.uid import UID
from pydicom.valuerep import format_number_as_ds

from octome.errors import InstanceUnwritable
from octome.instances.anatomic_region import stated_region
from octome.instances.code import SOURCE_IMAGE, coded
from octome.instances.composite import Series, common_instance_reference, composite
from octome.instances.exam import Exam
from octome.instances.file import MOST_BYTES, write_instance
from octome.instances.frame_position import first_item
from octome.instances.grid import Grid
from octome.instances.instance_kind import InstanceKind
from octome.instances.multiframe import write_planes
from octome.instances.scan_track import ScanTrack
from octome.instances.stored_instance import StoredInstance
from octome.instances.tomography_image import write_image_pixel

SINGLE = UID("1.2.840.10008.5.1.4.1.1.7")
MULTIFRAME = {
    (8, False): UID("1.2.840.10008.5.1.4.1.1.7.2"),
    (16, False): UID("1.2.840.10008.5.1.4.1.1.7.3"),
    (8, True): UID("1.2.840.10008.5.1.4.1.1.7.4"),
}
"""By the bits of a sample, and whether pixels have colour."""
COPY_MODALITY = "OPT"  # what acquired the eye, and the one such viewers know
MAPPED_VALUES = "RealWorldValueFirstValueMapped", "RealWorldValueLastValueMapped"
COMPRESSION = "LossyImageCompressionRatio", "LossyImageCompressionMethod"


@dataclass(frozen=True, kw_only=True)
class CapturedImage:
    """What a copy is of, without its pixels."""

    shape: tuple[int, int, int]
    """Frames, rows, columns."""
    bits: int
    """Of one sample, 8 or 16."""
    window: tuple[int, int] | None
    """Window Center and Width, in stored values; None for colour."""
    spacing_mm: tuple[float, float]
    """Between rows, and between columns."""
    derivation: str
    """Derivation Description."""
    sources: Sequence[StoredInstance]
    """What is in its pixels; grey values are those of the first."""
    placement: Grid | ScanTrack | None = None
    """Of B-scans; None for an image of one frame."""
    slice_mm: float = 0.0
    """Nominal thickness of a B-scan."""

    @property
    def is_colour(self) -> bool:
        """Whether a pixel has red, green and blue."""
        return self.window is None

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of one sample."""
        return np.dtype("u1" if self.bits == 8 else "<u2")


def secondary_capture(image: CapturedImage, exam: Exam, series: Series) -> Dataset:
    """The instance of a copy, without its pixels."""
    kind = InstanceKind(
        letter="",
        name="copy",
        title="Copy",
        sop_class=(SINGLE if image.placement is None else MULTIFRAME[image.bits, image.is_colour]),
        modality=COPY_MODALITY,
        series_number=series.number,
    )
    ds = composite(kind, exam, series, by_scanner=False)
    write_image_pixel(ds, bits=image.bits, is_signed=False, shape=image.shape[1:])
    ds.ImageType, ds.ConversionType = ["DERIVED", "SECONDARY"], "WSD"
    # The vessels of a retina identify a person as a fingerprint does.
    ds.RecognizableVisualFeatures = "YES"
    ds.PixelSpacing = [format_number_as_ds(each) for each in image.spacing_mm]
    header = image.sources[0].header
    ds.ImageLaterality = exam.laterality
    ds.AnatomicRegionSequence = [stated_region(header)]
    ds.PatientOrientation = header.get("PatientOrientation") or ""
    if image.window is None:
        ds.SamplesPerPixel, ds.PhotometricInterpretation = 3, "RGB"
        ds.PlanarConfiguration = 0
        del ds.PixelPaddingValue, ds.PresentationLUTShape
    else:
        _write_mapping(ds, header)
        ds.WindowCenter, ds.WindowWidth = image.window
    if image.placement is None or not _write_frames(ds, image, image.placement):
        # PS3.3 A.8: only with functional groups.
        del ds.FrameOfReferenceUID, ds.PositionReferenceIndicator
    _write_sources(ds, image)
    return ds


def write_secondary_capture(
    path: Path, instance: Dataset, image: CapturedImage, frames: Iterable[NDArray[Any]]
) -> None:
    """Write the instance of a copy; its pixels frame by frame.

    Raises
    ------
    InstanceUnwritable
        The file exists, the system cannot write it, or the pixels are more than DICOM can hold.
    """
    write_instance(path, instance, payload=_pixel_data(path, image, frames))


def _pixel_data(
    path: Path, image: CapturedImage, frames: Iterable[NDArray[Any]]
) -> Iterator[bytes]:
    samples = int(np.prod(image.shape)) * (3 if image.is_colour else 1)
    length = samples * image.dtype.itemsize
    if length > MOST_BYTES:
        raise InstanceUnwritable(
            f"cannot write {path}: {length} bytes of pixels are more than DICOM can hold",
            path=str(path),
        )
    padding = length % 2
    vr = b"OB" if image.bits == 8 else b"OW"
    yield struct.pack("<HH2sHL", 0x7FE0, 0x0010, vr, 0, length + padding)
    for frame in frames:
        yield np.ascontiguousarray(frame, image.dtype).tobytes()
    yield b"\0" * padding


def _write_mapping(ds: Dataset, header: Dataset) -> None:
    """What the stored values mean, as the source states it."""
    shared = first_item(header, "SharedFunctionalGroupsSequence") or Dataset()
    found = first_item(header, "RealWorldValueMappingSequence") or first_item(
        shared, "RealWorldValueMappingSequence"
    )
    if found is None:
        return
    mapping = deepcopy(found)
    for keyword in MAPPED_VALUES:
        if (value := mapping.get(keyword)) is not None:
            # A new element: the source's may be of signed values.
            del mapping[keyword]
            setattr(mapping, keyword, value)
    ds.RealWorldValueMappingSequence = [mapping]


def _write_frames(ds: Dataset, image: CapturedImage, placement: Grid | ScanTrack) -> bool:
    """The order of the frames, and where they lie; returns whether they are planes."""
    count = image.shape[0]
    ds.NumberOfFrames = count
    if not image.is_colour:
        # The values have no unit here: a window of flow in its own would be narrower than 1, which
        # viewers do not expect.
        ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = 0, 1, "US"
    if count > 1:
        ds.PageNumberVector = list(range(1, count + 1))
        ds.FrameIncrementPointer = Tag("PageNumberVector")
    shared, groups = Dataset(), [Dataset() for _ in range(count)]
    has_planes = write_planes(shared, groups, placement, image.slice_mm)
    if has_planes:
        ds.SharedFunctionalGroupsSequence = [shared]
        ds.PerFrameFunctionalGroupsSequence = groups
    return has_planes


def _write_sources(ds: Dataset, image: CapturedImage) -> None:
    images: list[Dataset] = []
    others: list[Dataset] = []
    for source in image.sources:
        item = source.reference.item()
        item.PurposeOfReferenceCodeSequence = [coded(*SOURCE_IMAGE)]
        (images if "PhotometricInterpretation" in source.header else others).append(item)
    ds.SourceImageSequence = images
    if others:
        ds.ReferencedInstanceSequence = others
    ds.DerivationDescription = image.derivation
    ds.ReferencedSeriesSequence = common_instance_reference(
        source.reference for source in image.sources
    )
    lossy = [each for each in image.sources if each.header.get("LossyImageCompression") == "01"]
    if lossy:
        ds.LossyImageCompression = "01"
        for keyword in COMPRESSION:
            if keyword in lossy[0].header:
                ds[keyword] = lossy[0].header[keyword]
