"""The picture of the fundus that was taken with a scan, an Ophthalmic Photography 8 Bit Image.

PS3.3 A.41. It has no frame of reference of its own: the structural volume states where its B-scans
lie on it (Ophthalmic Frame Location).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from pydicom.uid import UID
from pydicom.valuerep import DT, format_number_as_ds

from octome.errors import MissingFact
from octome.instances.code import (
    EYE,
    FUNDUS_CAMERA,
    INFRARED,
    LOCALIZER,
    SCANNING_LASER_OPHTHALMOSCOPE,
    coded,
)
from octome.instances.composite import Reference, Series, composite, reference_to
from octome.instances.exam import Exam
from octome.instances.grid import Float64
from octome.instances.instance_kind import FUNDUS
from octome.instances.uid import derived_uid
from octome.octa.fundus_picture import FundusPicture
from octome.octa.scan_path import ScanPath

OUTSIDE_PX = 0.5  # how far a place may be outside of the picture: files round


def fundus_photograph(picture: FundusPicture, exam: Exam, series: Series) -> Dataset:
    """The instance of a picture of the fundus, without its pixels.

    Raises
    ------
    MissingFact
        A camera's picture must state its spacing.
    """
    is_colour, is_camera = picture.pixels.ndim == 3, picture.light == "white"
    if is_camera and picture.spacing_mm is None:
        raise MissingFact("a fundus camera's picture must state its spacing", missing="spacing")
    ds = composite(FUNDUS, exam, series, by_scanner=True)
    # PS3.3 A.41 has no Frame of Reference.
    del ds.FrameOfReferenceUID, ds.PositionReferenceIndicator
    _write_pixels(ds, picture, is_colour=is_colour)
    # The third value is for derived images only.
    ds.ImageType = ["ORIGINAL", "PRIMARY", *(["", "COLOR"] if is_colour else [])]
    ds.AcquisitionDateTime = DT(exam.acquired)
    ds.PatientOrientation = ["L", "F"]
    if picture.spacing_mm is not None:
        ds.PixelSpacing = [format_number_as_ds(each) for each in picture.spacing_mm]
    _write_synchronization(ds, derived_uid("synchronization", ds.SOPInstanceUID))
    _write_device(ds, picture, is_camera=is_camera)
    ds.PatientEyeMovementCommanded = None
    ds.HorizontalFieldOfView = picture.angle_deg
    ds.RefractiveStateSequence = []
    ds.EmmetropicMagnification, ds.IntraOcularPressure, ds.PupilDilated = None, None, None
    ds.ImageLaterality, ds.AnatomicRegionSequence = exam.laterality, [coded(*EYE)]
    return ds


@dataclass(frozen=True, kw_only=True)
class OnFundus:
    """A scan on a stored picture of the fundus."""

    photograph: Reference
    synchronization: UID
    """Synchronization Frame of Reference UID: one clock for both."""
    places: Float64 | None
    """Row and column of each A-scan, (B, X, 2), from the upper left corner of the picture; None if
    it is not known, or outside."""

    def write(self, ds: Dataset, shared: Dataset) -> None:
        """What the whole volume states of it."""
        _write_synchronization(ds, self.synchronization)
        localizer = self.photograph.item()
        localizer.PurposeOfReferenceCodeSequence = [coded(*LOCALIZER)]
        shared.ReferencedImageSequence = [localizer]

    def frame_location(self, bscan: int) -> list[Dataset]:
        """Ophthalmic Frame Location Sequence of one B-scan (PS3.3 C.8.17.10); empty if unknown."""
        if self.places is None:
            return []
        places = self.places[bscan]
        item = self.photograph.item()
        item.PurposeOfReferenceCodeSequence = [coded(*LOCALIZER)]
        is_straight = ScanPath(places[None]).is_straight
        if is_straight:
            # From the edge of the first column to that of the last.
            half = (places[-1] - places[0]) / max(len(places) - 1, 1) / 2
            places = np.stack([places[0] - half, places[-1] + half])
        item.OphthalmicImageOrientation = "LINEAR" if is_straight else "NONLINEAR"
        item.ReferenceCoordinates = [float(each) for each in places.reshape(-1)]
        return [item]


def on_fundus(photograph: Dataset, path: ScanPath | None) -> OnFundus:
    """A scan on a stored photograph, from where its A-scans lay.

    Parameters
    ----------
    photograph : Dataset
        Of `fundus_photograph`.
    path : ScanPath, optional
        From the upper left corner of the picture.
    """
    return OnFundus(
        photograph=reference_to(photograph),
        synchronization=photograph.SynchronizationFrameOfReferenceUID,
        places=None if path is None else _places(photograph, path),
    )


def _places(photograph: Dataset, path: ScanPath) -> Float64 | None:
    """Row and column of each A-scan; None if one is outside, or the spacing is unknown."""
    if "PixelSpacing" not in photograph:
        return None
    row_mm, column_mm = (float(each) for each in photograph.PixelSpacing)
    places = np.stack([path.points[..., 1] / row_mm, path.points[..., 0] / column_mm], axis=-1)
    size = np.array([photograph.Rows, photograph.Columns])
    if np.any(places < -OUTSIDE_PX) or np.any(places > size + OUTSIDE_PX):
        return None
    return np.asarray(np.clip(places, 0, size))


def _write_pixels(ds: Dataset, picture: FundusPicture, *, is_colour: bool) -> None:
    ds.Rows, ds.Columns = picture.pixels.shape[:2]
    ds.SamplesPerPixel = 3 if is_colour else 1
    ds.PhotometricInterpretation = "RGB" if is_colour else "MONOCHROME2"
    if is_colour:
        ds.PlanarConfiguration = 0
    else:
        ds.PresentationLUTShape = "IDENTITY"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 8, 8, 7, 0
    # One frame: its time counts from itself.
    ds.NumberOfFrames, ds.FrameTime, ds.FrameIncrementPointer = 1, 0, Tag("FrameTime")
    ds.BurnedInAnnotation = "NO"
    # The vessels of a retina identify a person as a fingerprint does.
    ds.RecognizableVisualFeatures = "YES"
    ds.LossyImageCompression = "00" if picture.compression is None else "01"
    if picture.compression is not None:
        method, ratio = picture.compression
        ds.LossyImageCompressionMethod = method
        ds.LossyImageCompressionRatio = format_number_as_ds(round(ratio, 2))


def _write_synchronization(ds: Dataset, uid: UID) -> None:
    """Scan and picture were taken by one device, and by its clock alone."""
    ds.SynchronizationFrameOfReferenceUID = uid
    ds.SynchronizationTrigger, ds.AcquisitionTimeSynchronized = "NO TRIGGER", "N"


def _write_device(ds: Dataset, picture: FundusPicture, *, is_camera: bool) -> None:
    """PS3.3 C.8.17.3."""
    device = FUNDUS_CAMERA if is_camera else SCANNING_LASER_OPHTHALMOSCOPE
    ds.AcquisitionDeviceTypeCodeSequence = [coded(*device)]
    for filters in ("IlluminationType", "LightPathFilterTypeStack", "ImagePathFilterTypeStack"):
        setattr(ds, f"{filters}CodeSequence", [])
    ds.LensesCodeSequence, ds.DetectorType = [], None
    if picture.light == "infrared":
        ds.ChannelDescriptionCodeSequence = [coded(*INFRARED)]
