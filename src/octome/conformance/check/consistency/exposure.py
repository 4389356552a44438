"""Exposure of a computed tomography image."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"
SHARE, ROUNDED_MS = 0.02, 1.0


def spiral_exposure_time(encoded: Encoded) -> Iterator[Disagreement]:
    """Exposure Time of a spiral is that of one slice: rotation by pitch (PS3.3 C.8.2.1)."""
    ds = encoded.data_set
    time_ms, rotation_s, pitch = (
        ds.number(tag) for tag in (TAG.ExposureTime, TAG.RevolutionTime, TAG.SpiralPitchFactor)
    )
    is_spiral = ds.text(TAG.AcquisitionType) == "SPIRAL"
    if ds.text(TAG.SOPClassUID) != CT_IMAGE or not is_spiral or not pitch:
        return
    if time_ms is None or rotation_s is None:
        return
    needed_ms = 1000 * rotation_s / pitch
    if not isclose(time_ms, needed_ms, rel_tol=SHARE, abs_tol=ROUNDED_MS):
        yield Disagreement(
            code="exposure",
            outcome="warning",
            path="ExposureTime",
            message=f"it is {time_ms:,.0f} ms, but in a spiral a revolution of {rotation_s:g} s "
            f"at a pitch of {pitch:g} exposes for {needed_ms:,.0f} ms",
            fix="Write Revolution Time, in ms, divided by Spiral Pitch Factor",
            section="PS3.3 C.8.2.1",
        )
