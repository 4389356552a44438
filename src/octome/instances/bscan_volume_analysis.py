"""C: the flow volume, an Ophthalmic OCT B-scan Volume Analysis (PS3.3 A.84)."""

from __future__ import annotations

from pathlib import Path

from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable, ShapeMismatch
from octome.instances.anatomic_region import stated_region
from octome.instances.code import BSCAN_ANALYSIS, RASTER, STRUCTURAL_SOURCE, coded
from octome.instances.composite import (
    Reference,
    Series,
    algorithm,
    common_instance_reference,
    composite,
)
from octome.instances.exam import Exam
from octome.instances.file import reading
from octome.instances.grid import Grid
from octome.instances.instance_kind import FLOW
from octome.instances.multiframe import (
    Timing,
    frame_anatomy,
    frame_content,
    value_mapping,
    write_groups,
)
from octome.instances.scale import Scale, Stored
from octome.instances.stored_volume import StoredVolume, read_volume
from octome.instances.tomography_image import write_image_pixel, write_no_concatenation
from octome.instances.window import frame_window

# Flow is dark in most places and bright in few.
DARK_PERCENT, BRIGHT_PERCENT = 1, 99.7


def bscan_volume_analysis(
    stored: Stored,
    scale: Scale,
    grid: Grid,
    exam: Exam,
    series: Series,
    *,
    structure: StoredVolume,
    timing: Timing,
    method: tuple[str, CodedConcept, dict[str, str]],
) -> Dataset:
    """The instance of a flow volume, without its pixels.

    Parameters
    ----------
    stored : uint16, (B, Z, X)
        As `scale` stores flow: at most 32767, the same whether read as signed or not.
    scale : Scale
    grid : Grid
        Of the structural volume: frame i has its rows, columns and position.
    exam : Exam
    series : Series
    structure : StoredVolume
        The structural volume, the only allowed source of the derivation (PS3.3 A.84.3.2).
    timing : Timing
    method : (str, CodedConcept, dict)
        Name of the algorithm, its family in context group 4270, its parameters.

    Returns
    -------
    instance : Dataset
    """
    if stored.shape != grid.shape:
        raise ShapeMismatch(f"the volume is {stored.shape}, its grid {grid.shape}")
    ds = composite(FLOW, exam, series, by_scanner=True)
    # The text enumerates 1 for Pixel Representation; values up to 32767 are the same in either.
    write_image_pixel(ds, bits=16, is_signed=True, shape=grid.shape[1:])
    # Fixed by the Standard: ORIGINAL, although derived from other images.
    ds.ImageType = ["ORIGINAL", "PRIMARY"]
    # The vessels of a retina identify a person as a fingerprint does.
    ds.RecognizableVisualFeatures = "YES"
    write_no_concatenation(ds)
    name, family, parameters = method
    ds.AcquisitionMethodAlgorithmSequence = algorithm(name, family, parameters)
    ds.OCTBscanAnalysisAcquisitionParametersSequence = [_acquisition(structure, timing)]
    ds.ReferencedSeriesSequence = common_instance_reference([structure.reference])
    shared = Dataset()
    shared.FrameAnatomySequence = frame_anatomy(exam.laterality, stated_region(structure.header))
    shared.ReferencedImageSequence = []
    shared.RealWorldValueMappingSequence = value_mapping(scale)
    shared.FrameVOILUTSequence = frame_window(stored, DARK_PERCENT, BRIGHT_PERCENT)
    source = structure.reference
    codes = coded(*BSCAN_ANALYSIS), coded(*STRUCTURAL_SOURCE)

    def frame_groups(frame: int) -> Dataset:
        group = frame_content(frame, exam.acquired, timing)
        group.DerivationImageSequence = [_derivation(source, frame, *codes)]
        return group

    write_groups(ds, grid, structure.slice_mm, shared, frame_groups)
    return ds


def read_bscan_volume_analysis(path: str | Path) -> StoredVolume:
    """A flow volume.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, a single frame, not a raster, or damaged.
    """
    return read_volume(path, FLOW.sop_class)


def structure_of(flow: StoredVolume) -> str:
    """SOP Instance UID of the structural volume that a flow volume was derived from.

    Raises
    ------
    InstanceUnreadable
        It is not stated in the first frame.
    """
    with reading(flow.file.path):
        frame = flow.header.PerFrameFunctionalGroupsSequence[0]
        derivation = (frame.get("DerivationImageSequence") or [Dataset()])[0]
        source = (derivation.get("SourceImageSequence") or [Dataset()])[0]
        if not source.get("ReferencedSOPInstanceUID"):
            raise InstanceUnreadable("it does not state which volume it was derived from")
        return str(source.ReferencedSOPInstanceUID)


def _acquisition(structure: StoredVolume, timing: Timing) -> Dataset:
    """PS3.3 C.8.17.16: how the frames that were compared follow each other."""
    item = Dataset()
    item.ScanPatternTypeCodeSequence = [coded(*RASTER)]
    item.NumberOfBscansPerFrame = timing.repeats
    # Nominal, mm: the repeats lie on top of each other.
    item.BscanSlabThickness = structure.slice_mm
    item.DistanceBetweenBscanSlabs = structure.grid.geometry.bscan_mm
    item.BscanCycleTime = timing.repeat_interval_ms
    if timing.ascan_rate_hz is not None:
        item.AscanRate = timing.ascan_rate_hz / 1000
    item.BscanRate = 1000 / timing.repeat_interval_ms
    return item


def _derivation(
    structure: Reference, frame: int, analysis: CodedConcept, purpose: CodedConcept
) -> Dataset:
    """PS3.3 A.84.3.2.1.1: one source, the same frame of the structural volume."""
    source = structure.item()
    source.ReferencedFrameNumber = frame + 1
    source.SpatialLocationsPreserved = "YES"
    source.PurposeOfReferenceCodeSequence = [purpose]
    item = Dataset()
    item.DerivationCodeSequence = [analysis]
    item.SourceImageSequence = [source]
    return item
