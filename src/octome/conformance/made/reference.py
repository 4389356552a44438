"""References to other instances, which nobody has made: of a class that fits, always the same one.

PS3.3 10.3 (image SOP instance reference macro), 10.8, C.12.2 (common instance reference).
"""

from __future__ import annotations

from octome.conformance.made.spot import Spot

STORAGE = "1.2.840.10008.5.1.4.1.1."
CT_IMAGE = STORAGE + "2"
# Which class the items of a sequence refer to; a CT image where no row says.
CLASSES: dict[str, str] = {
    "ReferencedStudySequence": "1.2.840.10008.3.1.2.3.1",
    "ReferencedPatientSequence": "1.2.840.10008.3.1.2.1.1",
    "ReferencedPerformedProcedureStepSequence": "1.2.840.10008.3.1.2.3.3",
    "ReferencedStructureSetSequence": STORAGE + "481.3",
    "ReferencedDoseSequence": STORAGE + "481.2",
    "ReferencedRTPlanSequence": STORAGE + "481.5",
    "ReferencedPresentationStateSequence": STORAGE + "11.1",
    "ReferencedStereometricInstanceSequence": STORAGE + "77.1.5.3",
    "ReferencedWaveformSequence": STORAGE + "9.1.1",
    "ReferencedSegmentationSequence": STORAGE + "66.4",
}


def referenced_class(spot: Spot) -> str:
    """The SOP Class that a reference is to."""
    return CLASSES.get(spot.holder, CT_IMAGE)


def referenced_instance(spot: Spot) -> str:
    """The instance that a reference is to: one for each class."""
    return spot.plan.uid("referenced", spot.ds.get("ReferencedSOPClassUID") or referenced_class(spot))


def series_uid(spot: Spot) -> str:
    """The series of the instance itself, or of those that it refers to."""
    if not spot.path:
        return spot.plan.uid("series", spot.plan.ciod)
    return spot.plan.uid("referenced series")
