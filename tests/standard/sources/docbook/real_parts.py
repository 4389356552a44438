"""The real parts in the shared data: short ones in every run, all of them in `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from soak import amount

SHARED = Path(__file__).parents[5] / "shared" / "data"
ALL = sorted((SHARED / "standard" / "docbook").glob("*/*.xml")) + sorted(
    (SHARED / "docbook-excerpt").glob("*.xml")
)
EXCERPT_OF_PART_3 = SHARED / "docbook-excerpt" / "part03.xml"
MOST_BYTES = amount(1_100_000, whole=1 << 40)
# Part 7 is there in seven editions: the first and the last of them are enough.
ALIKE = amount(("2016c", "2020b", "2024a", "2024c", "2025b"), whole=())
REAL = [
    file
    for file in ALL
    if (file.stat().st_size <= MOST_BYTES or file == EXCERPT_OF_PART_3)
    and not file.stem.endswith(ALIKE)
]

real_part = pytest.mark.parametrize(
    "file", REAL, ids=lambda file: f"{file.parent.name}-{file.stem}"
)
