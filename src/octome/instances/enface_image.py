"""E and F: structural and flow en face images, Ophthalmic OCT En Face Image (PS3.3 A.83)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable, ShapeMismatch
from octome.instances.code import EYE, FOVEA, HISTOGRAM_ANALYSIS, SIGNAL_TO_NOISE, coded, unit
from octome.instances.composite import (
    Reference,
    Series,
    algorithm,
    common_instance_reference,
    composite,
)
from octome.instances.enface_profile import (
    WRITERS,
    EnfaceProfile,
    Localizer,
    SlabSide,
    checked_profile,
)
from octome.instances.exam import Exam
from octome.instances.file import reading
from octome.instances.grid import Grid, Vector
from octome.instances.instance_kind import ENFACE_CLASS, InstanceKind
from octome.instances.palette import ABSENT_INDEX, Palette, palette_of, write_palette
from octome.instances.scale import Scale, Stored
from octome.instances.stored_instance import StoredInstance, reading_class
from octome.instances.stored_volume import scale_of, stored_pixels
from octome.instances.tomography_image import write_image_pixel
from octome.instances.window import window_of
from octome.octa.acquisition import Float32

ACCEPTABLE_DB = 10.0  # signal over noise: half of octome's own index of quality
DARK_PERCENT, BRIGHT_PERCENT = 0.5, 99.7  # of the pixels: where the window begins and ends


@dataclass(frozen=True, kw_only=True)
class Projected:
    """How an en face image was projected."""

    slab: str
    """As `octa.slab.Slab` writes it, after `name=`."""
    method: tuple[str, CodedConcept, dict[str, str]]
    """Name, family and parameters of the derivation algorithm."""
    image_type: CodedConcept
    """Of context group 4271."""
    sides: Sequence[SlabSide]
    """The surfaces that bound it, the upper one first; empty for an edge of the volume."""
    signal_db: float | None = None
    """Signal over noise of the scan, where it was measured."""
    fovea: tuple[float, float] | None = None
    """Row and column of its centre, px from the image's corner; None if it was not found."""


def enface_image(
    stored: Stored,
    meaning: Scale | Palette,
    grid: Grid,
    exam: Exam,
    kind: InstanceKind,
    series: Series,
    *,
    projected: Projected,
    sources: Sequence[tuple[Reference, tuple[str, str]]],
    enface_profile: EnfaceProfile = "2024d",
    localizer: Localizer | None = None,
    region: Dataset | None = None,
) -> Dataset:
    """The instance of an en face image, without its pixels.

    Parameters
    ----------
    stored : uint16, (B, X)
        Values as a scale stores them, or indices into a palette.
    meaning : Scale or Palette
    grid : Grid
        Of the volume: pixel (b, x) is A-scan x of frame b.
    exam : Exam
    kind : InstanceKind
        `instance_kind.STRUCTURE_ENFACE` or `instance_kind.FLOW_ENFACE`.
    series : Series
    projected : Projected
    sources : sequence of (Reference, code)
        The volumes that were projected, each with its purpose of reference.
    enface_profile : EnfaceProfile
    localizer : Localizer, optional
        The image itself if None.
    region : Dataset, optional
        The code of what the volume shows; the eye if None.

    Returns
    -------
    instance : Dataset

    Raises
    ------
    UnknownName
        No such profile.
    MissingFact
        The profile cannot state how the slab is bounded.
    NothingThere
        No pixel has a value.
    """
    if stored.shape != (grid.shape[0], grid.shape[2]):
        raise ShapeMismatch(f"the image is {stored.shape}, its volume {grid.shape}")
    write_sides = WRITERS[checked_profile(enface_profile)]
    ds = composite(kind, exam, series, by_scanner=False)
    write_image_pixel(ds, bits=16, is_signed=False, shape=stored.shape)
    g = grid.geometry
    # Fixed by the Standard.
    ds.ImageType = ["DERIVED", "PRIMARY"]
    # The vessels of a retina identify a person as a fingerprint does.
    ds.RecognizableVisualFeatures = "YES"
    # Given, nominal.
    ds.PixelSpacing = [_decimal(g.bscan_mm), _decimal(g.ascan_mm)]
    ds.ImageLaterality, ds.AnatomicRegionSequence = exam.laterality, [region or coded(*EYE)]
    # Computed.
    ds.PatientOrientation = [_letter(grid.across), _letter(grid.along)]
    if isinstance(meaning, Palette):
        write_palette(ds, meaning)
    else:
        ds.WindowCenter, ds.WindowWidth = window_of(stored, DARK_PERCENT, BRIGHT_PERCENT)
        ds.RealWorldValueMappingSequence = [meaning.mapping()]
    ds.SourceImageSequence = [_source(*source) for source in sources]
    name, family, parameters = projected.method
    ds.DerivationAlgorithmSequence = algorithm(name, family, {"slab": projected.slab, **parameters})
    ds.OphthalmicImageTypeCodeSequence = [projected.image_type]
    ds.OphthalmicImageTypeDescription = projected.slab[:64]
    if projected.fovea is not None:
        ds.PrimaryAnatomicStructureSequence = [coded(*FOVEA)]
        ds.OphthalmicAnatomicReferencePointYCoordinate = projected.fovea[0]
        ds.OphthalmicAnatomicReferencePointXCoordinate = projected.fovea[1]
    if projected.signal_db is not None and np.isfinite(projected.signal_db):
        ds.OphthalmicEnFaceImageQualityRatingSequence = [_quality(projected.signal_db)]
    write_sides(ds, projected.sides, grid, localizer)
    references = [source for source, _ in sources] + [
        side.surface.instance for side in projected.sides if side.surface is not None
    ]
    if localizer is not None:
        references.append(localizer.image)
    ds.ReferencedSeriesSequence = common_instance_reference(references)
    return ds


