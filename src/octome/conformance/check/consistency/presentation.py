"""Presentation states: the images that they show, layers, graphics, displayed areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# PS3.3 C.10.5.1.2: how many points a graphic has.
POINTS = {"POINT": 1, "CIRCLE": 2, "ELLIPSE": 4}
# PS3.3 C.10.5.1.2: and a compound one.
COMPOUND_POINTS = {
    "CROSSHAIR": 1,
    "ARROW": 2,
    "AXIS": 2,
    "CUTLINE": 2,
    "ELLIPSE": 2,
    "INFINITELINE": 2,
    "RANGELINE": 2,
    "RECTANGLE": 2,
    "RULER": 2,
}
# Sequences whose items apply to some of the images of a presentation state.
APPLIED = (
    (TAG.DisplayedAreaSelectionSequence, "DisplayedAreaSelectionSequence", "PS3.3 C.10.4"),
    (TAG.GraphicAnnotationSequence, "GraphicAnnotationSequence", "PS3.3 C.10.5"),
    (TAG.SoftcopyVOILUTSequence, "SoftcopyVOILUTSequence", "PS3.3 C.11.8"),
)


def shown_images(encoded: Encoded) -> Iterator[Disagreement]:
    """What is applied to an image names one that the presentation state shows (PS3.3 C.11.11)."""
    ds = encoded.data_set
    shown = _images(ds, TAG.ReferencedSeriesSequence, TAG.ReferencedImageSequence)
    if not shown:
        return
    covered: set[str] = set()
    for tag, keyword, section in APPLIED:
        for at, item in enumerate(ds.items(tag)):
            images = item.items(TAG.ReferencedImageSequence)
            named = {image.text(TAG.ReferencedSOPInstanceUID) for image in images} or shown
            if tag == TAG.DisplayedAreaSelectionSequence:
                covered |= named
            for uid in sorted(named - shown):
                yield Disagreement(
                    code="presentation",
                    path=f"{keyword}[{at}].ReferencedImageSequence",
                    message=f"{uid} is not an image that the presentation state shows",
                    fix="Add the image to Referenced Series Sequence, or correct the reference",
                    section=section,
                )
    if TAG.DisplayedAreaSelectionSequence in ds and shown - covered:
        yield Disagreement(
            code="presentation",
            path="DisplayedAreaSelectionSequence",
            message=f"no area is selected for {min(shown - covered)}, which it shows",
            fix="Select a displayed area for every image and frame",
            section="PS3.3 C.10.4",
        )


def graphic_layers(encoded: Encoded) -> Iterator[Disagreement]:
    """Layers have their own names, and annotations are on one of them (PS3.3 C.10.7)."""
    ds = encoded.data_set
    layers = ds.items(TAG.GraphicLayerSequence)
    names = Counter(layer.text(TAG.GraphicLayer) for layer in layers)
    for at, layer in enumerate(layers):
        name = layer.text(TAG.GraphicLayer)
        if name and names[name] > 1:
            yield Disagreement(
                code="graphic-layer",
                path=f"GraphicLayerSequence[{at}].GraphicLayer",
                message=f"{name!r} is the name of {names[name]} layers",
                fix="Give each layer a name of its own",
                section="PS3.3 C.10.7",
            )
            names[name] = 1  # reported
    for at, annotation in enumerate(ds.items(TAG.GraphicAnnotationSequence)):
        name = annotation.text(TAG.GraphicLayer)
        if name and name not in names:
            yield Disagreement(
                code="graphic-layer",
                path=f"GraphicAnnotationSequence[{at}].GraphicLayer",
                message=f"it is {name!r}, but Graphic Layer Sequence has no such layer",
                fix="Add the layer, or correct its name",
                section="PS3.3 C.10.7",
            )


def graphics(encoded: Encoded) -> Iterator[Disagreement]:
    """A graphic has as many points as its type needs (PS3.3 C.10.5)."""
    for number, annotation in enumerate(encoded.data_set.items(TAG.GraphicAnnotationSequence)):
        for at, graphic in enumerate(annotation.items(TAG.GraphicObjectSequence)):
            path = f"GraphicAnnotationSequence[{number}].GraphicObjectSequence[{at}]"
            stated, data = graphic.number(TAG.NumberOfGraphicPoints), graphic.get(TAG.GraphicData)
            kind = graphic.text(TAG.GraphicType)
            needed = POINTS.get(kind)
            found = data.length // 8 if data is not None and data.vr == "FL" else None
            if stated is not None and found is not None and found != stated:
                yield Disagreement(
                    code="graphic",
                    path=f"{path}.GraphicData",
                    message=f"it has {found} points, but Number of Graphic Points is {stated:g}",
                    fix="Correct the number, or write two coordinates for each point",
                    section="PS3.3 C.10.5",
                )
            elif needed is not None and found is not None and found != needed:
                yield Disagreement(
                    code="graphic",
                    path=f"{path}.GraphicData",
                    message=f"{'an' if kind == 'ELLIPSE' else 'a'} {kind} has {needed} "
                    f"point{'s' * (needed != 1)}, but there are {found}",
                    fix="Correct the points, or Graphic Type",
                    section="PS3.3 C.10.5.1.2",
                )


def compound_graphics(encoded: Encoded) -> Iterator[Disagreement]:
    """A compound graphic has as many points as its type needs (PS3.3 C.10.5)."""
    for number, annotation in enumerate(encoded.data_set.items(TAG.GraphicAnnotationSequence)):
        for at, graphic in enumerate(annotation.items(TAG.CompoundGraphicSequence)):
            kind, found = (
                graphic.text(TAG.CompoundGraphicType),
                graphic.count(TAG.GraphicData),
            )
            needed = COMPOUND_POINTS.get(kind)
            if needed is not None and found and found != 2 * needed:
                yield Disagreement(
                    code="graphic",
                    path=f"GraphicAnnotationSequence[{number}].CompoundGraphicSequence[{at}]"
                    ".GraphicData",
                    message=f"it has {found} numbers, but the {needed} point{'s' * (needed != 1)} "
                    f"of {'an' if kind == 'ELLIPSE' else 'a'} {kind} are {2 * needed}",
                    fix="Write two coordinates for each point, or correct Compound Graphic Type",
                    section="PS3.3 C.10.5.1.2",
                )


def displayed_areas(encoded: Encoded) -> Iterator[Disagreement]:
    """A displayed area has a size, and is magnified by more than 0 (PS3.3 C.10.4)."""
    ds = encoded.data_set
    is_turned = bool(ds.number(TAG.ImageRotation)) or ds.text(TAG.ImageHorizontalFlip) == "Y"
    for at, area in enumerate(ds.items(TAG.DisplayedAreaSelectionSequence)):
        path = f"DisplayedAreaSelectionSequence[{at}]"
        ratio = area.number(TAG.PresentationPixelMagnificationRatio)
        if ratio is not None and ratio <= 0:
            yield Disagreement(
                code="presentation",
                path=f"{path}.PresentationPixelMagnificationRatio",
                message=f"it is {ratio:g}, but a magnification is greater than 0",
                fix="Correct the ratio",
                section="PS3.3 C.10.4",
            )
        corners = [
            area.number(tag, at)
            for tag in (TAG.DisplayedAreaTopLeftHandCorner, TAG.DisplayedAreaBottomRightHandCorner)
            for at in range(2)
        ]
        if is_turned or None in corners:
            continue  # the corners are those after the image was turned
        left, top, right, bottom = (corner or 0 for corner in corners)
        if right < left or bottom < top:
            yield Disagreement(
                code="presentation",
                path=f"{path}.DisplayedAreaBottomRightHandCorner",
                message=f"it is {right:g}\\{bottom:g}, left of or above the top left corner, "
                f"{left:g}\\{top:g}",
                fix="Exchange the corners, or state how the image is turned",
                section="PS3.3 C.10.4",
            )


def _images(ds: DataSet, *sequences: int) -> set[str]:
    found = [ds]
    for tag in sequences:
        found = [item for one in found for item in one.items(tag)]
    return {uid for item in found if (uid := item.text(TAG.ReferencedSOPInstanceUID))}
