"""The content tree of a structured report: which items may be where, and their coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

_REFERENCES = "COMPOSITE IMAGE WAVEFORM"
_PLAIN = "TEXT CODE DATETIME DATE TIME UIDREF PNAME"
_WITH_NUMBERS = f"{_PLAIN} NUM"
_PLACES = "SCOORD TCOORD"
_ALL = f"{_WITH_NUMBERS} {_PLACES} {_REFERENCES}"
_MEASURED = "TEXT CODE NUM"
ANY = ""
# Value types that the tables know; a newer one, such as TABLE, is left alone.
KNOWN = frozenset(f"{_ALL} SCOORD3D CONTAINER".split())

Rows = tuple[tuple[str, str, str], ...]
_BASIC: Rows = (
    ("CONTAINER", "CONTAINS", f"{_PLAIN} {_REFERENCES} CONTAINER"),
    ("CONTAINER", "HAS OBS CONTEXT", f"{_PLAIN} COMPOSITE"),
    (f"CONTAINER {_REFERENCES}", "HAS ACQ CONTEXT", _PLAIN),
    (ANY, "HAS CONCEPT MOD", "TEXT CODE"),
    ("TEXT", "HAS PROPERTIES", f"{_PLAIN} {_REFERENCES}"),
    ("PNAME", "HAS PROPERTIES", _PLAIN),
    ("TEXT", "INFERRED FROM", f"{_PLAIN} {_REFERENCES}"),
)
_ENHANCED: Rows = (
    ("CONTAINER", "CONTAINS", f"{_ALL} CONTAINER"),
    ("CONTAINER", "HAS OBS CONTEXT", f"{_WITH_NUMBERS} COMPOSITE"),
    (f"CONTAINER {_REFERENCES} NUM", "HAS ACQ CONTEXT", _WITH_NUMBERS),
    (ANY, "HAS CONCEPT MOD", "TEXT CODE"),
    (_MEASURED, "HAS PROPERTIES", _ALL),
    ("PNAME", "HAS PROPERTIES", _PLAIN),
    (_MEASURED, "INFERRED FROM", _ALL),
    ("SCOORD", "SELECTED FROM", "IMAGE"),
    ("TCOORD", "SELECTED FROM", "SCOORD IMAGE WAVEFORM"),
)


def _comprehensive(places: str) -> Rows:
    return (
        ("CONTAINER", "CONTAINS", f"{_ALL} {places} CONTAINER"),
        (f"{_MEASURED} CONTAINER", "HAS OBS CONTEXT", f"{_WITH_NUMBERS} COMPOSITE"),
        (f"CONTAINER {_REFERENCES} NUM", "HAS ACQ CONTEXT", f"{_WITH_NUMBERS} CONTAINER"),
        (ANY, "HAS CONCEPT MOD", "TEXT CODE"),
        (_MEASURED, "HAS PROPERTIES", f"{_ALL} {places} CONTAINER"),
        ("PNAME", "HAS PROPERTIES", _PLAIN),
        (_MEASURED, "INFERRED FROM", f"{_ALL} {places} CONTAINER"),
        ("SCOORD", "SELECTED FROM", "IMAGE"),
        ("TCOORD", "SELECTED FROM", f"SCOORD IMAGE WAVEFORM {places}"),
    )


class Tree(NamedTuple):
    """What the content tree of a SOP Class may have, and where that is defined."""

    section: str
    rows: Rows

    def targets(self, source: str, relationship: str) -> frozenset[str]:
        """The value types that may be related so to an item of a value type."""
        return frozenset(
            target
            for sources, name, targets in self.rows
            if name == relationship and (sources == ANY or source in sources.split())
            for target in targets.split()
        )


# PS3.3 A.35. Other classes have tables too, which later editions have changed.
TREES = {
    "1.2.840.10008.5.1.4.1.1.88.11": Tree("PS3.3 A.35.1.3.1", _BASIC),
    "1.2.840.10008.5.1.4.1.1.88.22": Tree("PS3.3 A.35.2.3.1", _ENHANCED),
    "1.2.840.10008.5.1.4.1.1.88.33": Tree("PS3.3 A.35.3.3.1", _comprehensive("")),
    "1.2.840.10008.5.1.4.1.1.88.34": Tree("PS3.3 A.35.13.3.1", _comprehensive("SCOORD3D")),
    "1.2.840.10008.5.1.4.1.1.88.59": Tree(
        "PS3.3 A.35.4.3.1",
        (
            ("CONTAINER", "CONTAINS", f"TEXT {_REFERENCES}"),
            ("CONTAINER", "HAS OBS CONTEXT", "TEXT CODE UIDREF PNAME"),
            ("CONTAINER", "HAS CONCEPT MOD", "CODE"),
        ),
    ),
}
# PS3.3 C.18.6.1.2 and C.18.9.1.2: how many coordinates a graphic has, or what divides them.
EXACTLY = {
    ("SCOORD", "POINT"): 2,
    ("SCOORD", "CIRCLE"): 4,
    ("SCOORD", "ELLIPSE"): 8,
    ("SCOORD3D", "POINT"): 3,
    ("SCOORD3D", "ELLIPSE"): 12,
    ("SCOORD3D", "ELLIPSOID"): 18,
}
DIMENSIONS = {"SCOORD": 2, "SCOORD3D": 3}


def content_items(encoded: Encoded) -> Iterator[Disagreement]:
    """Items are of value types and relationships that the SOP Class allows (PS3.3 A.35)."""
    tree = TREES.get(encoded.data_set.text(TAG.SOPClassUID))
    if tree is None:
        return
    for parent, item, path in _items(encoded.data_set):
        source, target = parent.text(TAG.ValueType), item.text(TAG.ValueType)
        relationship = item.text(TAG.RelationshipType)
        if not {source, target} <= KNOWN or not relationship:
            continue
        allowed = tree.targets(source, relationship)
        if target in allowed:
            continue
        if allowed:
            message = (
                f"{source} {relationship} {target}: here it may be {', '.join(sorted(allowed))}"
            )
        else:
            message = f"{source} {relationship} {target}: a {source} has no such relationship"
        yield Disagreement(
            code="content-item",
            path=f"{path}.ValueType",
            message=message,
            fix="Use a relationship or a value type that the SOP Class allows, or another class",
            section=tree.section,
        )


def referenced_content(encoded: Encoded) -> Iterator[Disagreement]:
    """An item that is referred to by its place is there (PS3.3 C.17.3.2.5)."""
    for _, item, path in _items(encoded.data_set):
        place = item.values(TAG.ReferencedContentItemIdentifier)
        if place and not _is_there(encoded.data_set, place):
            yield Disagreement(
                code="content-reference",
                path=f"{path}.ReferencedContentItemIdentifier",
                message=f"there is no content item at {'.'.join(map(str, place))}",
                fix="Give the place of the item, counted from 1 at each level",
                section="PS3.3 C.17.3.2.5",
            )


def coordinates(encoded: Encoded) -> Iterator[Disagreement]:
    """A graphic has as many coordinates as its type needs (PS3.3 C.18.6, C.18.9)."""
    for _, item, path in _items(encoded.data_set):
        kind, graphic = item.text(TAG.ValueType), item.text(TAG.GraphicType)
        found = len(item.values(TAG.GraphicData))
        if kind not in DIMENSIONS or not found:
            continue
        needed, each = EXACTLY.get((kind, graphic)), DIMENSIONS[kind]
        if found == needed or (needed is None and found % each == 0):
            continue
        what = f"{needed}" if needed else f"{each} for each point"
        yield Disagreement(
            code="coordinates",
            path=f"{path}.GraphicData",
            message=f"a {graphic} has {what}, but there are {found}",
            fix="Correct the coordinates, or Graphic Type",
            section="PS3.3 C.18.6.1.2" if kind == "SCOORD" else "PS3.3 C.18.9.1.2",
        )


def selected_images(encoded: Encoded) -> Iterator[Disagreement]:
    """Coordinates in an image name the image that they are in (PS3.3 C.18.6)."""
    if encoded.data_set.text(TAG.SOPClassUID) not in TREES:
        return
    for _, item, path in _items(encoded.data_set):
        if item.text(TAG.ValueType) != "SCOORD":
            continue
        selected = [
            child
            for child in item.items(TAG.ContentSequence)
            if child.text(TAG.RelationshipType) == "SELECTED FROM"
        ]
        if not selected:
            yield Disagreement(
                code="content-item",
                path=path,
                message="these coordinates are SELECTED FROM nothing: they need their IMAGE",
                fix="Add the image as SELECTED FROM IMAGE",
                section="PS3.3 C.18.6",
            )


def _items(root: DataSet) -> Iterator[tuple[DataSet, DataSet, str]]:
    """Each content item with its parent and its path, in reading order."""
    waiting = [(root, root, "")]
    while waiting:
        parent, item, path = waiting.pop()
        if path:
            yield parent, item, path
        prefix = f"{path}." if path else ""
        children = list(enumerate(item.items(TAG.ContentSequence)))
        waiting += [
            (item, child, f"{prefix}ContentSequence[{at}]") for at, child in reversed(children)
        ]


def _is_there(root: DataSet, place: tuple[object, ...]) -> bool:
    """Whether there is an item at a place: the first number is the root's, 1."""
    here = root
    for number in place[1:]:
        items = here.items(TAG.ContentSequence)
        at = int(str(number)) - 1
        if not 0 <= at < len(items):
            return False
        here = items[at]
    return str(place[0]) == "1"
