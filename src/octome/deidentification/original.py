"""An original: whose it is, and why it may not be de-identified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from octome.deidentification.free_text import name_words
from octome.deidentification.private_data import RAW, RAW_DATA_CLASS, creators
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded, read_encoded
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

DICOMDIR_CLASS = "1.2.840.10008.1.3.10"
STANDARD_SYNTAX = "1.2.840.10008.1.2"
ENCAPSULATED_DOCUMENT = 0x00420011
OVERLAY_BITS, OVERLAY_DATA = 0x60000100, 0x3000  # the second is the element in the same group
IDENTIFIERS = (TAG.PatientID, TAG.AccessionNumber, TAG.InstitutionName)


@dataclass(frozen=True, kw_only=True)
class Original:
    """What is needed of an instance before it is rewritten."""

    path: Path
    sop_class: str
    uids: tuple[str, str, str]
    """Of the study, the series and the instance."""
    patient: str
    """What identifies the patient; empty if nothing does."""
    person: str
    """Whose the dates are: the patient, or else the study."""
    names: frozenset[str]
    """Words of names and identifiers, folded."""
    is_encapsulated: bool
    is_safe_raw_data: bool
    """Whether it is a recording that octome stored."""
    is_document: bool
    """Whether it holds a document of another format, such as PDF."""
    has_text: bool
    """Whether it states that there is text in its pixels, or has an overlay in them."""
    may_have_text: bool
    """Whether it has pixels, and does not state that there is no text in them."""


def read_original(path: Path, *, burned_in_stays: bool) -> Original | None:
    """Read an instance; None for a DICOMDIR.

    Raises
    ------
    InstanceUnreadable
        It is damaged, cut short, in an encoding that is not rewritten, or there is text in its
        pixels.
    """
    encoded = read_encoded(path)
    ds = encoded.data_set
    sop_class = ds.text(TAG.SOPClassUID) or encoded.meta.text(TAG.MediaStorageSOPClassUID)
    if sop_class == DICOMDIR_CLASS:
        return None
    uids = (
        ds.text(TAG.StudyInstanceUID), ds.text(TAG.SeriesInstanceUID), ds.text(TAG.SOPInstanceUID),
    )  # fmt: skip
    why = _refusal(encoded, sop_class, uids, burned_in_stays=burned_in_stays)
    if why:
        raise InstanceUnreadable(f"cannot de-identify {path}: {why}", path=str(path))
    patient = ds.text(TAG.PatientID) or ds.text(TAG.PatientName)
    return Original(
        path=path,
        sop_class=sop_class,
        uids=uids,
        patient=patient and f"{ds.text(TAG.IssuerOfPatientID)}^{patient}",
        person=patient or uids[0],
        names=frozenset(_names(ds)),
        is_encapsulated=any(element.fragments is not None for element in ds),
        is_safe_raw_data=sop_class == RAW_DATA_CLASS and RAW in creators(ds).values(),
        is_document=ENCAPSULATED_DOCUMENT in ds,
        has_text=ds.text(TAG.BurnedInAnnotation) == "YES" or _has_overlay_in_pixels(ds),
        may_have_text=TAG.PixelData in ds and ds.text(TAG.BurnedInAnnotation) not in ("NO", "YES"),
    )


def same_people(originals: Sequence[Original]) -> list[Original]:
    """The originals, with one patient and one person for all instances of a study.

    Where they state several, or some state none, the first that is stated in the order of the
    alphabet stands for all.
    """
    leader: dict[str, str] = {}

    def found(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    stated: dict[str, list[Original]] = {}
    for each in originals:
        if each.patient:
            leader[found(f"patient {each.patient}")] = found(f"study {each.uids[0]}")
    for each in originals:
        stated.setdefault(found(f"study {each.uids[0]}"), []).append(each)
    new: dict[Path, Original] = {}
    for group in stated.values():
        patient, person = min((not e.patient, e.patient, e.person) for e in group)[1:]
        new |= {e.path: replace(e, patient=patient, person=person) for e in group}
    return [new[each.path] for each in originals]


def _refusal(
    encoded: Encoded, sop_class: str, uids: tuple[str, ...], *, burned_in_stays: bool
) -> str:
    """Why an instance cannot be de-identified; empty if it can."""
    ds = encoded.data_set
    if not encoded.is_whole:
        return f"it was cut short or is damaged: {encoded.damage}"
    if not (sop_class and all(uids)):
        return "its identity is incomplete: class, study, series or instance are not stated"
    if any(each.startswith(".") or not set(each) <= set("0123456789.") for each in uids):
        return "its UIDs are not UIDs"
    if not encoded.encoding.is_little_endian:
        return "it is big endian: store it as Explicit VR Little Endian"
    if not encoded.transfer_syntax.startswith(STANDARD_SYNTAX):
        return "its Transfer Syntax is not one of the Standard's"
    if not burned_in_stays:
        if ds.text(TAG.BurnedInAnnotation) == "YES":
            return (
                "it states that there is text in its pixels, which octome cannot remove: black it "
                "out, or give --keep-burned-in to write it as it is"
            )
        if _has_overlay_in_pixels(ds):
            return "it has an overlay in its pixels; --keep-burned-in writes it as it is"
    return ""


def _has_overlay_in_pixels(ds: DataSet) -> bool:
    """Whether unused bits of the pixels hold an overlay, as before 2004 (PS3.3 C.9.2)."""
    return any(
        tag & 0xFF00FFFF == OVERLAY_BITS and (tag & 0xFFFF0000) + OVERLAY_DATA not in ds
        for tag in ds.elements
    )


def _names(ds: DataSet) -> set[str]:
    """The words of the names of people and of identifiers, at any depth."""
    found: set[str] = set()
    for inside in ds.walk.data_sets:
        for element in inside:
            if element.vr == "PN" or element.tag in IDENTIFIERS:
                for value in inside.values(element.tag):
                    found.update(name_words(str(value)))
    return found - {""}
