"""All rules that span instances."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from octome.conformance.check.cross_instance import agreement, directory, octa, plan
from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary

RULES: tuple[Callable[[Sequence[InstanceSummary]], InstanceFindings], ...] = (
    agreement.same_instance_twice,
    agreement.one_patient_and_study,
    agreement.class_of_the_referenced,
    agreement.named_instances,
    agreement.referenced_instances,
    directory.files_of_a_directory,
    plan.parts_of_a_plan,
    octa.purpose_of_the_referenced,
    octa.one_frame_of_reference,
    octa.one_kind_per_series,
    octa.frame_by_frame,
)


def cross_instance_findings(summaries: Sequence[InstanceSummary]) -> list[InstanceFinding]:
    """Where instances disagree with each other."""
    return [finding for rule in RULES for finding in rule(summaries)]
