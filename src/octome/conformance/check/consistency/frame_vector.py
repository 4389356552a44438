"""Vectors that have one value for each frame of an image."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

_NM = "PS3.3 C.8.4.8.1"
VECTORS = (
    (TAG.FrameTimeVector, "FrameTimeVector", "PS3.3 C.7.6.5"),
    (TAG.PageNumberVector, "PageNumberVector", "PS3.3 C.8.6.3"),
    (TAG.FrameLabelVector, "FrameLabelVector", "PS3.3 C.8.6.3"),
    (TAG.FramePrimaryAngleVector, "FramePrimaryAngleVector", "PS3.3 C.8.6.3"),
    (TAG.FrameSecondaryAngleVector, "FrameSecondaryAngleVector", "PS3.3 C.8.6.3"),
    (TAG.SliceLocationVector, "SliceLocationVector", "PS3.3 C.8.6.3"),
    (TAG.DisplayWindowLabelVector, "DisplayWindowLabelVector", "PS3.3 C.8.6.3"),
    (TAG.GridFrameOffsetVector, "GridFrameOffsetVector", "PS3.3 C.8.8.3.2"),
    (TAG.EnergyWindowVector, "EnergyWindowVector", _NM + ".2"),
    (TAG.DetectorVector, "DetectorVector", _NM + ".3"),
    (TAG.PhaseVector, "PhaseVector", _NM + ".4"),
    (TAG.RotationVector, "RotationVector", _NM + ".5"),
    (TAG.RRIntervalVector, "RRIntervalVector", _NM + ".6"),
    (TAG.TimeSlotVector, "TimeSlotVector", _NM + ".7"),
    (TAG.SliceVector, "SliceVector", _NM + ".8"),
    (TAG.AngularViewVector, "AngularViewVector", _NM + ".9"),
    (TAG.TimeSliceVector, "TimeSliceVector", _NM + ".10"),
)


def frame_vectors(encoded: Encoded) -> Iterator[Disagreement]:
    """A vector of frames has a value for each frame."""
    ds = encoded.data_set
    if ds.has_value(TAG.NumberOfFrames):
        frames = ds.number(TAG.NumberOfFrames)
    else:
        frames = 1 if TAG.PixelData in ds else None
    for tag, keyword, section in VECTORS if frames is not None else ():
        found = ds.count(tag)
        if found and found != frames:
            yield Disagreement(
                code="frame-count",
                path=keyword,
                message=f"it has {found} value{'s' * (found != 1)}, but there "
                f"{'is 1 frame' if frames == 1 else f'are {frames:,.10g} frames'}",
                fix="Write one value for each frame, or correct Number of Frames",
                section=section,
            )
