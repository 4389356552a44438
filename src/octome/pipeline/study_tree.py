"""A folder as a tree: patients, studies, eyes, series, instances, and references with purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset

from octome.instances.enface_profile import NEWER
from octome.instances.exam import stated_eye
from octome.instances.file import read_instance, reading
from octome.instances.instance_kind import FUNDUS, KINDS, class_name
from octome.instances.surface_rating import stated_verdict
from octome.instances.surface_segmentation import surface_finder
from octome.pipeline.study import entries

# It lists all references again, without their purpose.
LISTS = ("ReferencedSeriesSequence",)
WITHOUT_CODE = {
    "SegmentSurfaceSourceInstanceSequence": "segmented volume",
    "ReferencedSurfaceMeshIdentificationSequence": "bound of the slab",
    "ReferencedSegmentationSequence": "bound of the slab",
}
EYES = {"R": "right eye", "L": "left eye", "B": "both eyes", "": "eye not stated"}
LONG_UID = re.compile(r"(?:[^\s/]+/)*(?:\d+\.)+\d*?(\d{8})(?![\d.]*\d)(?=\.dcm$|$)")
NEWER_KEYWORDS = {each.tag: each.keyword for each in NEWER.values()}


@dataclass(frozen=True)
class Link:
    """A reference of one instance to another."""

    to: str
    """SOP Instance UID."""
    purpose: str
    """The code's meaning, or the purpose of the attribute."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One instance."""

    file: str
    letter: str
    """In PS3.3 Figure C.8.17.14-1; empty if its kind is not in the figure."""
    name: str
    """Of its class."""
    sop_instance: str
    patient: str
    """Patient ID and name, as they are shown; empty if neither is stated."""
    study_instance: str
    study: str
    """Date, Accession Number and Study ID, as they are shown."""
    eye: str
    """R, L or B; empty if it is not stated."""
    frame_of_reference: str
    series_instance: str
    series_number: int
    series: str
    """Series Description."""
    modality: str
    summary: str
    """Its size, its surfaces, or its slab."""
    links: list[Link]


def study_tree(folder: Path) -> list[Leaf]:
    """The instances of a folder, by series.

    Raises
    ------
    InstanceUnreadable
        No such folder, no instance in it, or a damaged one.
    """
    leaves = [_leaf(folder, entry.path) for entry in entries(folder)]
    return sorted(leaves, key=lambda leaf: (*_place(leaf), leaf.file))


def _place(leaf: Leaf) -> tuple[str, str, str, str, int, str]:
    """Its patient, study, eye and series, which are the levels of the tree."""
    whose = (leaf.patient, leaf.study, leaf.study_instance)
    return (*whose, EYES.get(leaf.eye, EYES[""]), leaf.series_number, leaf.series_instance)


def as_data(leaves: list[Leaf]) -> list[dict[str, Any]]:
    """The tree as data for JSON."""
    return [asdict(leaf) for leaf in leaves]


def as_lines(leaves: list[Leaf]) -> Iterator[str]:
    """The tree as text: patient, study, eye, series, its instances, and their references."""
    files = {leaf.sop_instance: _short(leaf.file) for leaf in leaves}
    shown: tuple[str, ...] = ()
    for place, members in groupby(leaves, key=_place):
        first, *others = members
        headings = (
            f"patient {first.patient or '(not stated)'}",
            f"study {first.study or _short(first.study_instance) or '(not stated)'}",
            EYES.get(first.eye, EYES[""]),
        )
        # Of two studies that look alike the second has its own heading too.
        now = (place[0], place[2], place[3])
        same = next((at for at in range(3) if now[at : at + 1] != shown[at : at + 1]), 3)
        yield from headings[same:]
        shown = now
        yield f"  series {first.series_number}  {first.modality}  {first.series}".rstrip()
        for leaf in (first, *others):
            letter = f"{leaf.letter:<2} " if leaf.letter else ""
            yield f"    {letter}{_short(leaf.file)}  {leaf.summary}".rstrip()
            for link in leaf.links:
                yield f"         -> {files.get(link.to, _short(link.to))}  ({link.purpose})"


