"""What is true of a simulated eye, on one sheet."""

from __future__ import annotations

import numpy as np

from octome.octa.contact_sheet import contact_sheet
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.picture import RGB
from octome.octa.scan_sheet import (
    STRETCHED,
    retina_rows,
    sheet_bscan,
    sheet_enface,
    sheet_flow,
    sheet_surfaces,
)
from octome.octa.structure import structural_volume
from octome.octa.truth import PLEXUSES


def truth_sheet(eye: SimulatedEye) -> RGB:
    """A B-scan of the simulated eye with its true surfaces and vessels, and each plexus en face."""
    g, at = eye.geometry, eye.plan.bscans // 2
    structure = structural_volume(eye.bscans(slice(at, at + 1)))[0]
    motion = eye.truth.motion.axial_px[at].mean()
    rows = {name: row[at] + motion for name, row in eye.truth.surfaces.rows.items()}
    vessels = np.roll(eye.truth.vessels[at], round(float(motion)), axis=0)
    part = retina_rows(rows, structure.shape[0], g.axial_um)
    blood = (vessels > 0).astype(np.float32)
    pictures = [
        (f"B-scan {at}: {eye.plan.repeats} repeats, {STRETCHED}", sheet_bscan(structure[part], g)),
        ("true surfaces", sheet_surfaces(structure, rows, part, g)),
        ("true vessels", sheet_flow(structure[part], blood[part], g, (0.0, 1.5))),
    ]
    for name, label in PLEXUSES.items():
        seen = (eye.truth.vessels == label).any(axis=1)
        if seen.any():
            pictures.append((f"vessels: {name}", sheet_enface(seen.astype(np.float32), g)))
    title = f"Simulated eye: {eye.variant}, seed {eye.seed}"
    return contact_sheet(pictures, columns=3, title=title)
