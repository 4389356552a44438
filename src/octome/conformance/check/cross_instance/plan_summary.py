"""What checks of a radiotherapy plan and of a dose need from each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

PLANS = frozenset({"1.2.840.10008.5.1.4.1.1.481.5", "1.2.840.10008.5.1.4.1.1.481.8"})


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """The numbers of a plan's fraction groups and of its beams."""

    fraction_groups: frozenset[str]
    beams: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """A reference to a fraction group, and to a beam of it, of a plan that is named."""

    path: str
    plan: str
    fraction_group: str
    beam: str


def plan_summary(ds: DataSet) -> PlanSummary | None:
    """The numbers of the parts of a plan; None if it is not a plan."""
    if ds.text(TAG.SOPClassUID) not in PLANS:
        return None
    beams = [*ds.items(TAG.BeamSequence), *ds.items(TAG.IonBeamSequence)]
    groups = ds.items(TAG.FractionGroupSequence)
    return PlanSummary(
        frozenset(group.text(TAG.FractionGroupNumber) for group in groups),
        frozenset(beam.text(TAG.BeamNumber) for beam in beams),
    )


def plan_parts(ds: DataSet) -> Iterator[PlanPart]:
    """Each part of a plan that an instance names (PS3.3 C.8.8.3)."""
    for at, plan in enumerate(ds.items(TAG.ReferencedRTPlanSequence)):
        uid = plan.text(TAG.ReferencedSOPInstanceUID)
        for nth, group in enumerate(plan.items(TAG.ReferencedFractionGroupSequence)):
            path = f"ReferencedRTPlanSequence[{at}].ReferencedFractionGroupSequence[{nth}]"
            number = group.text(TAG.ReferencedFractionGroupNumber)
            yield PlanPart(path=path, plan=uid, fraction_group=number, beam="")
            for beam_at, beam in enumerate(group.items(TAG.ReferencedBeamSequence)):
                yield PlanPart(
                    path=f"{path}.ReferencedBeamSequence[{beam_at}]",
                    plan=uid,
                    fraction_group="",
                    beam=beam.text(TAG.ReferencedBeamNumber),
                )
