"""A healthy eye along one line, for tests to change."""

from __future__ import annotations

import numpy as np

from octome.octa.phantom.anatomy import Build, Macula
from octome.octa.phantom.optic_disc import OpticDisc
from octome.octa.phantom.scan_plan import VARIANTS
from octome.octa.phantom.section import Section

BUILD = Build(tilt=(0.0, 0.0), curvature_mm=20.0, pit_mm=0.45, shoulder=1.6, periphery_mm=5.0)
DISC = OpticDisc.drawn(np.random.default_rng(3))


def section(y: float = 0.0) -> Section:
    """A line from 3 mm temporal of the fovea to beyond the disc."""
    x = np.linspace(-3, 6, 600)[None]
    macula = Macula(VARIANTS["normal"], 2, BUILD)
    return Section.healthy(np.full(x.shape, y), x, macula=macula, disc=DISC)
