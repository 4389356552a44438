"""Predicates of an instance that conditions name and no single attribute states.

Each is one function of the data set in which the conditional attribute is or would be; it returns
None if the instance does not decide it. `conformance.rules.condition` maps words to them.
"""

from __future__ import annotations

from collections.abc import Callable

from octome.conformance.rules.condition.expression import Truth
from octome.dicom.data_set import TEXT, DataSet
from octome.dicom.tag import TAG

CODE_VALUES = (TAG.CodeValue, TAG.LongCodeValue, TAG.URNCodeValue)
SHORT = 16  # characters, PS3.5 6.2: SH
# Coding schemes that only add codes: their version adds no meaning (PS3.3 8.2, PS3.16 8).
WITHOUT_VERSIONS = {"DCM", "SCT", "SRT", "SNM3", "99SDM", "LN", "UCUM", "FMA", "RADLEX", "NCIt", "UMLS", "ISO3166_1", "ISO639_1", "ISO639_2", "MDC", "NEU", "UBERON", "MSH", "PUBCHEM_CID", "TNM"}  # fmt: skip  # noqa: E501
# The attributes whose values are read of the data set itself; all others are of the root.
OWN_VALUES = frozenset(
    {
        *CODE_VALUES,
        TAG.CodingSchemeDesignator,
        TAG.PixelAspectRatio,
        TAG.ReferencedSOPClassUID,
    }
)
BREED = (TAG.PatientBreedDescription, TAG.PatientBreedCodeSequence)
HUMAN = {("SCT", "337915000"), ("SRT", "L-85B00"), ("SCT", "278412004")}
PAIRED = {
    "ANKLE", "ARM", "BREAST", "CALCANEUS", "CAROTID", "CLAVICLE", "EAR", "ELBOW", "EYE", "FEMUR",
    "FINGER", "FOOT", "HAND", "HIP", "HUMERUS", "KIDNEY", "KNEE", "LEG", "LUNG", "ORBIT", "OVARY",
    "RADIUS", "SCAPULA", "SHOULDER", "TESTIS", "THIGH", "THUMB", "TIBIA", "TOE", "ULNA", "WRIST",
}  # fmt: skip
UNPAIRED = {
    "ABDOMEN", "ABDOMENPELVIS", "AORTA", "BLADDER", "BRAIN", "CHEST", "CHESTABDOMEN",
    "CHESTABDPELVIS", "CHESTABDPELV", "COCCYX", "COLON", "CSPINE", "CTSPINE", "ESOPHAGUS", "HEAD",
    "HEADNECK", "HEART", "JAW", "LARYNX", "LIVER", "LSPINE", "LSSPINE", "MANDIBLE", "MEDIASTINUM",
    "NECK", "NECKCHEST", "NECKCHESTABDOMEN", "NECKCHESTABDPELV", "NOSE", "PANCREAS", "PELVIS",
    "PHARYNX", "PROSTATE", "SACRUM", "SKULL", "SPINE", "SPLEEN", "SSPINE", "STERNUM", "STOMACH",
    "THYROID", "TRACHEA", "TSPINE", "UTERUS", "WHOLEBODY",
}  # fmt: skip
# Storage SOP Classes of single-frame images (PS3.3 A.1.2): UIDs that start with this.
STORAGE = "1.2.840.10008.5.1.4.1.1."
SINGLE_FRAME = {
    STORAGE + last
    for last in (
        "1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "1.3.1", "2", "4", "6.1", "7", "128",
        "77.1.1", "77.1.2", "77.1.3", "77.1.4",
    )
}  # fmt: skip


def _code(ds: DataSet) -> str | None:
    """The code's value, in one of three attributes; None if all are missing."""
    return next((ds.text(tag) for tag in CODE_VALUES if ds.has_value(tag)), None)


def is_urn(value: str) -> bool:
    """Whether a code's value is a URN or URL.

    Examples
    --------
    >>> is_urn("urn:oid:1.2.3"), is_urn("T-D3000")
    (True, False)
    """
    return value.lower().startswith(("urn:", "http://", "https://"))


def code_is_short(ds: DataSet) -> Truth:
    """Whether the code fits into Code Value; true without a code, which would be required."""
    code = _code(ds)
    return code is None or (len(code) <= SHORT and not is_urn(code))


def code_is_not_urn(ds: DataSet) -> Truth:
    """Whether the code is not a URN or URL."""
    code = _code(ds)
    return None if code is None else not is_urn(code)


def coding_scheme_has_versions(ds: DataSet) -> Truth:
    """Whether a code of this scheme is ambiguous without the version."""
    return False if ds.text(TAG.CodingSchemeDesignator) in WITHOUT_VERSIONS else None


