"""How much of a long test runs: a sample in the suite, all of it in `make soak`."""

from __future__ import annotations

import os
from typing import TypeVar

Amount = TypeVar("Amount", int, float)


def amount(sample: Amount, *, whole: Amount) -> Amount:
    """The amount to try: `whole` with `OCTOME_SOAK=1` in the environment, else a `sample`."""
    return whole if os.environ.get("OCTOME_SOAK") == "1" else sample
