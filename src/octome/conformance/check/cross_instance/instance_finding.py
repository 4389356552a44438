"""Findings of rules that span instances, each with the instance that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from octome.conformance.check.cross_instance.instance_summary import InstanceSummary
from octome.conformance.check.finding import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceFinding:
    """A finding about one of several instances; the other fields are those of `Finding`."""

    instance: InstanceSummary
    code: str
    path: str
    message: str
    fix: str
    section: str
    outcome: Outcome = "violation"


InstanceFindings = Iterator[InstanceFinding]