def patient_is_an_animal(ds: DataSet) -> Truth:
    """By the species; without one, by the presence of a breed."""
    root = ds.root
    for item in root.items(TAG.PatientSpeciesCodeSequence):
        scheme, code = item.text(TAG.CodingSchemeDesignator), _code(item)
        return (scheme, code) not in HUMAN if scheme and code else None
    if root.has_value(TAG.PatientSpeciesDescription):
        return root.text(TAG.PatientSpeciesDescription).strip().lower() not in (
            "human",
            "homo sapiens",
        )
    return True if any(root.has_value(tag) for tag in BREED) else None


def frames_are_single_fragments(ds: DataSet) -> Truth:
    """Whether the encapsulated pixel data has as many fragments as frames."""
    root, element = ds.root, ds.root.get(TAG.PixelData)
    if element is None or element.fragments is None:
        return False
    frames = root.number(TAG.NumberOfFrames) if root.has_value(TAG.NumberOfFrames) else 1
    if frames is None or root.cut_at == TAG.PixelData:
        return None
    return len(element.fragments) - 1 == frames


def pixels_are_not_square(ds: DataSet) -> Truth:
    """By Pixel Aspect Ratio; undecided without it."""
    ratio = [ds.number(TAG.PixelAspectRatio, at) for at in (0, 1)]
    return ratio[0] != ratio[1] if None not in ratio else None


def item_is_the_first(ds: DataSet) -> Truth:
    """Whether this is the first item of its sequence."""
    return ds.parent is not None and ds.parent.items(ds.parent_sequence)[0] is ds


def item_is_the_root(ds: DataSet) -> Truth:
    """Whether this is the instance itself, not an item."""
    return ds.parent is None


def image_has_frames(ds: DataSet) -> Truth:
    """Whether the image is of the multi-frame kind.

    Undecided if it states one frame, or a number that cannot be read.
    """
    if not ds.root.has_value(TAG.NumberOfFrames):
        return False
    frames = ds.root.number(TAG.NumberOfFrames)
    return True if frames is not None and frames > 1 else None


def referenced_image_has_frames(ds: DataSet) -> Truth:
    """False if the referenced SOP Class is of single-frame images; else undecided."""
    return False if ds.text(TAG.ReferencedSOPClassUID) in SINGLE_FRAME else None


def pixels_are_elsewhere(ds: DataSet) -> Truth:
    """False if this instance has pixel data; else undecided."""
    return False if TAG.PixelData in ds.root else None


def body_part_is_paired(ds: DataSet) -> Truth:
    """By Body Part Examined, for the unambiguous terms of PS3.16 Annex L."""
    part = ds.root.text(TAG.BodyPartExamined)
    return True if part in PAIRED else False if part in UNPAIRED else None


def text_is_not_ascii(ds: DataSet) -> Truth:
    """Whether a character set is named, or some text needs one."""
    root = ds.root
    if root.has_value(TAG.SpecificCharacterSet):
        return True
    for items in root.walk.alike.values():
        for number, first in enumerate(items[0]):
            for tag, element in first.elements.items():
                if element.vr in TEXT and element.length:
                    values = b"".join([inside[number].raw(tag) for inside in items])
                    if not values.isascii():
                        return True
    for here in root.walk.data_sets:
        for tag, element in here.elements.items() if here.shape is None else ():
            if element.vr in TEXT and element.length and not here.raw(tag).isascii():
                return True
    return False


PREDICATES: dict[str, Callable[[DataSet], Truth]] = {
    "code-is-short": code_is_short,
    "code-is-no-urn": code_is_not_urn,
    "coding-scheme-has-versions": coding_scheme_has_versions,
    "patient-is-an-animal": patient_is_an_animal,
    "frames-are-single-fragments": frames_are_single_fragments,
    "pixels-are-not-square": pixels_are_not_square,
    "item-is-the-first": item_is_the_first,
    "item-is-the-root": item_is_the_root,
    "image-has-frames": image_has_frames,
    "referenced-image-has-frames": referenced_image_has_frames,
    "pixels-are-elsewhere": pixels_are_elsewhere,
    "body-part-is-paired": body_part_is_paired,
    "text-is-not-ascii": text_is_not_ascii,
}
# Those that are equal in all data sets of an instance.
OF_INSTANCE = frozenset(
    {
        "patient-is-an-animal",
        "frames-are-single-fragments",
        "image-has-frames",
        "pixels-are-elsewhere",
        "body-part-is-paired",
        "text-is-not-ascii",
    }
)
