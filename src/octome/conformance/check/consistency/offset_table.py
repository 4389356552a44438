"""Tables of offsets: where each frame of encapsulated pixel data begins (PS3.5 A.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.pixel import JOINED
from octome.dicom.data_set import DataSet, Element, numbers
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

RLE = "1.2.840.10008.1.2.5"
ITEM_HEADER = 8  # bytes of the tag and the length before each fragment


def offset_tables(encoded: Encoded) -> Iterator[Disagreement]:
    """An offset for each frame, of a fragment that is there (PS3.5 A.4; PS3.3 C.7.6.3.1.8)."""
    ds = encoded.data_set
    element = ds.get(TAG.PixelData)
    if element is None or not element.fragments or ds.cut_at is not None:
        return
    if encoded.transfer_syntax in JOINED:
        return
    frames = int(ds.number(TAG.NumberOfFrames) or 1)
    starts = _starts(element)
    basic = _basic(ds, element)
    extended = _numbers(ds, TAG.ExtendedOffsetTable)
    if basic:
        yield from _table("PixelData", "its Basic Offset Table", basic, starts, frames)
    if extended:
        path = "ExtendedOffsetTable"
        yield from _table(path, "it", extended, starts, frames)
        lengths = _numbers(ds, TAG.ExtendedOffsetTableLengths)
        if lengths and len(lengths) != frames:
            yield Disagreement(
                code="offset-table",
                path="ExtendedOffsetTableLengths",
                message=f"it has {len(lengths):,} length{'s' * (len(lengths) != 1)} "
                f"for {_frames(frames)}",
                fix="Write the length of each frame",
                section="PS3.3 C.7.6.3.1.8",
            )
        elif lengths:
            yield from _lengths(lengths, (element.fragments or [])[1:])
    if extended and basic:
        yield Disagreement(
            code="offset-table",
            path="ExtendedOffsetTable",
            message="the Basic Offset Table has offsets too, but it has to be empty",
            fix="Leave the Basic Offset Table empty, or remove the extended one",
            section="PS3.3 C.7.6.3.1.8",
        )


def fragments_of_rle(encoded: Encoded) -> Iterator[Disagreement]:
    """Each frame in RLE is one fragment (PS3.5 A.4.2)."""
    ds = encoded.data_set
    element = ds.get(TAG.PixelData)
    if encoded.transfer_syntax != RLE or element is None or not element.fragments:
        return
    frames, found = int(ds.number(TAG.NumberOfFrames) or 1), len(element.fragments) - 1
    if found > frames and ds.cut_at is None:  # fewer than frames is reported for any syntax
        yield Disagreement(
            code="pixel-length",
            path="PixelData",
            message=f"it has {found} fragments, but each of {_frames(frames)} in RLE is one",
            fix="Write each frame as one fragment, or correct Number of Frames",
            section="PS3.5 A.4.2",
        )


def _table(
    path: str, table: str, offsets: Sequence[int], starts: Sequence[int], frames: int
) -> Iterator[Disagreement]:
    if len(offsets) != frames:
        message = (
            f"{table} has {len(offsets):,} offset{'s' * (len(offsets) != 1)} for {_frames(frames)}"
        )
    else:
        known = set(starts)
        wrong = next((at for at, offset in enumerate(offsets) if offset not in known), None)
        if wrong is None and list(offsets) == sorted(set(offsets)) and offsets[0] == 0:
            return
        if wrong is not None:
            message = f"{table} has frame {wrong + 1} at {offsets[wrong]}, where no fragment begins"
        else:
            message = f"{table} has offsets that do not rise from 0"
    yield Disagreement(
        code="offset-table",
        path=path,
        message=message,
        fix="Write the offset of the first fragment of each frame, or no offsets",
        section="PS3.5 A.4" if path == "PixelData" else "PS3.3 C.7.6.3.1.8",
    )


def _lengths(
    lengths: Sequence[int], fragments: Sequence[tuple[int, int]]
) -> Iterator[Disagreement]:
    """Where each frame is one fragment, its length is that of the fragment, or less its padding."""
    for at, (stated, (_, found)) in enumerate(zip(lengths, fragments, strict=False)):
        if len(fragments) == len(lengths) and stated not in (found, found - 1):
            yield Disagreement(
                code="offset-table",
                path="ExtendedOffsetTableLengths",
                message=f"frame {at + 1} is stated to have {stated:,} bytes, but its fragment has "
                f"{found:,}",
                fix="Write the length of each frame",
                section="PS3.3 C.7.6.3.1.8",
            )
            return


def _starts(element: Element) -> list[int]:
    """Where each fragment begins, in bytes after the Basic Offset Table."""
    fragments = (element.fragments or [])[1:]
    first = fragments[0][0] if fragments else 0
    return [offset - first for offset, _ in fragments]


def _basic(ds: DataSet, element: Element) -> list[int]:
    [(offset, length), *_] = element.fragments or [(0, 0)]
    raw = ds.buffer[offset : offset + length // 4 * 4]
    return [int(str(one)) for one in numbers(bytes(raw), "UL", "<")]


def _numbers(ds: DataSet, tag: int) -> list[int]:
    element = ds.get(tag)
    if element is None or element.items is not None:
        return []
    at = ds.start(element)
    raw = ds.buffer[at : at + element.length // 8 * 8]
    return [int(str(one)) for one in numbers(bytes(raw), "UV", "<")]


def _frames(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames:,} frames"
