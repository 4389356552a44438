"""What lies above the retina: clear or hazy vitreous, its posterior hyaloid, a membrane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.phantom.anatomy import Field
from octome.octa.phantom.noise import SmoothField
from octome.octa.phantom.optic_disc import smooth_step

NOWHERE_UM = -1e5
CLEAR_DB = -60.0
ATTACHED_UM = 12.0


@dataclass(frozen=True, kw_only=True)
class Vitreous:
    """Above the ILM: power in dB against the nerve fibre layer, depths in um, `(B, X)`."""

    above_db: float
    """Above the hyaloid."""
    below_db: float
    """Between the hyaloid and the retina."""
    hyaloid_um: Field
    """Depth of its upper edge; far above the scan where it is attached or not there."""
    thick_um: float
    hyaloid_db: Field
    membrane_db: Field
    """How much brighter an epiretinal membrane makes the ILM."""

    @classmethod
    def clear(cls, shape: tuple[int, int], haze_db: float = CLEAR_DB) -> Vitreous:
        """Without hyaloid and membrane."""
        return cls(
            above_db=haze_db,
            below_db=haze_db,
            hyaloid_um=np.full(shape, NOWHERE_UM),
            thick_um=0.0,
            hyaloid_db=np.full(shape, haze_db),
            membrane_db=np.zeros(shape),
        )

    @classmethod
    def detached(
        cls, rng: np.random.Generator, y: Field, x: Field, ilm_um: Field, haze_db: float
    ) -> Vitreous:
        """With a hyaloid that floats above the retina, attached in places, patchy or whole."""
        far = rng.uniform(40, 420)
        gap = far * (0.7 + 0.5 * SmoothField(rng, rng.uniform(8, 20))(y, x))
        depth = np.minimum(_taut(y, x, ilm_um) - gap, ilm_um - gap.clip(0, None))
        floats = ilm_um - depth > ATTACHED_UM
        patches = SmoothField(rng, rng.uniform(0.2, 1.2))(y, x)
        bright = rng.uniform(-20, -3) + rng.uniform(0, 5) * patches
        return cls(
            above_db=haze_db,
            below_db=haze_db + rng.uniform(-8, 0),
            hyaloid_um=np.where(floats, depth, NOWHERE_UM),
            thick_um=rng.uniform(5, 16),
            hyaloid_db=np.asarray(bright),
            membrane_db=np.zeros(y.shape),
        )

    def with_membrane(self, rng: np.random.Generator, y: Field, x: Field) -> Vitreous:
        """With an epiretinal membrane in places."""
        where = smooth_step(SmoothField(rng, rng.uniform(1.5, 4))(y, x) + 1.2)
        return Vitreous(
            above_db=self.above_db,
            below_db=self.below_db,
            hyaloid_um=self.hyaloid_um,
            thick_um=self.thick_um,
            hyaloid_db=self.hyaloid_db,
            membrane_db=rng.uniform(3, 9) * where,
        )


def _taut(y: Field, x: Field, ilm_um: Field) -> Field:
    """A smooth sheet that follows the retina and bridges its pits: a paraboloid, um."""
    terms = np.stack([np.ones(y.size), *(each.ravel() for each in (y, x, y * y, x * x, x * y))])
    fitted, *_ = np.linalg.lstsq(terms.T, ilm_um.ravel(), rcond=None)
    return np.asarray((fitted @ terms).reshape(y.shape))
