"""How much of a long test runs: a sample in the suite, all of it in `make soak`."""

from __future__ import annotations

import os
from typing import TypeVar

Amount = TypeVar("Amount")
# Widths and colour schemes of a page; the first two show each width and each scheme once.
LOOKS = ((1300, "light"), (390, "dark"), (1300, "dark"), (390, "light"))


def amount(sample: Amount, *, whole: Amount) -> Amount:
    """How many, or which, to try: `whole` with `OCTOME_SOAK=1` set, else a `sample`."""
    return whole if os.environ.get("OCTOME_SOAK") == "1" else sample
