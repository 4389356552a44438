"""Simulated B-scans as the network sees them, with the rows of their surfaces.

PYTHONPATH=src python training/segmentation/samples.py FOLDER --seeds 100000:106000
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from octome.formats.grey import amplitude_of_grey
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.scan_plan import VARIANTS
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.phantom.trouble import Trouble
from octome.octa.segmentation.canonical import CanonicalGrid
from octome.octa.segmentation.layers import NAMES
from octome.octa.segmentation.tissue_rank import tissue_rank

SHARD = 100  # eyes to a file
LOWEST, LEVELS = -0.5, 170.0  # ranks from -0.5 to 1 in 8 bits


Sample = tuple[np.ndarray, np.ndarray]
"""A B-scan: ranks, uint8, (X, Z), and rows of the surfaces, float32, (S, X)."""


# Rare ones that are hard: with `--hard` each eye has one of them.
HARD: tuple[Trouble, ...] = ("mirror", "tilt", "circle", "cysts", "mirror", "tilt", "circle",
                             "subretinal fluid", "shadows", "pigment epithelial detachment",
                             "disc")  # fmt: skip


def structural_sample(seed: int, trouble: Trouble | None = None) -> list[Sample]:
    """The B-scans of one structural eye."""
    eye = structural_eye(seed, trouble=trouble)
    volume = eye.amplitude if eye.grey is None else amplitude_of_grey(eye.grey, 255.0)
    assert volume is not None
    return _samples(volume, eye.geometry, eye.truth)


def angiography_sample(seed: int) -> list[Sample]:
    """A few B-scans of an eye as spectra show it, averaged over repeats without their motion."""
    rng = np.random.default_rng(seed)
    eye = SimulatedEye(
        str(rng.choice(list(VARIANTS))),
        seed,
        bscans=int(rng.integers(3, 9)),
        repeats=int(rng.integers(1, 4)),
        ascans=int(rng.choice([200, 304])),
        bscan_mm=float(rng.uniform(0.03, 0.4)),
    )
    amplitude, row = np.abs(eye.bscans()), np.arange(eye.plan.samples // 2)
    mean = np.zeros(amplitude[:, 0].shape, np.float32)
    for b, r, x in np.ndindex(*(amplitude.shape[axis] for axis in (0, 1, 3))):
        at = row + eye.truth.motion.axial_px_by_ascan[b, r, x]
        mean[b, :, x] += np.interp(at, row, amplitude[b, r, :, x]) / amplitude.shape[1]
    return _samples(mean, eye.geometry, eye.truth.surfaces.rows)


def _samples(volume: Float32, geometry: ScanGeometry, truth: Mapping[str, Float32]) -> list[Sample]:
    ranks = tissue_rank(volume, geometry).of(volume)
    # Each B-scan for itself, however close they are.
    grid = CanonicalGrid.of(ranks.shape, replace(geometry, bscan_mm=1.0))
    top = np.zeros((ranks.shape[0], ranks.shape[2]), np.float32)
    drawn = (
        np.clip((grid.drawn(ranks, top, grid.rows) - LOWEST) * LEVELS, 0, 255)
        .round()
        .astype(np.uint8)
    )
    rows = np.stack([grid.rows_of(truth[name]) for name in NAMES], axis=1)
    return list(zip(drawn, rows, strict=True))


def main() -> None:
    """Write the shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="100000:106000")
    parser.add_argument("--hard", action="store_true", help="each eye with a trouble that is hard")
    parser.add_argument("--angiography", action="store_true", help="eyes as spectra show them")
    given = parser.parse_args()

    def sample(seed: int) -> list[Sample]:
        if given.angiography:
            return angiography_sample(seed)
        return structural_sample(seed, HARD[seed % len(HARD)] if given.hard else None)

    first, end = (int(part) for part in given.seeds.split(":"))
    given.folder.mkdir(parents=True, exist_ok=True)
    size = SHARD // 10 if given.angiography else SHARD
    for start in range(first, end, size):
        scans = [scan for seed in range(start, min(end, start + size)) for scan in sample(seed)]
        grey = np.concatenate([each.ravel() for each, _ in scans])
        rows = np.concatenate([each.T for _, each in scans])  # (columns, S)
        shapes = np.array([each.shape for each, _ in scans])
        name = f"{'angiography' if given.angiography else 'structure'}{start}.npz"
        part = given.folder / f"{name}.part"
        with part.open("wb") as file:
            np.savez(file, grey=grey, rows=rows, shapes=shapes)
        part.rename(given.folder / name)
        print(start, len(scans), "B-scans", flush=True)


if __name__ == "__main__":
    main()
