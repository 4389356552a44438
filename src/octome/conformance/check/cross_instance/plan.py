"""Rules for radiotherapy plans and what refers to their parts (PS3.3 C.8.8.3)."""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary


def parts_of_a_plan(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A dose that names a fraction group or a beam names one that its plan has."""
    plans = {one.instance: one for one in summaries if one.plan is not None}
    for one in summaries:
        for part in one.plan_parts:
            other = plans.get(part.plan)
            if other is None or other.plan is None:
                continue
            for keyword, number, known, what in (
                (
                    "ReferencedFractionGroupNumber",
                    part.fraction_group,
                    other.plan.fraction_groups,
                    "fraction group",
                ),
                ("ReferencedBeamNumber", part.beam, other.plan.beams, "beam"),
            ):
                if number and known and number not in known:
                    yield InstanceFinding(
                        instance=one,
                        code="beam",
                        path=f"{part.path}.{keyword}",
                        message=f"it is {number}, but {other.file} has no such {what}",
                        fix=f"Name a {what} of the plan",
                        section="PS3.3 C.8.8.3",
                    )
