"""What a multi-frame image states of all its frames, against what each frame states."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# The functional groups whose Frame Type follows PS3.3 C.8.16.1, and where that is stated.
GROUPS = (
    (TAG.MRImageFrameTypeSequence, "MRImageFrameTypeSequence", "PS3.3 C.8.13.5.1"),
    (TAG.CTImageFrameTypeSequence, "CTImageFrameTypeSequence", "PS3.3 C.8.15.3.1"),
    (TAG.PETFrameTypeSequence, "PETFrameTypeSequence", "PS3.3 C.8.22.5.1"),
)
SECTION = "PS3.3 C.8.16.1"
# A fourth value may be empty in images that were converted from single frames.
CONVERTED = frozenset(f"1.2.840.10008.5.1.4.1.1.{kind}" for kind in ("2.2", "4.4", "128.1"))


def frame_types(encoded: Encoded) -> Iterator[Disagreement]:
    """Image Type and Frame Type have four values, and the first is that of all frames or MIXED."""
    ds = encoded.data_set
    types: list[tuple[str, ...]] = []
    for group, keyword, _ in GROUPS:
        for item, path in root_and_group_items(encoded, group, keyword):
            found = tuple(str(value) for value in item.values(TAG.FrameType)) if path else ()
            if found:
                types.append(found)
                if len(types) == 1 or found != types[-2]:
                    yield from _four_values(encoded, found, f"{path}FrameType")
    stated = tuple(str(value) for value in ds.values(TAG.ImageType))
    if not types or not stated:
        return
    yield from _four_values(encoded, stated, "ImageType")
    for at in (0, 3):
        of_frames = {each[at] for each in types if at < len(each)}
        own = stated[at] if at < len(stated) else ""
        if not own or not of_frames or "" in of_frames:
            continue
        needed = of_frames.pop() if len(of_frames) == 1 else "MIXED"
        if own != needed:
            yield Disagreement(
                code="frame-type",
                path="ImageType",
                message=f"value {at + 1} is {own}, but that of the frames "
                f"{'differs' if needed == 'MIXED' else f'is {needed}'}",
                fix=f"Set value {at + 1} to {needed}, or correct Frame Type",
                section=SECTION,
            )


def _four_values(encoded: Encoded, found: tuple[str, ...], path: str) -> Iterator[Disagreement]:
    may_be_empty = encoded.data_set.text(TAG.SOPClassUID) in CONVERTED
    needed = 3 if may_be_empty else 4
    filled = sum(bool(value) for value in found[:needed])
    if len(found) != 4 or filled < needed:
        yield Disagreement(
            code="frame-type",
            path=path,
            message=f"it has {len(found)} values, {sum(map(bool, found))} of them filled, but "
            "there are four",
            fix="Write all four values",
            section=SECTION,
        )
