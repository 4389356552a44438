"""A picture of each scan: as it is, with the surfaces found, with those of the truth."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from octome.octa.acquisition import Float32

COLOURS = {
    "ILM": (255, 60, 60), "RNFL": (255, 160, 0), "GCL": (160, 120, 60), "IPL": (255, 255, 0),
    "INL": (0, 220, 0), "OPL": (0, 220, 220), "ELM": (120, 120, 255), "EZ": (255, 0, 255),
    "RPE": (255, 140, 190), "BM": (60, 140, 255),
}  # fmt: skip


def write_picture(path: Path, bscan: Float32, *layers: Mapping[str, Float32]) -> None:
    """A grey B-scan (Z, X) without lines, and below it once more with each set of surfaces."""
    low, high = np.quantile(bscan, (0.02, 0.998))
    grey = (np.clip((bscan - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8)
    twice = np.repeat(np.repeat(grey, 2, 0), 2, 1)
    panels = [np.repeat(twice[..., None], 3, -1)]
    for surfaces in layers:
        drawn = panels[0].copy()
        for name, row in surfaces.items():
            x = np.flatnonzero(np.isfinite(row))
            at = np.clip(np.rint(2 * row[x] + 0.5).astype(int), 0, len(drawn) - 1)
            drawn[at, 2 * x] = drawn[at, 2 * x + 1] = COLOURS[name]
        panels.append(drawn)
    rows = np.concatenate([row for found in layers for row in found.values()])
    top = max(0, int(2 * np.nanmin(rows)) - 80)
    bottom = min(len(twice), int(2 * np.nanmax(rows)) + 160)
    Image.fromarray(np.concatenate([panel[top:bottom] for panel in panels])).save(path)
