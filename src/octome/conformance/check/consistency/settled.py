"""Values and pairs of attributes that the Standard has not changed for many editions.

A text that was taken from another edition accuses nobody: the newer edition may have changed it.
These few are known from the Standard itself, and hold in every edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

YES_NO = ("YES", "NO")
OVERLAY_TYPES = range(0x60000040, 0x60200040, 0x20000)  # Overlay Type of each overlay


class Closed(NamedTuple):
    """An attribute of the root, and all values that it may have; `nth` is the value, from 0."""

    tag: int
    keyword: str
    values: tuple[str, ...]
    section: str
    nth: int | None = None


CLOSED = (
    Closed(TAG.PatientSex, "PatientSex", ("M", "F", "O"), "C.7.1.1"),
    Closed(TAG.PatientIdentityRemoved, "PatientIdentityRemoved", YES_NO, "C.7.1.1"),
    Closed(TAG.Laterality, "Laterality", ("R", "L"), "C.7.3.1"),
    Closed(TAG.ImageType, "ImageType", ("ORIGINAL", "DERIVED", "MIXED"), "C.7.6.1.1.2", 0),
    Closed(TAG.ImageType, "ImageType", ("PRIMARY", "SECONDARY"), "C.7.6.1.1.2", 1),
    Closed(TAG.ImageLaterality, "ImageLaterality", ("R", "L", "U", "B"), "C.7.6.1"),
    Closed(TAG.BurnedInAnnotation, "BurnedInAnnotation", YES_NO, "C.7.6.1"),
    Closed(TAG.QualityControlImage, "QualityControlImage", YES_NO, "C.7.6.1"),
    Closed(TAG.RecognizableVisualFeatures, "RecognizableVisualFeatures", YES_NO, "C.7.6.1"),
    Closed(TAG.LossyImageCompression, "LossyImageCompression", ("00", "01"), "C.7.6.1"),
    Closed(TAG.PresentationLUTShape, "PresentationLUTShape", ("IDENTITY", "INVERSE"), "C.7.6.1"),
    Closed(TAG.PixelRepresentation, "PixelRepresentation", ("0", "1"), "C.7.6.3"),
    Closed(TAG.PlanarConfiguration, "PlanarConfiguration", ("0", "1"), "C.7.6.3"),
    Closed(TAG.AngioFlag, "AngioFlag", ("Y", "N"), "C.8.3.1"),
    Closed(TAG.DoseUnits, "DoseUnits", ("GY", "RELATIVE"), "C.8.8.3"),
    Closed(
        TAG.SeriesType, "SeriesType", ("STATIC", "DYNAMIC", "GATED", "WHOLE BODY"), "C.8.9.1", 0
    ),
    Closed(TAG.SeriesType, "SeriesType", ("IMAGE", "REPROJECTION"), "C.8.9.1", 1),
    Closed(TAG.SpecimenLabelInImage, "SpecimenLabelInImage", YES_NO, "C.8.12.4"),
    Closed(TAG.ExtendedDepthOfField, "ExtendedDepthOfField", YES_NO, "C.8.12.4"),
    Closed(TAG.ImageRotation, "ImageRotation", ("0", "90", "180", "270"), "C.10.6"),
    Closed(TAG.ImageHorizontalFlip, "ImageHorizontalFlip", ("Y", "N"), "C.10.6"),
    Closed(TAG.CompletionFlag, "CompletionFlag", ("PARTIAL", "COMPLETE"), "C.17.2"),
    Closed(TAG.VerificationFlag, "VerificationFlag", ("UNVERIFIED", "VERIFIED"), "C.17.2"),
    *(Closed(tag, "OverlayType", ("G", "R"), "C.9.2") for tag in OVERLAY_TYPES),
)
# SOP Classes whose series have one Modality (the module of the series of each CIOD).
_IMAGES = "1.2.840.10008.5.1.4.1.1."
# The module of these series has defined terms: another value is odd, and not forbidden.
DEFINED_TERMS = "C.7.3.1.1.1"
MODALITIES = {
    _IMAGES + "2": ("CT", DEFINED_TERMS),
    _IMAGES + "4": ("MR", DEFINED_TERMS),
    _IMAGES + "20": ("NM", DEFINED_TERMS),
    _IMAGES + "128": ("PT", "C.8.9.1"),
    _IMAGES + "2.1": ("CT", "C.8.15.1"),
    _IMAGES + "4.1": ("MR", "C.8.13.6"),
    _IMAGES + "66.4": ("SEG", "C.8.20.1"),
    _IMAGES + "77.1.6": ("SM", "C.8.12.3"),
    _IMAGES + "77.1.5.4": ("OPT", "C.8.17.6"),
    _IMAGES + "88.59": ("KO", "C.17.6.1"),
    _IMAGES + "11.1": ("PR", "C.11.9"),
    _IMAGES + "481.2": ("RTDOSE", "C.8.8.1"),
    _IMAGES + "481.3": ("RTSTRUCT", "C.8.8.1"),
    _IMAGES + "481.1": ("RTIMAGE", "C.8.8.1"),
    **{_IMAGES + f"481.{kind}": ("RTRECORD", "C.8.8.1") for kind in (4, 6, 7, 9)},
    _IMAGES + "481.5": ("RTPLAN", "C.8.8.1"),
    _IMAGES + "481.8": ("RTPLAN", "C.8.8.1"),
}
SEGMENTATIONS = (_IMAGES + "66.4", _IMAGES + "66.7")
PALETTES = tuple(
    (
        getattr(TAG, f"{colour}PaletteColorLookupTableDescriptor"),
        f"{colour}PaletteColorLookupTableDescriptor",
    )
    for colour in ("Red", "Green", "Blue")
)

PIXELS = (
    TAG.PixelData,
    TAG.FloatPixelData,
    TAG.DoubleFloatPixelData,
    TAG.PixelDataProviderURL,
)


class Needed(NamedTuple):
    """An attribute of the root that another one needs, where `when` is true of the root."""

    tag: int
    keyword: str
    when: Callable[[DataSet], bool]
    why: str
    section: str


NEEDED = (
    Needed(
        TAG.WindowWidth,
        "WindowWidth",
        lambda ds: ds.has_value(TAG.WindowCenter),
        "Window Center is there",
        "C.11.2",
    ),
    Needed(
        TAG.RescaleSlope,
        "RescaleSlope",
        lambda ds: ds.has_value(TAG.RescaleIntercept),
        "Rescale Intercept is there",
        "C.11.1",
    ),
    Needed(
        TAG.PlanarConfiguration,
        "PlanarConfiguration",
        lambda ds: (ds.number(TAG.SamplesPerPixel) or 0) > 1,
        "Samples per Pixel is more than 1",
        "C.7.6.3",
    ),
    *(
        Needed(
            tag,
            keyword,
            lambda ds: ds.text(TAG.PhotometricInterpretation) == "PALETTE COLOR",
            "Photometric Interpretation is PALETTE COLOR",
            "C.7.6.3",
        )
        for tag, keyword in PALETTES
    ),
    Needed(
        TAG.InConcatenationNumber,
        "InConcatenationNumber",
        lambda ds: ds.has_value(TAG.ConcatenationUID),
        "Concatenation UID is there",
        "C.7.6.16",
    ),
    Needed(
        TAG.SegmentationFractionalType,
        "SegmentationFractionalType",
        lambda ds: ds.text(TAG.SegmentationType) == "FRACTIONAL",
        "Segmentation Type is FRACTIONAL",
        "C.8.20.2",
    ),
    Needed(
        TAG.MaximumFractionalValue,
        "MaximumFractionalValue",
        lambda ds: ds.text(TAG.SegmentationType) == "FRACTIONAL",
        "Segmentation Type is FRACTIONAL",
        "C.8.20.2",
    ),
    Needed(
        TAG.VerifyingObserverSequence,
        "VerifyingObserverSequence",
        # Encapsulated documents have the flag too, and no observers (PS3.3 C.24.2).
        lambda ds: TAG.ValueType in ds and ds.text(TAG.VerificationFlag) == "VERIFIED",
        "Verification Flag is VERIFIED",
        "C.17.2",
    ),
    Needed(
        TAG.PixelData,
        "PixelData",
        lambda ds: _is_image(ds) and not any(tag in ds for tag in PIXELS),
        "it describes pixels, and is at no URL",
        "C.7.6.3",
    ),
)


class NeededInItem(NamedTuple):
    """An attribute that another one needs, in the items of a sequence of the root."""

    sequence: int
    sequence_keyword: str
    needed: Needed


IN_ITEMS = (
    NeededInItem(
        TAG.SegmentSequence,
        "SegmentSequence",
        Needed(
            TAG.SegmentAlgorithmName,
            "SegmentAlgorithmName",
            lambda item: (
                item.root.text(TAG.SOPClassUID) in SEGMENTATIONS
                and item.text(TAG.SegmentAlgorithmType) in ("AUTOMATIC", "SEMIAUTOMATIC")
            ),
            "Segment Algorithm Type is not MANUAL",
            "C.8.20.2",
        ),
    ),
    NeededInItem(
        TAG.DisplayedAreaSelectionSequence,
        "DisplayedAreaSelectionSequence",
        Needed(
            TAG.PresentationPixelSpacing,
            "PresentationPixelSpacing",
            lambda item: item.text(TAG.PresentationSizeMode) == "TRUE SIZE",
            "Presentation Size Mode is TRUE SIZE",
            "C.10.4",
        ),
    ),
    NeededInItem(
        TAG.DisplayedAreaSelectionSequence,
        "DisplayedAreaSelectionSequence",
        Needed(
            TAG.PresentationPixelMagnificationRatio,
            "PresentationPixelMagnificationRatio",
            lambda item: item.text(TAG.PresentationSizeMode) == "MAGNIFY",
            "Presentation Size Mode is MAGNIFY",
            "C.10.4",
        ),
    ),
)


def closed_values(encoded: Encoded) -> Iterator[Disagreement]:
    """A value is one of those that there have always been."""
    ds = encoded.data_set
    rules = [rule for rule in CLOSED if rule.tag in ds.elements]
    if ds.text(TAG.SOPClassUID) in MODALITIES:
        modality, section = MODALITIES[ds.text(TAG.SOPClassUID)]
        rules.append(Closed(TAG.Modality, "Modality", (modality,), section))
    for rule in rules:
        values = [str(value) for value in ds.values(rule.tag)]
        chosen = values if rule.nth is None else values[rule.nth : rule.nth + 1]
        wrong = [value for value in chosen if value and value not in rule.values]
        if wrong:
            which = "" if rule.nth is None else f"value {rule.nth + 1} "
            listed = " or ".join(rule.values)
            is_odd = rule.section == DEFINED_TERMS
            verb = "is usually" if is_odd else "has to be"
            yield Disagreement(
                code="enumerated",
                outcome="warning" if is_odd else "violation",
                path=rule.keyword,
                message=f"{which}is {wrong[0]!r}, but it {verb} {listed}".strip(),
                fix="Use one of them" if len(rule.values) > 1 else f"Set it to {listed}",
                section=f"PS3.3 {rule.section}",
            )


def needed_together(encoded: Encoded) -> Iterator[Disagreement]:
    """An attribute without which another one says nothing is there."""
    ds = encoded.data_set
    for rule in NEEDED:
        yield from _missing(ds, rule, "")
    for each in IN_ITEMS:
        for at, item in enumerate(ds.items(each.sequence)):
            yield from _missing(item, each.needed, f"{each.sequence_keyword}[{at}].")


def _missing(ds: DataSet, rule: Needed, path: str) -> Iterator[Disagreement]:
    is_cut = ds.cut_at is not None and rule.tag >= ds.cut_at
    if not is_cut and rule.when(ds) and not ds.has_value(rule.tag):
        yield Disagreement(
            code="missing",
            path=path + rule.keyword,
            message=f"it is missing, but {rule.why}",
            fix=f"Add {rule.keyword}, with a value",
            section=f"PS3.3 {rule.section}",
        )


def _is_image(ds: DataSet) -> bool:
    """Whether its pixels are described, so that there have to be some."""
    return all(ds.has_value(tag) for tag in (TAG.Rows, TAG.Columns, TAG.BitsAllocated))
