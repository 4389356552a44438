"""Findings of rules that span instances, each with the instance that it is told of."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.cross_instance.identity import Identity
from octome.conformance.check.finding import Finding

Told = Iterator[tuple[Identity, Finding]]


def told(
    one: Identity,
    code: str,
    path: str,
    message: str,
    fix: str,
    section: str,
    *,
    outcome: str = "violation",
) -> tuple[Identity, Finding]:
    """One finding of one instance."""
    return one, Finding(code, outcome, path, message, fix, "", None, section)
