"""How values are shown: windows and the shape of the presentation LUT."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SHAPES = {"MONOCHROME1": "INVERSE", "MONOCHROME2": "IDENTITY"}


def windows(encoded: Encoded) -> Iterator[Disagreement]:
    """Each window has a center and a width, and the width is large enough (PS3.3 C.11.2.1.2)."""
    for ds, path in _with_windows(encoded):
        centers, widths = len(ds.values(TAG.WindowCenter)), len(ds.values(TAG.WindowWidth))
        if centers and widths and centers != widths:
            yield Disagreement(
                code="multiplicity",
                path=f"{path}WindowWidth",
                message=f"it has {widths} values, but Window Center has {centers}",
                fix="Give each Window Center its Window Width",
                section="PS3.3 C.11.2.1.2",
            )
        function = ds.text(TAG.VOILUTFunction) or "LINEAR"
        for at in range(widths):
            width = ds.number(TAG.WindowWidth, at)
            if width is None or width >= 1 or (width > 0 and function != "LINEAR"):
                continue
            least = "at least 1" if function == "LINEAR" else "greater than 0"
            yield Disagreement(
                code="window",
                path=f"{path}WindowWidth",
                message=f"it is {width:g}, but with VOI LUT Function {function} it is {least}",
                fix="Correct the width, or remove the window",
                section="PS3.3 C.11.2.1.2.1",
            )
            break


def _with_windows(encoded: Encoded) -> Iterator[tuple[DataSet, str]]:
    yield from root_and_group_items(encoded, TAG.FrameVOILUTSequence, "FrameVOILUTSequence")
    for at, item in enumerate(encoded.data_set.items(TAG.SoftcopyVOILUTSequence)):
        yield item, f"SoftcopyVOILUTSequence[{at}]."


def presentation_lut_shape(encoded: Encoded) -> Iterator[Disagreement]:
    """Presentation LUT Shape agrees with Photometric Interpretation (PS3.3 C.7.6.1)."""
    ds = encoded.data_set
    interpretation, shape = (
        ds.text(TAG.PhotometricInterpretation),
        ds.text(TAG.PresentationLUTShape),
    )
    needed = SHAPES.get(interpretation)
    if needed and shape in SHAPES.values() and shape != needed:
        yield Disagreement(
            code="lut-shape",
            path="PresentationLUTShape",
            message=f"it is {shape}, but {interpretation} is shown with {needed}",
            fix=f"Set it to {needed}, or correct Photometric Interpretation",
            section="PS3.3 C.7.6.1",
        )
