"""Deflated data sets, inflated as far as possible within a bound (PS3.5 A.5)."""

from __future__ import annotations

import zlib
from io import BytesIO

from octome.dicom.data_set import Buffer
from octome.dicom.problem import Problems

MOST_INFLATED = 256 << 20  # bytes; real ones hold little or no pixel data
STEP = 1 << 18  # bytes
# Deflated Explicit VR Little Endian, JPIP Referenced Deflate and its HTJ2K one. Deflated Image
# Frame Compression deflates frames: its data set is not deflated.
DEFLATED = frozenset(
    {"1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205"}
)


def inflated(buffer: Buffer, at: int, problems: Problems) -> tuple[bytes, bool]:
    """A deflated data set that begins at `at`, and whether it is complete.

    Missing parts are reported to `problems`.
    """
    engine = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    whole = BytesIO()
    try:
        while not engine.eof:
            piece = engine.unconsumed_tail
            if not piece:
                piece = buffer[at : at + STEP]
                at += len(piece)
            if not piece:
                break
            whole.write(engine.decompress(piece, STEP))
            if whole.tell() > MOST_INFLATED:
                message = (
                    f"the deflated data set inflates to more than {MOST_INFLATED >> 20} MB: the "
                    "rest is not read"
                )
                problems.add("not-read", message)
                return whole.getvalue(), False
        whole.write(engine.flush())
    except zlib.error as error:
        problems.add("truncated", f"the deflated data set is damaged ({error})")
        return whole.getvalue(), False
    if not engine.eof:
        problems.add("truncated", "the deflated data set stops before its end")
    return whole.getvalue(), engine.eof
