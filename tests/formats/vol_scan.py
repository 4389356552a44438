"""Heidelberg .vol files of a made retina in every scan pattern, to test what follows."""

from __future__ import annotations

import numpy as np
from vol_file import VolFile

Point = tuple[float, float]
ASCANS, DEPTH = 24, 160
LENGTH = ASCANS * 0.0125


# Where each layer begins, of the depth from ILM to BM, and its amplitude: octome finds a retina.
LAYERS = (
    (0.0, 1.0), (0.1, 0.5), (0.22, 0.65), (0.35, 0.35), (0.46, 0.6), (0.55, 0.2), (0.84, 0.9),
    (0.89, 0.5), (0.94, 1.2), (1.0, 0.5),
)  # fmt: skip


def scan(starts: list[Point], ends: list[Point], *, pattern: int = 3) -> VolFile:
    """A retina whose ILM falls along each B-scan, one row more in each."""
    bscans = len(starts)
    b, z, x = np.mgrid[:bscans, :DEPTH, :ASCANS].astype(np.float32)
    ilm, bm = 30 + b[:, 0] + 0.25 * x[:, 0], 110 + b[:, 0]
    depth = (z - ilm[:, None]) / (bm - ilm)[:, None]
    amplitude = np.full(depth.shape, 0.05, np.float32)
    for begins, level in LAYERS:
        amplitude[depth > begins] = level
    noise = np.random.default_rng(0).gamma(8.0, 1 / 8, depth.shape)
    power = (0.25 * amplitude**2 * noise).astype(np.float32)
    return VolFile(power, layers=[ilm, bm], starts=starts, ends=ends, pattern=pattern)


def starts_along(y: list[float]) -> tuple[list[Point], list[Point]]:
    """Where horizontal B-scans at these heights begin and end."""
    return [(1.0, each) for each in y], [(1.0 + LENGTH, each) for each in y]


def star(bscans: int = 6) -> VolFile:
    turns = np.arange(bscans) * np.pi / bscans
    half = LENGTH / 2 * np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    return scan([tuple(3 - h) for h in half], [tuple(3 + h) for h in half], pattern=5)


def circle(eye: bytes = b"OD") -> VolFile:
    """It begins on the temporal side."""
    radius = LENGTH / (2 * np.pi)
    file = scan([(3 - radius if eye == b"OD" else 3 + radius, 3.0)], [(3.0, 3.0)], pattern=2)
    file.position = eye
    return file


PATTERNS = {
    "raster": lambda: scan(*starts_along([2.5 - 0.1 * n for n in range(6)])),
    "uneven": lambda: scan(*starts_along([2.0, 2.1, 2.2, 2.5, 2.6, 2.9])),
    "line": lambda: scan(*starts_along([2.0]), pattern=1),
    "star": star,
    "circle": circle,
}
