"""B: the structural volume, an Ophthalmic Tomography Image (PS3.3 A.52)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.valuerep import DT

from octome.errors import MissingFact, ShapeMismatch
from octome.instances.anatomic_region import region_of_centre
from octome.instances.code import (
    OCT_SCANNER,
    PIXEL_MEAN,
    RELATIVE_POSITIONS,
    SCAN_PATTERNS,
    SOURCE_IMAGE,
    ScanCentre,
    coded,
)
from octome.instances.composite import (
    Reference,
    Series,
    common_instance_reference,
    composite,
)
from octome.instances.device import DeviceProfile
from octome.instances.exam import Exam
from octome.instances.fundus_photograph import OnFundus
from octome.instances.grid import Grid
from octome.instances.instance_kind import STRUCTURE
from octome.instances.multiframe import (
    Timing,
    frame_anatomy,
    frame_content,
    value_mapping,
    write_groups,
)
from octome.instances.scale import Scale, Stored
from octome.instances.scan_track import ScanTrack
from octome.instances.stored_volume import StoredVolume, read_volume
from octome.instances.window import frame_window
from octome.octa.device_volume import ScanPattern

# Half of a B-scan is vitreous, whose noise is black, or nearly.
DARK_PERCENT, BRIGHT_PERCENT = 40, 99.8


def tomography_image(
    stored: Stored,
    scale: Scale,
    placement: Grid | ScanTrack,
    exam: Exam,
    profile: DeviceProfile,
    series: Series,
    *,
    timing: Timing | None = None,
    raw: Reference | None = None,
    centred_on: ScanCentre | None = None,
    pattern: ScanPattern = "raster",
    fundus: OnFundus | None = None,
    bscan_times: Sequence[datetime] = (),
) -> Dataset:
    """The instance of a structural volume, without its pixels.

    Parameters
    ----------
    stored : uint16, (B, Z, X)
        As `scale` stores amplitudes.
    scale : Scale
    placement : Grid or ScanTrack
    exam : Exam
    profile : DeviceProfile
        The nine optical values are required of an OCT scanner.
    series : Series
    timing : Timing, optional
        When the B-scans were taken. Without it the image is DERIVED: an ORIGINAL one must
        state it.
    raw : Reference, optional
        The Raw Data instance it was reconstructed from.
    centred_on : ScanCentre, optional
    pattern : ScanPattern
    fundus : OnFundus, optional
        The picture of the fundus, and where the B-scans lie on it.
    bscan_times : sequence of datetime
        When each B-scan began, where that is all that is known of their timing; else empty.

    Returns
    -------
    instance : Dataset

    Raises
    ------
    MissingFact
        B-scans that are not straight have no place without a picture of the fundus.
    """
    if stored.shape != placement.shape:
        raise ShapeMismatch(f"the volume is {stored.shape}, its place {placement.shape}")
    check_has_place(placement, fundus)
    ds = composite(STRUCTURE, exam, series, by_scanner=True)
    write_image_pixel(ds, bits=16, is_signed=False, shape=placement.shape[1:])
    is_volume = isinstance(placement, Grid) or placement.is_sheet
    _write_image(ds, exam, timing, placement.shape[0], is_volume=is_volume)
    _write_acquisition_parameters(ds)
    _write_optics(ds, profile, pattern)
    _write_region(ds, exam.laterality, centred_on, is_volume=is_volume)
    shared = Dataset()
    shared.FrameAnatomySequence = frame_anatomy(exam.laterality, region_of_centre(centred_on))
    shared.RealWorldValueMappingSequence = value_mapping(scale)
    shared.FrameVOILUTSequence = frame_window(stored, DARK_PERCENT, BRIGHT_PERCENT)
    if raw is not None:
        shared.DerivationImageSequence = [_derivation(raw)]
    if fundus is not None:
        fundus.write(ds, shared)
    references = [raw, fundus.photograph if fundus is not None else None]
    if found := [each for each in references if each is not None]:
        ds.ReferencedSeriesSequence = common_instance_reference(found)

    def frame_groups(frame: int) -> Dataset:
        group = frame_content(frame, exam.acquired, timing)
        if bscan_times and timing is None:
            group.FrameContentSequence[0].FrameAcquisitionDateTime = DT(bscan_times[frame])
        location = fundus.frame_location(frame) if fundus is not None else []
        if location:
            group.OphthalmicFrameLocationSequence = location
        return group

    slice_mm = profile.optics.across_scan_resolution_um / 1000 or placement.geometry.bscan_mm
    write_groups(ds, placement, slice_mm, shared, frame_groups)
    return ds


def check_has_place(placement: Grid | ScanTrack, fundus: OnFundus | None) -> None:
    """Raise for B-scans whose place cannot be stored.

    Raises
    ------
    MissingFact
        They are not straight, and their place on a picture of the fundus is not known.
    """
    is_plane = isinstance(placement, Grid) or placement.orientations is not None
    if not is_plane and (fundus is None or fundus.places is None):
        raise MissingFact(
            "B-scans that are not straight have a place only on a picture of the fundus, and the "
            "file has none with them",
            missing="fundus",
        )


def read_tomography_image(path: str | Path) -> StoredVolume:
    """A structural volume, written by octome or other software.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, or damaged.
    """
    return read_volume(path, STRUCTURE.sop_class)


def write_image_pixel(ds: Dataset, *, bits: int, is_signed: bool, shape: tuple[int, ...]) -> None:
    """Image Pixel (PS3.3 C.7.6.3) and related attributes, for one grey value per pixel."""
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = shape
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = bits, bits, bits - 1
    ds.PixelRepresentation = int(is_signed)
    # Where nothing was recorded; see `scale`.
    ds.PixelPaddingValue = 0
    # Fixed by the Standard for these images.
    ds.PresentationLUTShape = "IDENTITY"
    ds.BurnedInAnnotation = "NO"
    # octome never compresses with loss.
    ds.LossyImageCompression = "00"


def write_no_concatenation(ds: Dataset) -> None:
    """The three attributes that exclude concatenations: 0, 1 and 1 (PS3.3 C.8.17.7, C.8.17.16)."""
    ds.ConcatenationFrameOffsetNumber = 0
    ds.InConcatenationNumber, ds.InConcatenationTotalNumber = 1, 1


def _write_image(
    ds: Dataset, exam: Exam, timing: Timing | None, frames: int, *, is_volume: bool
) -> None:
    ds.ImageType = ["ORIGINAL" if timing else "DERIVED", "PRIMARY"]
    ds.OphthalmicVolumetricPropertiesFlag = "YES" if is_volume else "NO"
    ds.AcquisitionDateTime = DT(exam.acquired)
    ds.AcquisitionNumber = 1
    if timing is not None:
        ds.AcquisitionDuration = frames * timing.frame_ms / 1000
    ds.AcquisitionContextSequence = []
    write_no_concatenation(ds)


def _write_acquisition_parameters(ds: Dataset) -> None:
    """PS3.3 C.8.17.8: Type 2; empty where the caller gave no value."""
    ds.AxialLengthOfTheEye = None
    ds.HorizontalFieldOfView = None
    ds.RefractiveStateSequence = []
    ds.EmmetropicMagnification = None
    ds.IntraOcularPressure = None
    ds.PupilDilated = None


def _write_optics(ds: Dataset, profile: DeviceProfile, pattern: ScanPattern) -> None:
    """PS3.3 C.8.17.9, all given by the device's profile."""
    optics = profile.optics
    ds.AcquisitionDeviceTypeCodeSequence = [coded(*OCT_SCANNER)]
    ds.LightPathFilterTypeStackCodeSequence = []
    ds.DetectorType = profile.detector_type
    ds.ScanPatternTypeCodeSequence = [coded(*SCAN_PATTERNS[pattern])]
    ds.IlluminationWaveLength = optics.illumination_wavelength_nm
    ds.IlluminationPower = optics.illumination_power_uw
    ds.IlluminationBandwidth = optics.illumination_bandwidth_nm
    ds.DepthSpatialResolution = optics.depth_resolution_um
    ds.MaximumDepthDistortion = optics.depth_distortion_percent
    ds.AlongScanSpatialResolution = optics.along_scan_resolution_um
    ds.MaximumAlongScanDistortion = optics.along_scan_distortion_percent
    ds.AcrossScanSpatialResolution = optics.across_scan_resolution_um
    ds.MaximumAcrossScanDistortion = optics.across_scan_distortion_percent


def _write_region(
    ds: Dataset, laterality: str, centred_on: ScanCentre | None, *, is_volume: bool
) -> None:
    """Ocular Region Imaged, PS3.3 C.8.17.5."""
    ds.ImageLaterality = laterality
    ds.AnatomicRegionSequence = [region_of_centre(centred_on)]
    if is_volume:
        # A B-scan's rows are depth, so no point in it marks a position on the retina.
        ds.OphthalmicAnatomicReferencePointXCoordinate = None
        ds.OphthalmicAnatomicReferencePointYCoordinate = None
    if is_volume or centred_on:
        ds.RelativeImagePositionCodeSequence = (
            [coded(*RELATIVE_POSITIONS[centred_on])] if centred_on else []
        )


def _derivation(raw: Reference) -> Dataset:
    source = raw.item()
    source.PurposeOfReferenceCodeSequence = [coded(*SOURCE_IMAGE)]
    item = Dataset()
    item.DerivationDescription = "reconstructed from the raw acquisition, mean of the repeats"
    # The context group (CID 7203) has no concept for a reconstruction, only for the mean.
    item.DerivationCodeSequence = [coded(*PIXEL_MEAN)]
    item.SourceImageSequence = [source]
    return item
