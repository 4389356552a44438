"""The result of checking attributes against each other."""

from __future__ import annotations

from dataclasses import dataclass

from octome.conformance.check.finding import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Attributes that contradict each other; the fields are those of a finding."""

    code: str
    path: str
    message: str
    fix: str
    section: str
    outcome: Outcome = "violation"
