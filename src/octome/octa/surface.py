"""The surfaces between the layers of the retina, by the names of the literature.

Names follow the IN-OCT lexicon (https://doi.org/10.1016/j.ophtha.2014.02.023); the codes are
those of context group 4273 (PS3.16).

**Rows.** A row counts from the centre of the first one, as array indices do: row r reaches from
r - 0.5 to r + 0.5, and the boundary between rows r - 1 and r lies at r - 0.5. So it is in every
array and for every reader of a device's lines (whose files do not state how they count). Two places
count from the upper edge of the first row, half a row more: a height map, and the offset of a slab
that begins at the edge of the volume. A mesh holds places in mm; a voxel's is that of its centre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.disc_outline import DiscOutline
from octome.octa.verdict import Verdict


@dataclass(frozen=True)
class Surface:
    """One surface: its short name, what it separates, and its code in context group 4273."""

    name: str
    meaning: str
    scheme: str
    code: str


# From the vitreous downwards.
SURFACES = (
    Surface("ILM", "vitreous above, RNFL below", "SCT", "280677004"),
    Surface("RNFL", "outer surface of the RNFL: GCL below", "DCM", "128289"),
    Surface("GCL", "outer surface of the GCL: IPL below", "DCM", "128290"),
    Surface("IPL", "outer surface of the IPL: INL below", "DCM", "128291"),
    Surface("INL", "outer surface of the INL: OPL below", "DCM", "128292"),
    Surface("OPL", "outer surface of the OPL: HFL and ONL below", "DCM", "128293"),
    Surface("ELM", "external limiting membrane", "SCT", "76710003"),
    Surface("EZ", "centre of the ellipsoid zone", "DCM", "128321"),
    Surface("RPE", "centre of the RPE", "DCM", "128298"),
    Surface("BM", "outer surface of Bruch's membrane: choriocapillaris below", "DCM", "128300"),
    Surface("CC", "outer surface of the choriocapillaris: choroid below", "DCM", "128302"),
    Surface("CSI", "choroid-sclera interface", "DCM", "128301"),
)
SURFACE_NAMES = tuple(surface.name for surface in SURFACES)


TRUSTED = 0.75  # confidence from which a surface counts in measures


@dataclass(frozen=True)
class SurfaceMaps:
    """Surfaces found in one volume, ordered from the vitreous downwards.

    Each map is float32, `(B, X)`: the row in px, fractional, counted as this module says; NaN where
    the surface was not found.
    """

    rows: Mapping[str, Float32]
    """By name (`SURFACE_NAMES`)."""
    confidence: Mapping[str, Float32]
    """By name: `(B, X)`, 0 (nothing there) to 1; 0 where the row is NaN."""
    disc: DiscOutline | None = None
    """None where no optic disc was found, or nobody searched for it."""
    verdict: Verdict | None = None
    """On the scan; None of other systems' instances, and of layers as a device's file has them."""

    def __getitem__(self, name: str) -> Float32:
        return self.rows[name]

    @property
    def is_empty(self) -> bool:
        """Whether no surface was found anywhere."""
        return not any(np.isfinite(row).any() for row in self.rows.values())

    def trusted(self) -> dict[str, Float32]:
        """The rows by name, for measures.

        NaN where the confidence is less than `TRUSTED`; everywhere if the segmentation failed.
        """
        failed = self.verdict is not None and self.verdict.outcome == "failed"
        least = np.inf if failed else TRUSTED
        return {
            name: np.where(self.confidence[name] >= least, row, np.float32(np.nan))
            for name, row in self.rows.items()
        }
