"""Codes that no context group gives, as a table."""

from __future__ import annotations

from octome.conformance.made.spot import Spot

CODES: dict[str, tuple[str, str, str]] = {}


def known_code(spot: Spot) -> tuple[str, str, str] | None:
    """The code that the table has for a code sequence; None where it has none."""
    word = spot.rule.keyword
    for name in (f"{spot.plan.ciod}:{word}", f"{spot.holder}.{word}", word):
        if name in CODES:
            return CODES[name]
    return None
