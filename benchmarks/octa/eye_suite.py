"""Two hundred simulated eyes, from easy to hopeless: the regression test of segmentation.

`python benchmarks/octa/eye_suite.py --help` says how to run it and how to see every eye.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from octome.formats.grey import amplitude_of_grey
from octome.octa.acquisition import Float32
from octome.octa.phantom.structural_eye import StructuralEye, structural_eye
from octome.octa.phantom.trouble import STRATA, TROUBLES, Stratum, Trouble

COUNT = 200
FIRST_SEED = 14_000
# Large scans, by number of the eye: B-scans and A-scans.
SHAPES = {40: (128, 128), 90: (1024, 48), 140: (256, 96), 190: (64, 256)}
Planned = Trouble | Literal["none"]
PLANNED: tuple[Planned, ...] = ("none", "none", *TROUBLES)


@dataclass(frozen=True)
class SuiteEye:
    """Eye `number` of the suite, as octome reads it."""

    number: int
    volume: Float32
    """(B, Z, X), linear amplitude; that of a picture as `formats` derives it from grey."""
    eye: StructuralEye

    @property
    def what_is_hard(self) -> str:
        """Stratum, contrast, averaging, grey curve and troubles in one line."""
        c = self.eye.conditions
        curve = c.curve or "linear"
        troubles = ", ".join(sorted(c.troubles)) or "healthy"
        return f"{c.stratum} {c.contrast_db:.0f} dB, {c.frames} frames, {curve}: {troubles}"


def plan(number: int) -> tuple[Stratum, Planned]:
    """The stratum of eye `number` and the trouble that it has at least: each equally often."""
    if not 0 <= number < COUNT:
        raise IndexError(f"the suite has eyes 0 to {COUNT - 1}; found {number}")
    trouble = PLANNED[(number // len(STRATA)) % len(PLANNED)]
    return tuple(STRATA)[number % len(STRATA)], trouble


def suite_eye(number: int) -> SuiteEye:
    """Eye 0 to 199."""
    stratum, trouble = plan(number)
    eye = structural_eye(
        FIRST_SEED + number, stratum=stratum, trouble=trouble, shape=SHAPES.get(number)
    )
    return as_read(number, eye)


def as_read(number: int, eye: StructuralEye) -> SuiteEye:
    """An eye as octome reads it."""
    if eye.amplitude is not None:
        return SuiteEye(number, eye.amplitude, eye)
    assert eye.grey is not None
    return SuiteEye(number, amplitude_of_grey(eye.grey, 255.0), eye)
