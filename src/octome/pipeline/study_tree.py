"""A study as a tree: its series, their instances, and their references with purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset

from octome.instances.composite import ALGORITHM_SOURCE
from octome.instances.enface_profile import NEWER
from octome.instances.file import read_instance, reading
from octome.instances.instance_kind import FUNDUS, KINDS, class_name
from octome.instances.surface_rating import stated_verdict
from octome.pipeline.study import entries

# It lists all references again, without their purpose.
LISTS = ("ReferencedSeriesSequence",)
WITHOUT_CODE = {
    "SegmentSurfaceSourceInstanceSequence": "segmented volume",
    "ReferencedSurfaceMeshIdentificationSequence": "bound of the slab",
    "ReferencedSegmentationSequence": "bound of the slab",
}
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
    return sorted(leaves, key=lambda leaf: (leaf.series_number, leaf.file))


def as_data(leaves: list[Leaf]) -> list[dict[str, Any]]:
    """The tree as data for JSON."""
    return [asdict(leaf) for leaf in leaves]


def as_lines(leaves: list[Leaf]) -> Iterator[str]:
    """The tree as text: each series, its instances, and their references."""
    files = {leaf.sop_instance: leaf.file for leaf in leaves}
    for (number, series, modality), members in groupby(
        leaves, key=lambda leaf: (leaf.series_number, leaf.series, leaf.modality)
    ):
        yield f"series {number}  {modality}  {series}"
        for leaf in members:
            letter = f"{leaf.letter:<2} " if leaf.letter else ""
            yield f"  {letter}{leaf.file}  {leaf.summary}".rstrip()
            for link in leaf.links:
                yield f"       -> {files.get(link.to, link.to)}  ({link.purpose})"


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
        series_number=int(header.get("SeriesNumber") or 0),
        series=str(header.get("SeriesDescription") or ""),
        modality=str(header.get("Modality") or ""),
        summary=_summary(header),
        links=list(dict.fromkeys(_links(header))),
    )


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
        verdict = stated_verdict(header)
        rated = f" ({verdict})" if verdict is not None else ""
        return names + _origin(header.SegmentSequence[0]) + rated
    if "Rows" in header:
        frames = header.get("NumberOfFrames")
        size = f"{header.Rows} x {header.Columns}"
        if not frames or header.SOPClassUID == FUNDUS.sop_class:
            return size
        return f"{frames} {'B-scan' if int(frames) == 1 else 'B-scans'} of {size}"
    return ""


def _origin(segment: Dataset) -> str:
    """Who found the surfaces, unless octome did."""
    surface = (segment.get("ReferencedSurfaceSequence") or [Dataset()])[0]
    keyword = "SegmentSurfaceGenerationAlgorithmIdentificationSequence"
    algorithm = (surface.get(keyword) or [Dataset()])[0]
    is_own = algorithm.get("AlgorithmSource", ALGORITHM_SOURCE) == ALGORITHM_SOURCE
    return "" if is_own else f" ({algorithm.get('AlgorithmName')})"


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
