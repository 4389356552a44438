"""Coordinates in images, in space and in time: how many there are, and what they are in."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.conformance.check.structured_report.shape import axes_wrong, is_flat
from octome.dicom.tag import TAG

# PS3.3 C.18.6.1.2, C.18.9.1.2 and C.18.7.1.1: the least and the largest number of points.
MANY = 1 << 32
POINTS = {
    ("SCOORD", "POINT"): (1, 1),
    ("SCOORD", "MULTIPOINT"): (1, MANY),
    ("SCOORD", "POLYLINE"): (2, MANY),
    ("SCOORD", "CIRCLE"): (2, 2),
    ("SCOORD", "ELLIPSE"): (4, 4),
    ("SCOORD3D", "POINT"): (1, 1),
    ("SCOORD3D", "MULTIPOINT"): (1, MANY),
    ("SCOORD3D", "POLYLINE"): (2, MANY),
    ("SCOORD3D", "POLYGON"): (4, MANY),
    ("SCOORD3D", "ELLIPSE"): (4, 4),
    ("SCOORD3D", "ELLIPSOID"): (6, 6),
    ("TCOORD", "POINT"): (1, 1),
    ("TCOORD", "MULTIPOINT"): (1, MANY),
    ("TCOORD", "SEGMENT"): (2, 2),
    ("TCOORD", "MULTISEGMENT"): (2, MANY),
    ("TCOORD", "BEGIN"): (1, 1),
    ("TCOORD", "END"): (1, 1),
}
DIMENSIONS = {"SCOORD": 2, "SCOORD3D": 3}
SECTIONS = {
    "SCOORD": "PS3.3 C.18.6.1.2",
    "SCOORD3D": "PS3.3 C.18.9.1.2",
    "TCOORD": "PS3.3 C.18.7.1.1",
}
TIMES = {
    TAG.ReferencedSamplePositions: "ReferencedSamplePositions",
    TAG.ReferencedTimeOffsets: "ReferencedTimeOffsets",
    TAG.ReferencedDateTime: "ReferencedDateTime",
}
FIX = "Correct the coordinates, or their type"
WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
RANGES = ("SEGMENT", "MULTISEGMENT")


def coordinates(tree: ContentTree) -> Iterator[Disagreement]:
    """A graphic has as many points as its type needs (PS3.3 C.18.6, C.18.7, C.18.9)."""
    for item in tree.items:
        if item.value_type in DIMENSIONS:
            yield from _graphic(item)
        elif item.value_type == "TCOORD":
            yield from _times(item)


def selected(tree: ContentTree) -> Iterator[Disagreement]:
    """Coordinates in an image or in time are selected from something (PS3.3 C.18.6, C.18.7)."""
    for item in tree.items:
        if item.value_type not in ("SCOORD", "TCOORD") or item.parent is None:
            continue
        if not any(child.relationship == "SELECTED FROM" for child in item.children):
            what = "IMAGE" if item.value_type == "SCOORD" else "IMAGE, WAVEFORM or SCOORD"
            yield Disagreement(
                code="content-item",
                path=item.path,
                message=f"{item.label}: these coordinates are SELECTED FROM nothing: they need "
                f"their {what}",
                fix=f"Add the {what} as SELECTED FROM",
                section="PS3.3 C.18.6" if item.value_type == "SCOORD" else "PS3.3 C.18.7",
            )


def _graphic(item: ContentItem) -> Iterator[Disagreement]:
    graphic, each = item.ds.text(TAG.GraphicType), DIMENSIONS[item.value_type]
    found = item.ds.values(TAG.GraphicData)
    limits = POINTS.get((item.value_type, graphic))
    article = "an" if graphic.startswith("ELLIP") else "a"
    if graphic and limits is None:
        known = ", ".join(name for kind, name in POINTS if kind == item.value_type)
        message = f"{graphic!r} is not a Graphic Type of {item.value_type}: they are {known}"
        yield _wrong(item, "GraphicType", message)
    if not found or limits is None:
        return
    if len(found) % each:
        message = (
            f"{article} {graphic} has {each} coordinates for each point, but there are {len(found)}"
        )
        yield _wrong(item, "GraphicData", message)
    elif not limits[0] <= len(found) // each <= limits[1]:
        message = f"{article} {graphic} has {_shown(limits)}, but there are {len(found) // each}"
        yield _wrong(item, "GraphicData", message)
    else:
        yield from _shape(
            item, graphic, [value for value in found if isinstance(value, float)], each
        )


def _shape(
    item: ContentItem, graphic: str, found: list[float], each: int
) -> Iterator[Disagreement]:
    """A graphic with the right number of points has the shape of its type."""
    points = [tuple(found[at : at + each]) for at in range(0, len(found), each)]
    if item.value_type == "SCOORD" and min(found) < 0:
        message = f"{min(found):g} is outside of the image, which begins at 0"
        # An outline may reach beyond the image; a point, or the centre of a circle, hardly does.
        middles = points if graphic in ("POINT", "MULTIPOINT") else points[: graphic == "CIRCLE"]
        is_odd = any(min(point) < 0 for point in middles)
        yield _wrong(item, "GraphicData", message, outcome="warning" if is_odd else "note")
    if graphic == "POLYGON" and points[0] != points[-1]:
        yield _wrong(item, "GraphicData", "a POLYGON ends at its first point, this one elsewhere")
    elif graphic == "POLYGON" and not is_flat(points):
        yield _wrong(item, "GraphicData", "a POLYGON is flat, these points are in no one plane")
    elif graphic in ("ELLIPSE", "ELLIPSOID"):
        wrong = axes_wrong(points, has_major=graphic == "ELLIPSE")
        if wrong:
            message = f"its points are the ends of its axes, but {wrong}"
            yield _wrong(item, "GraphicData", message, outcome="warning")


def origins(tree: ContentTree) -> Iterator[Disagreement]:
    """Coordinates in a slide state what they are relative to (PS3.3 C.18.6)."""
    for item in tree.items:
        if item.value_type != "SCOORD" or item.ds.has_value(TAG.PixelOriginInterpretation):
            continue
        classes = {
            reference.text(TAG.ReferencedSOPClassUID)
            for child in item.children
            for reference in child.ds.items(TAG.ReferencedSOPSequence)
        }
        if WHOLE_SLIDE in classes:
            yield Disagreement(
                code="missing",
                path=item.inside("PixelOriginInterpretation"),
                message=f"{item.label}: coordinates in a whole slide image state what they are "
                "relative to",
                fix="Write FRAME or VOLUME",
                section="PS3.3 C.18.6",
            )


def _times(item: ContentItem) -> Iterator[Disagreement]:
    kind = item.ds.text(TAG.TemporalRangeType)
    found = {tag: len(item.ds.values(tag)) for tag in TIMES if item.ds.has_value(tag)}
    limits = POINTS.get(("TCOORD", kind))
    if kind and limits is None:
        known = ", ".join(name for value_type, name in POINTS if value_type == "TCOORD")
        message = f"{kind!r} is not a Temporal Range Type: they are {known}"
        yield _wrong(item, "TemporalRangeType", message)
    if not found:
        message = f"a TCOORD has one of {', '.join(TIMES.values())}: all are missing"
        yield _wrong(item, "TemporalRangeType", message)
    for tag, count in found.items():
        if limits is None or not count:
            continue
        if not limits[0] <= count <= limits[1]:
            message = f"a {kind} has {_shown(limits)}, but there are {count}"
            yield _wrong(item, TIMES[tag], message)
        elif kind == "MULTISEGMENT" and count % 2:
            message = f"a {kind} has two points for each segment, not {count}"
            yield _wrong(item, TIMES[tag], message)
        else:
            yield from _order(item, kind, tag)


def _order(item: ContentItem, kind: str, tag: int) -> Iterator[Disagreement]:
    """Samples are counted from 1, and a segment ends after it begins."""
    found = [value for value in item.ds.values(tag) if isinstance(value, int | float)]
    if tag == TAG.ReferencedSamplePositions and 0 in found:
        yield _wrong(item, TIMES[tag], "the first sample is 1, not 0")
    for begin, end in zip(found[::2], found[1::2], strict=False) if kind in RANGES else ():
        if begin > end:
            message = f"a segment begins at {begin:g} and ends before, at {end:g}"
            yield _wrong(item, TIMES[tag], message, outcome="warning")


def _shown(limits: tuple[int, int]) -> str:
    least, most = limits
    words = f"{least}" if least == most else f"{least} or more"
    return f"{words} point" if words == "1" else f"{words} points"


def _wrong(
    item: ContentItem, keyword: str, message: str, *, outcome: Outcome = "violation"
) -> Disagreement:
    return Disagreement(
        code="coordinates",
        outcome=outcome,
        path=item.inside(keyword),
        message=f"{item.label}: {message}",
        fix=FIX,
        section=SECTIONS[item.value_type],
    )
