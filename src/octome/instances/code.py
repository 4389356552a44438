"""Coded concepts by scheme and value; their meanings come from pydicom's tables of PS3.16."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from highdicom.sr import CodedConcept
from pydicom.sr._concepts_dict import concepts

from octome.errors import UnknownName
from octome.octa.device_volume import ScanPattern

ScanCentre = Literal["macula", "disc", "disc-macula"]
"""The structure that a scan is centred on."""
SCAN_CENTRES: tuple[ScanCentre, ...] = get_args(ScanCentre)


# Codes of PS3.16 that came with Supplement 240 (edition 2024d), after pydicom's tables.
_NEWER = {
    "128306": "Avascular complex flow",
    "128307": "Avascular complex map",
    "128308": "Superficial vascular plexus flow",
    "128309": "Superficial vascular plexus map",
    "128310": "Deep capillary plexus flow",
    "128311": "Deep capillary plexus map",
    "128312": "RNFL vascular plexus flow",
    "128313": "RNFL vascular plexus map",
    "128314": "User selected volume flow",
    "128315": "User selected volume structure map",
    "128321": "Midline of the ellipsoid zone",
    "130924": "Mean intensity projection",
    "130926": "Summation projection",
}


@cache
def _meanings(scheme: str) -> dict[str, str]:
    concepts_of_scheme: dict[str, dict[str, tuple[str, ...]]] = dict(concepts.get(scheme, {}))  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for named in concepts_of_scheme.values():
        for value, (meaning, *_) in named.items():
            # Of several meanings the shortest: SNOMED's own names end in "(body structure)".
            if value not in found or len(meaning) < len(found[value]):
                found[value] = meaning
    return found if scheme != "DCM" else {**_NEWER, **found}


def coded(scheme: str, value: str) -> CodedConcept:
    """The concept with the meaning that PS3.16 gives it; a new item each time.

    Raises
    ------
    UnknownName
        No such code in pydicom's tables.

    Examples
    --------
    >>> coded("DCM", "128250").CodeMeaning
    'Structural image for image processing'
    """
    meaning = _meanings(scheme).get(value)
    if meaning is None:
        raise UnknownName(f"no code {value} of the scheme {scheme}", found=value, scheme=scheme)
    # Some meanings are longer than Code Meaning can hold.
    return CodedConcept(value, scheme, meaning[:64])


# Context groups in brackets (PS3.16).
EYE = ("SCT", "81745001")  # [4209]
RETINA = ("SCT", "5665001")  # [4209, 4211]
FOVEA = ("SCT", "67046006")  # [4209]
OPTIC_NERVE_HEAD = ("SCT", "81016008")  # [4209, 4211]
OCT_SCANNER = ("SCT", "392012008")  # [4210]
SCANNING_LASER_OPHTHALMOSCOPE = ("SCT", "392001008")  # [4202]
FUNDUS_CAMERA = ("SCT", "409898007")  # [4202]
INFRARED = ("SCT", "414497003")  # [4206]
RASTER = ("DCM", "128280")  # [4272]
SCAN_PATTERNS: dict[ScanPattern, tuple[str, str]] = {  # [4272]
    "raster": RASTER,
    "line": ("DCM", "128281"),
    "radial": ("DCM", "128282"),
    "circle": ("DCM", "128284"),
}
ANATOMICAL_STRUCTURE = ("SCT", "91723000")  # [7150]
SPATIAL_CONCEPT = ("SCT", "309825002")  # [7150]
STRUCTURAL_SOURCE = ("DCM", "128250")  # [7202]
FLOW_SOURCE = ("DCM", "128251")  # [7202]
SOURCE_IMAGE = ("DCM", "121322")  # [7202]
BSCAN_ANALYSIS = ("DCM", "128303")  # [7203]
PIXEL_MEAN = ("DCM", "113049")  # [7203]
SEGMENTATION = ("DCM", "113076")  # [7203]
VOLUME_OF_FRAMES = ("DCM", "121347")  # [7201]
LOCALIZER = ("DCM", "121311")  # [7201]
ACQUISITION_EQUIPMENT = ("DCM", "109101")  # [7005]
PROCESSING_EQUIPMENT = ("DCM", "109102")  # [7005]
SIGNAL_TO_NOISE = ("DCM", "111787")  # [4243]
EDGE_DETECTION = ("DCM", "123103")  # [7162]
MORPHOLOGICAL_OPERATIONS = ("DCM", "123104")  # [7162]
HISTOGRAM_ANALYSIS = ("DCM", "123105")  # [7162]
RELATIVE_POSITIONS: dict[ScanCentre, tuple[str, str]] = {  # [4207]
    "macula": ("DCM", "111900"),
    "disc": ("DCM", "111901"),
    "disc-macula": ("DCM", "111903"),
}


def unit(value: str) -> CodedConcept:
    """A unit of measurement, scheme UCUM."""
    meanings = {
        "1": "no units",
        "dB": "decibel",
        "mm": "millimeter",
        "[arb'U]": "arbitrary unit",
    }
    return CodedConcept(value, "UCUM", meanings[value])
