"""How far the surfaces of one scan can be trusted, in one word, and why not further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Outcome = Literal["good", "poor", "failed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Verdict:
    """What octome says about the surfaces of one scan, its own or a device's.

    A scan that failed gives no measures; it has no surfaces either where it shows no retina. Those
    of a poor one should be looked at before they are used.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    """What is wrong, in plain words, the worst first; empty if nothing is."""

    def __str__(self) -> str:
        """One line.

        >>> str(Verdict("poor", ("contrast 16.2 dB", "BM found in 71% of A-scans")))
        'poor: contrast 16.2 dB; BM found in 71% of A-scans'
        """
        return f"{self.outcome}: {'; '.join(self.reasons)}" if self.reasons else self.outcome