@dataclass(frozen=True)
class StoredEnface(StoredInstance):
    """An en face image in a file."""

    scale: Scale
    slab: str | None
    """The slab as octome wrote it; None for images of other software."""
    spacing_mm: tuple[float, float]
    """Between rows (B-scans) and between columns (A-scans)."""
    palette: Palette | None = None
    """Its colours, where its pixels are indices into a palette."""

    def stored(self) -> Stored:
        """The pixels as they are stored, (B, X)."""
        with reading(self.file.path):
            shape = (1, int(self.header.Rows), int(self.header.Columns))
            return np.asarray(stored_pixels(self.file, shape)[0], np.uint16)

    def values(self) -> Float32:
        """The values, float32, (B, X), NaN where there is none; of a palette the indices."""
        if self.palette is not None:
            indices = self.stored().astype(np.float32)
            indices[indices == ABSENT_INDEX] = np.nan
            return indices
        return self.scale.values(self.stored())


def read_enface_image(path: str | Path) -> StoredEnface:
    """An en face image.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, in colour, or damaged.
    """
    with reading_class(path, ENFACE_CLASS) as file:
        header = file.header
        if int(header.SamplesPerPixel) != 1 or header.BitsAllocated not in (8, 16):
            raise InstanceUnreadable("its pixels have colour, or neither 8 nor 16 bits")
        if min(int(header.Rows), int(header.Columns)) < 1 or len(header.PixelSpacing) != 2:
            raise InstanceUnreadable("it has no pixels, or does not state their spacing")
        rows, columns = (float(length) for length in header.PixelSpacing)
        if not 0 < min(rows, columns) <= max(rows, columns) < np.inf:
            raise InstanceUnreadable(f"its pixels are {rows} x {columns} mm large")
        mapping = header.get("RealWorldValueMappingSequence") or [Dataset()]
        return StoredEnface(
            file,
            scale_of(mapping[0], header),
            _slab(header),
            (rows, columns),
            palette_of(header),
        )


def _slab(header: Dataset) -> str | None:
    algorithms = header.get("DerivationAlgorithmSequence") or [Dataset()]
    text = str(algorithms[0].get("AlgorithmParameters") or "")
    found = re.search(r"(?:^|,)slab=([^,]*)", text)
    return (found[1] or None) if found else None


def _decimal(value: float) -> str:
    """A Decimal String: at most 16 characters."""
    from pydicom.valuerep import format_number_as_ds

    return format_number_as_ds(value)


def _letter(direction: Vector) -> str:
    """Patient Orientation of the nearest axis: towards Left, Posterior, Head or their opposites."""
    axis = int(np.argmax(np.abs(direction)))
    return ("LPH" if direction[axis] > 0 else "RAF")[axis]


def _source(reference: Reference, purpose: tuple[str, str]) -> Dataset:
    item = reference.item()
    item.PurposeOfReferenceCodeSequence = [coded(*purpose)]
    return item


def _quality(signal_db: float) -> Dataset:
    """PS3.3 C.8.17.15: one measure, and the value from which it is acceptable."""
    item = Dataset()
    item.ConceptNameCodeSequence = [coded(*SIGNAL_TO_NOISE)]
    item.NumericValue = _decimal(round(signal_db, 2))
    item.MeasurementUnitsCodeSequence = [unit("dB")]
    item.QualityThreshold = _decimal(ACCEPTABLE_DB)
    # The attributes of this macro are in the item itself.
    name = "median brightness of the retina over the darkest rows"
    item.update(algorithm(name, coded(*HISTOGRAM_ANALYSIS))[0])
    return item
