"""Limits of one check: how long it may take, and how many findings it lists.

A file can be crafted so that it breaks one rule in every one of its items. A report lists the first
findings of each cause and how many more there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one check.

    Attributes
    ----------
    seconds : float or None
        The time after which the check stops and reports that; None for no limit.
    findings : int
        How many findings of each outcome are listed.
    of_a_cause : int
        How many findings of one cause are listed: one code at one attribute, in any item.
    """

    seconds: float | None = None
    findings: int = 500
    of_a_cause: int = 20

    def __post_init__(self) -> None:
        if min(self.findings, self.of_a_cause) < 1 or (self.seconds or 0) < 0:
            raise ValueError(f"limits are positive: {self}")


class OutOfTime(Exception):
    """The time of a check is over. The checker catches it and reports an incomplete check."""


class Deadline:
    """The end of the time that a check may take, from now on."""

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    def require(self) -> None:
        """Raise `OutOfTime` if the time is over."""
        if self._end is not None and monotonic() >= self._end:
            raise OutOfTime
