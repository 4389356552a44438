"""All rules that span instances, over those that are there together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from octome.conformance.check.cross_instance import agreement, octa
from octome.conformance.check.cross_instance.identity import Identity
from octome.conformance.check.cross_instance.telling import Told
from octome.conformance.check.finding import Finding

RULES: tuple[Callable[[Sequence[Identity]], Told], ...] = (
    agreement.same_instance_twice,
    agreement.one_patient_and_study,
    agreement.class_of_the_referenced,
    octa.purpose_of_the_referenced,
    octa.one_frame_of_reference,
    octa.one_kind_per_series,
    octa.frame_by_frame,
)


def findings_together(identities: Sequence[Identity]) -> list[tuple[Identity, Finding]]:
    """What instances that are there together say differently, each with whom it is told of."""
    return [told for rule in RULES for told in rule(identities)]