def _short(name: str) -> str:
    """A UID, or a file that is named by one, as its last digits; the UIDs are in JSON.

    >>> _short("study/2.25.61217495504089922878410314013432026750.dcm")
    '...32026750.dcm'
    """
    return LONG_UID.sub(lambda found: f"...{found[1]}", name)


def _leaf(folder: Path, path: Path) -> Leaf:
    header = read_instance(path).header
    with reading(path):
        return _leaf_of(header, path.relative_to(folder).as_posix())


def _leaf_of(header: Dataset, file: str) -> Leaf:
    return Leaf(
        file=file,
        letter=_letter(header),
        name=class_name(header.SOPClassUID),
        sop_instance=str(header.SOPInstanceUID),
        patient=_joined(header, "PatientID", "PatientName"),
        study_instance=str(header.get("StudyInstanceUID") or ""),
        study=_study(header),
        eye=stated_eye(header),
        frame_of_reference=str(header.get("FrameOfReferenceUID") or ""),
        series_instance=str(header.get("SeriesInstanceUID") or ""),
        series_number=int(header.get("SeriesNumber") or 0),
        series=str(header.get("SeriesDescription") or ""),
        modality=str(header.get("Modality") or ""),
        summary=_summary(header),
        links=list(dict.fromkeys(_links(header))),
    )


def _joined(header: Dataset, *keywords: str) -> str:
    return "  ".join(filter(None, (str(header.get(keyword) or "") for keyword in keywords)))


def _study(header: Dataset) -> str:
    date = str(header.get("StudyDate") or "")
    shown = f"{date[:4]}-{date[4:6]}-{date[6:]}" if re.fullmatch(r"\d{8}", date) else date
    rest = _joined(header, "AccessionNumber", "StudyID", "StudyDescription")
    return "  ".join(filter(None, (shown, rest)))


def _letter(header: Dataset) -> str:
    letters = [kind.letter for kind in KINDS if kind.sop_class == header.SOPClassUID]
    if letters == ["E", "F"]:
        kinds = header.get("OphthalmicImageTypeCodeSequence") or [Dataset()]
        return "F" if "flow" in str(kinds[0].get("CodeMeaning")) else "E"
    return letters[0] if letters else ""


def _summary(header: Dataset) -> str:
    described = header.get("OphthalmicImageTypeDescription")
    if described:
        return f"{described}, {header.Rows} x {header.Columns}"
    if "SegmentSequence" in header:
        names = ", ".join(str(item.get("SegmentLabel")) for item in header.SegmentSequence)
        finder = surface_finder(header.SegmentSequence[0])
        return names + (f" ({finder})" if finder else "") + _rating(header, "")
    if "Rows" in header:
        frames = header.get("NumberOfFrames")
        size = f"{header.Rows} x {header.Columns}"
        if not frames or header.SOPClassUID == FUNDUS.sop_class:
            return size
        count = f"{frames} {'B-scan' if int(frames) == 1 else 'B-scans'}"
        return f"{count} of {size}" + _rating(header, "surfaces ")
    return ""


def _rating(header: Dataset, of: str) -> str:
    verdict = stated_verdict(header)
    return f" ({of}{verdict})" if verdict is not None else ""


def _links(header: Dataset) -> Iterator[Link]:
    """The links of a data set and of all items in it; only the first of many frames is read."""
    for element in header:
        if element.VR != "SQ" or element.keyword in LISTS:
            continue
        items = list(element.value or [])
        if element.keyword == "PerFrameFunctionalGroupsSequence":
            items = items[:1]
        for item in items:
            to = item.get("ReferencedSOPInstanceUID")
            if to:
                codes = item.get("PurposeOfReferenceCodeSequence")
                meaning = str(codes[0].CodeMeaning) if codes else None
                # pydicom's dictionary is older than some attributes.
                keyword = element.keyword or NEWER_KEYWORDS.get(element.tag, "")
                yield Link(
                    str(to), meaning or WITHOUT_CODE.get(keyword, keyword or str(element.tag))
                )
            yield from _links(item)
