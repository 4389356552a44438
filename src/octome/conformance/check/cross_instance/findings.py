"""All rules that span instances."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from octome.conformance.check.cross_instance import (
    agreement,
    chain_geometry,
    chain_slab,
    directory,
    octa,
    plan,
)
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
    chain_slab.image_type_of_the_source,
    chain_slab.surfaces_that_bound,
    chain_slab.offsets_of_bounds,
    chain_slab.surfaces_of_the_projected_volume,
    chain_geometry.same_eye,
    chain_geometry.same_frame_as_its_surfaces,
    chain_geometry.one_patient_per_frame_of_reference,
    chain_geometry.size_of_the_source,
    chain_geometry.spacing_of_the_source,
    chain_geometry.directions_of_the_source,
    chain_geometry.height_of_a_row,
    chain_geometry.corners_on_the_localizer,
    chain_geometry.created_after_the_scan,
)


def cross_instance_findings(summaries: Sequence[InstanceSummary]) -> list[InstanceFinding]:
    """Where instances disagree with each other."""
    return [finding for rule in RULES for finding in rule(summaries)]
