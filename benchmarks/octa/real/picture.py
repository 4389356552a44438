"""A picture of each scan: as it is, with the surfaces found, with those of the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from titled import WHITE, legend, stacked, titled

from octome.octa.acquisition import Float32

COLOURS = {
    "ILM": (255, 60, 60), "RNFL": (255, 160, 0), "GCL": (160, 120, 60), "IPL": (255, 255, 0),
    "INL": (0, 220, 0), "OPL": (0, 220, 220), "ELM": (120, 120, 255), "EZ": (255, 0, 255),
    "RPE": (255, 140, 190), "BM": (60, 140, 255),
}  # fmt: skip


@dataclass(frozen=True)
class Layers:
    """Surfaces (X) by name, and whose they are."""

    title: str
    rows: Mapping[str, Float32]


def write_picture(path: Path, title: str, bscan: Float32, *layers: Layers) -> None:
    """A grey B-scan (Z, X) without lines, and below it once more with each set of surfaces."""
    low, high = np.quantile(bscan, (0.02, 0.998))
    grey = (np.clip((bscan - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8)
    plain = np.repeat(np.repeat(np.repeat(grey, 2, 0), 2, 1)[..., None], 3, -1)
    rows = np.concatenate([row for found in layers for row in found.rows.values()])
    top, bottom = 0, len(plain)
    if np.isfinite(rows).any():
        top = max(0, int(2 * np.nanmin(rows)) - 80)
        bottom = min(bottom, int(2 * np.nanmax(rows)) + 160)
    panels = [titled(plain[top:bottom], [(title, WHITE)])]
    for found in layers:
        drawn = plain.copy()
        for name, row in found.rows.items():
            x = np.flatnonzero(np.isfinite(row))
            at = np.clip(np.rint(2 * row[x] + 0.5).astype(int), 0, len(drawn) - 1)
            drawn[at, 2 * x] = drawn[at, 2 * x + 1] = COLOURS[name]
        words = [(found.title, WHITE), *legend(list(found.rows), COLOURS)]
        panels.append(titled(drawn[top:bottom], words))
    Image.fromarray(stacked(panels)).save(path)
