"""What makes a structural scan hard to segment, and how much of it a simulated eye has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from octome.octa.phantom.grey_curve import GREY_CURVES, GreyCurve
from octome.octa.phantom.lesion import LESIONS

Stratum = Literal["easy", "middle", "hard", "poor"]
Trouble = Literal[
    "drusen", "pigment epithelial detachment", "subretinal fluid", "cysts", "wrinkles",
    "hole", "lamellar hole", "atrophy", "shadows", "hyaloid", "membrane", "haze", "disc",
    "circle", "tilt", "cut", "mirror", "fixation", "uneven signal", "lines", "marks", "compression",
    "spacing",
]  # fmt: skip
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)


@dataclass(frozen=True)
class Range:
    """What a stratum allows, each from and to."""

    contrast_db: tuple[float, float]
    """20 log10 of the mean linear amplitude in GCL and IPL over that of the noise, averaged."""
    frames: tuple[int, int]
    troubles: tuple[int, int]


STRATA: dict[Stratum, Range] = {
    "easy": Range((30.0, 45.0), (16, 100), (0, 1)),
    "middle": Range((20.0, 30.0), (4, 64), (0, 2)),
    "hard": Range((15.0, 20.0), (1, 24), (0, 3)),
    "poor": Range((10.0, 15.0), (1, 12), (0, 3)),
}
# The share of eyes that are pictures in 8 bits; the others are linear amplitude.
IN_GREY = 0.6
SUBTRACTED = 0.3  # the share of scans whose noise floor was subtracted
# Those that would contradict each other are never drawn together.
APART: tuple[set[Trouble], ...] = (
    {"hole", "lamellar hole", "circle", "disc"},
    {"tilt", "cut", "mirror"},
    {"circle", "drusen", "pigment epithelial detachment", "atrophy", "subretinal fluid"},
)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """Of one simulated scan."""

    stratum: Stratum
    contrast_db: float
    frames: int
    """Averaged; 1 for a single look."""
    subtracted: float
    """Power that was subtracted from each voxel, of the noise's: contrast is that before."""
    curve: GreyCurve | None
    """How its picture was made; None for linear amplitude."""
    troubles: frozenset[Trouble]

    @classmethod
    def drawn(
        cls,
        rng: np.random.Generator,
        *,
        stratum: Stratum | None = None,
        trouble: Trouble | Literal["none"] | None = None,
    ) -> Conditions:
        """Conditions at random, within a stratum; with a trouble at least or none if given."""
        strata: tuple[Stratum, ...] = tuple(STRATA)
        chosen = stratum or strata[rng.integers(len(strata))]
        span = STRATA[chosen]
        troubles: set[Trouble] = set() if trouble is None or trouble == "none" else {trouble}
        count = max(len(troubles), int(rng.integers(span.troubles[0], span.troubles[1] + 1)))
        count = 0 if trouble == "none" else count
        for index in rng.permutation(len(TROUBLES)):
            if len(troubles) < count and fits(TROUBLES[index], troubles):
                troubles.add(TROUBLES[index])
        curve = GREY_CURVES[rng.integers(len(GREY_CURVES))] if rng.random() < IN_GREY else None
        if troubles & {"marks", "compression"} and curve is None:
            curve = "log"
        low, high = np.log(span.frames[0]), np.log(span.frames[1])
        return cls(
            stratum=chosen,
            contrast_db=rng.uniform(*span.contrast_db),
            frames=round(float(np.exp(rng.uniform(low, high)))),
            subtracted=rng.uniform(0.5, 1.1) if rng.random() < SUBTRACTED else 0.0,
            curve=curve,
            troubles=frozenset(troubles),
        )

    def has(self, *troubles: Trouble) -> bool:
        """Whether the scan has one of these."""
        return bool(self.troubles & set(troubles))

    @property
    def lesions(self) -> list[str]:
        """The troubles that are lesions of the eye, in a fixed order."""
        return [name for name in LESIONS if name in self.troubles]


def fits(trouble: Trouble, others: set[Trouble]) -> bool:
    """Whether a trouble may come on top of the others."""
    return trouble not in others and not any(trouble in each and others & each for each in APART)
