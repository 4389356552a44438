"""Trains the network on simulated B-scans and writes its weights.

python training/segmentation/train.py SAMPLES HELD_OUT OUT [--hours 1.2]
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from network import SURFACES, SurfaceNetwork

SEED = 20261128
BATCH, COLUMNS = 8, 96
WHOLE, LEVEL = 320, 192  # rows of a piece: as scanned, or with the retina made level
WHOLE_SHARE = 0.25  # of the batches; their columns are those of the first look
RATE = 1.2e-3
LOWEST, LEVELS = -0.5, 170.0
MARGIN = 16  # of rows that were not recorded, above and below
ALONG_BM = 0.5  # share of the level pieces
NEAREST = 8  # rows from a surface to the end of a level piece
UNRECORDED = LOWEST + 0.5 / LEVELS
OTHER_CHOROID = 0.5  # share of the pieces that get one
ANGIOGRAPHY, WIDEST = 3.0, 512  # weight of their eyes; columns that count
NO_EYE = 0.04  # share of the pieces without one
SCALES = (0.68, 1.5)  # of depth and of width against the stated spacing
WIDTH_ROWS = 0.7  # standard deviation of the truth


class Samples:
    """All simulated B-scans at random, changed at random."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scans: list[tuple[np.ndarray, np.ndarray]] = []
        self.weights: list[float] = []
        self.read: set[Path] = set()
        self.refresh()

    def refresh(self) -> None:
        """Read the files that have come since; samples may still be in the making."""
        for path in sorted(set(self.folder.glob("*.npz")) - self.read):
            self.read.add(path)
            shard = np.load(path)
            grey, rows, at, column = shard["grey"], shard["rows"], 0, 0
            for x, z in shard["shapes"]:
                scan = grey[at : at + x * z].reshape(x, z)
                self.scans.append((scan, rows[column : column + x].T))
                rare = ANGIOGRAPHY if path.name.startswith("angiography") else 1.0
                self.weights.append(rare * min(x, WIDEST) ** 0.5)
                at, column = at + x * z, column + x
        self.chance = np.array(self.weights) / np.sum(self.weights)

    def drawn(self, rng: np.random.Generator, rows: int = LEVEL) -> tuple[np.ndarray, np.ndarray]:
        """A piece of a B-scan, float32 (COLUMNS, rows), and its surfaces, (S, COLUMNS)."""
        if rng.random() < NO_EYE:
            return no_eye(rng, rows), np.full((SURFACES, COLUMNS), np.nan, np.float32)
        while True:
            piece = self._piece(rng, rows)
            if piece is not None:
                break
        image, truth = piece
        if rng.random() < 0.5:
            image, truth = image[::-1], truth[:, ::-1]
        recorded = image > UNRECORDED
        if rng.random() < OTHER_CHOROID:
            image = _other_choroid(image, truth[-1], rng)
        image = np.where(recorded, _changed(image, rng), LOWEST)
        out = np.full((COLUMNS, rows), LOWEST, np.float32)
        known = np.full((SURFACES, COLUMNS), np.nan, np.float32)
        left = rng.integers(0, COLUMNS - len(image) + 1)
        out[left : left + len(image)] = image
        known[:, left : left + len(image)] = truth
        return out, known

    def _piece(self, rng: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray] | None:
        """A piece of one B-scan at another scale; None if its retina does not fit."""
        scan, truth = self.scans[rng.choice(len(self.scans), p=self.chance)]
        tall = np.exp(rng.normal(0, 0.16)).clip(*SCALES)
        wide = np.exp(rng.normal(0, 0.25)).clip(*SCALES)
        if rows == WHOLE:
            wide = max(wide / rng.integers(1, 5), min(1.0, 24 / len(scan)))
        wanted = min(scan.shape[0], max(8, round(COLUMNS / wide)))
        start = rng.integers(0, scan.shape[0] - wanted + 1)
        scan, truth = scan[start : start + wanted], truth[:, start : start + wanted]
        truth = np.where((truth > -0.5) & (truth < scan.shape[1] - 0.5), truth, np.nan) * tall
        columns = min(COLUMNS, round(wanted * wide))
        image = scan.astype(np.float32) / LEVELS + LOWEST
        image, truth = _narrowed(image, truth, columns)
        line = np.zeros(columns) if rows == WHOLE else _level(truth, rng)
        over = truth - line
        known = over[np.isfinite(over)]
        first, last = (known.min(), known.max()) if known.size else (0.0, 0.0)
        depth = image.shape[1] * tall
        if rows == LEVEL:
            spare = rows - 2 * NEAREST - (last - first)
            if spare < 0:
                return None
            top = first - NEAREST - rng.uniform(0, spare)
        elif depth > rows - 2 * MARGIN:
            # The piece of depth holds the retina, nearly always.
            top = np.clip(
                (first + last) / 2 - rows * rng.uniform(0.2, 0.8), -MARGIN, depth - rows + MARGIN
            )
        else:
            top = -MARGIN - rng.uniform(0, rows - 2 * MARGIN - depth)
        image = _sheared(image, line + top, tall, rows)
        truth = truth - line - top
        return image, np.where((truth > -0.5) & (truth < rows - 0.5), truth, np.nan)


def _narrowed(image: np.ndarray, truth: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """The piece with another number of columns: averaged, or nearest where they are more."""
    count = len(image)
    if columns <= count // 2:
        first = np.arange(columns) * count // columns
        width = np.diff(np.append(first, count))
        image = np.add.reduceat(image, first) / width[:, None].astype(np.float32)
        middle = first + width // 2
        return image, truth[:, middle]
    at = np.linspace(0, count - 1, columns)
    near = np.rint(at).astype(int)
    if columns < count:
        low = np.floor(at).astype(int)
        part = (at - low)[:, None].astype(np.float32)
        high = np.minimum(low + 1, count - 1)
        return image[low] * (1 - part) + image[high] * part, truth[:, near]
    return image[near], truth[:, near]


def _level(truth: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A line along the retina as the first look finds it: a surface's, smooth and a little wrong.

    Over a lifted RPE it may take that for BM, so that the network must not trust it.
    """
    columns = truth.shape[1]
    x, known = np.arange(columns), np.isfinite(truth)
    along = -1 if rng.random() < ALONG_BM else int(rng.choice([8, 8, 8, 7, 0]))
    line = np.full(columns, np.nan)
    for row in (along, *range(len(truth) - 1, -1, -1)):
        both = known[row] & known[along]
        away = float(np.median((truth[row] - truth[along])[both])) if both.any() else 0.0
        line = np.where(np.isnan(line) & known[row], truth[row] - away, line)
    there = np.isfinite(line)
    if not there.any():
        return np.zeros(columns)
    line = np.interp(x, x[there], line[there])
    sigma = rng.uniform(2, 20)
    padded = np.pad(line, columns - 1, mode="reflect", reflect_type="odd")
    line = gaussian_filter(padded, sigma)[columns - 1 : 2 * columns - 1]
    wave = gaussian_filter(rng.standard_normal(columns), rng.uniform(8, 40), mode="nearest")
    wrong = rng.uniform(0, 3) * wave / max(wave.std(), 1e-6) + rng.normal(0, 0.06) * x
    return np.asarray(line * (1 - 0.15 * rng.random() * (rng.random() < 0.3)) + wrong)


def _sheared(image: np.ndarray, top: np.ndarray, tall: float, rows: int) -> np.ndarray:
    """`rows` rows of each column from its own top on, linear in depth."""
    z = (np.arange(rows) + top[:, None]) / tall
    low = np.floor(z).astype(int)
    part = (z - low).astype(np.float32)
    inside = (z >= 0) & (z <= image.shape[1] - 1)
    low = np.clip(low, 0, image.shape[1] - 1)
    high = np.minimum(low + 1, image.shape[1] - 1)
    x = np.arange(len(image))[:, None]
    found = image[x, low] * (1 - part) + image[x, high] * part
    return np.where(inside, found, np.float32(LOWEST))


def no_eye(rng: np.random.Generator, rows: int) -> np.ndarray:
    """What a scanner sees without an eye: noise, fixed lines, a wall or skin with its decay."""
    image = rng.standard_normal((COLUMNS, rows)) * rng.uniform(0.02, 0.35)
    if rng.random() < 0.5:
        image = gaussian_filter(image, rng.uniform(0.3, 1.5))
    if rng.random() < 0.3:
        lines = rng.integers(0, rows, rng.integers(1, 5))
        image[:, lines] += rng.uniform(0.1, 0.8)
    if rng.random() < 0.5:
        column = np.arange(COLUMNS)
        top = (
            rng.uniform(0, rows)
            + rng.normal(0, 0.5) * column
            + rng.uniform(0, 8) * np.sin(column / rng.uniform(4, 40))
        )
        deep = np.arange(rows) - top[:, None]
        decay = np.exp(-np.maximum(deep, 0) / rng.uniform(3, 120)) * (deep >= 0)
        speckle = rng.rayleigh(0.8, decay.shape) ** rng.uniform(0.3, 1.2)
        image += rng.uniform(0.3, 1.0) * decay * speckle
    out = np.clip(image, LOWEST, 1.0).astype(np.float32)
    if rows == LEVEL and rng.random() < 0.5:
        return out
    room = rng.integers(0, MARGIN * 4, 2)
    out[:, : MARGIN + room[0]] = LOWEST
    out[:, rows - MARGIN - room[1] :] = LOWEST
    return out


def _other_choroid(image: np.ndarray, bm: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blobs and a bright band below BM, so that nothing there says where BM lies."""
    if np.isfinite(bm).sum() < 2:
        return image
    x = np.arange(len(bm))
    bm = np.interp(x, x[np.isfinite(bm)], bm[np.isfinite(bm)])
    deep = np.arange(image.shape[1]) - bm[:, None]
    inside = np.clip((deep - 1) / rng.uniform(1, 6), 0, 1)
    blobs = gaussian_filter(
        rng.standard_normal(image.shape), (rng.uniform(1.5, 12), rng.uniform(1.5, 10))
    )
    gain = np.exp(rng.uniform(0, 1.2) * blobs / max(blobs.std(), 1e-6) + rng.normal(0, 0.3))
    wave = gaussian_filter(rng.standard_normal(len(bm)), rng.uniform(4, 30), mode="nearest")
    depth = rng.uniform(10, 90) + rng.uniform(0, 12) * wave / max(wave.std(), 1e-6)
    band = np.exp(-(((deep - depth[:, None]) / rng.uniform(1.5, 15)) ** 2))
    band *= rng.uniform(0, 0.7) * rng.rayleigh(0.8, image.shape) ** rng.uniform(0, 1)
    changed = np.where(image > 0, image * gain, image) + band
    return np.asarray(image + inside * (np.minimum(changed, 1) - image), np.float32)


def _changed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """More noise, other brightness, darker stripes: scanners that were not simulated."""
    image = image.copy()
    if rng.random() < 0.2:
        image = gaussian_filter(image, (rng.uniform(0, 2.0), rng.uniform(0, 0.8)))
    if rng.random() < 0.3:
        noise = rng.standard_normal(image.shape).astype(np.float32)
        image += noise * rng.uniform(0.02, 0.25)
    if rng.random() < 0.3:
        knots = rng.uniform(0.75, 1.1, 6)
        gain = np.interp(np.linspace(0, 5, len(image)), np.arange(6), knots)
        image *= gain[:, None].astype(np.float32)
    if rng.random() < 0.2:
        image = np.sign(image) * np.abs(image) ** np.float32(rng.uniform(0.75, 1.35))
    if rng.random() < 0.15:
        for _ in range(rng.integers(1, 4)):
            at, half = rng.integers(len(image)), rng.integers(1, 6)
            first = rng.integers(0, image.shape[1])
            image[max(0, at - half) : at + half, first:] *= np.float32(rng.uniform(0.1, 0.8))
    if rng.random() < 0.08:
        at, half = rng.integers(len(image)), rng.integers(2, 16)
        image[max(0, at - half) : at + half] = 0
    return image


def target(truth: np.ndarray, rows: int) -> np.ndarray:
    """The wanted distribution over rows and `absent`, float32, (N, S, X, rows + 1)."""
    row = np.arange(rows, dtype=np.float32)
    near = np.exp(-0.5 * ((row - truth[..., None]) / WIDTH_ROWS) ** 2)
    near = np.nan_to_num(near, nan=0.0)
    absent = np.isnan(truth)[..., None].astype(np.float32)
    return np.concatenate([near / np.maximum(near.sum(-1, keepdims=True), 1e-9), absent], -1)


def main() -> None:
    """Train for the hours given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=Path)
    parser.add_argument("held_out", type=Path, help="folder of samples that are not trained on")
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--hours", type=float, default=1.2)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(given.threads)
    rng = np.random.default_rng(SEED)
    samples, held = Samples(given.samples), Samples(given.held_out)
    check = [held.drawn(np.random.default_rng(n)) for n in range(96)]
    print(len(samples.scans), "B-scans", flush=True)
    network = SurfaceNetwork().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if given.start is not None:
        network.load_state_dict(torch.load(given.start))
    print(sum(p.numel() for p in network.parameters()), "weights", flush=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-4)
    average: dict[str, torch.Tensor] = {}
    start, step, losses = time.time(), 0, []
    while (spent := (time.time() - start) / 3600 / given.hours) < 1:
        rate = (
            RATE
            * min(1.0, (step + 1) / 200)
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * spent)))
        )
        for group in optimiser.param_groups:
            group["lr"] = rate
        rows = WHOLE if rng.random() < WHOLE_SHARE else LEVEL
        pieces = [samples.drawn(rng, rows) for _ in range(BATCH)]
        image = torch.from_numpy(np.stack([each for each, _ in pieces])[:, None])
        image = image.contiguous(memory_format=torch.channels_last)
        wanted = torch.from_numpy(target(np.stack([each for _, each in pieces]), rows))
        network.train()
        loss = -(wanted * network(image)).sum(3).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        losses.append(float(loss))
        step += 1
        keep = min(0.999, (step + 1) / (step + 10))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                average[name] = average.get(name, value.clone()) * keep + value * (1 - keep)
            else:
                average[name] = value.clone()
        if step % 250 == 0:
            print(step, f"{spent:.3f}", f"loss {np.mean(losses[-250:]):.3f}", flush=True)
        if step % 500 == 0:
            samples.refresh()
        if step % 1000 == 0 or spent > 0.999:
            _report(average, check)
            torch.save(average, given.out)
    torch.save(average, given.out)
    print("done", step, "steps of", BATCH, flush=True)


def _report(weights: dict[str, torch.Tensor], check: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Errors on held out pieces, by surface: mean absolute rows, right about absence."""
    network = SurfaceNetwork()
    network.load_state_dict(weights)
    network.eval()
    with torch.no_grad():
        found = torch.cat([network(torch.from_numpy(image[None, None])) for image, _ in check])
    truth = np.stack([each for _, each in check])
    chance = found.exp().numpy()
    row = chance[..., :-1].argmax(-1)
    off = np.abs(row - truth)
    says = chance[..., -1] > 0.5
    print("  rows off", np.nanmean(off, axis=(0, 2)).round(2), flush=True)
    print("  right about absence", (says == np.isnan(truth)).mean(axis=(0, 2)).round(3), flush=True)


if __name__ == "__main__":
    main()
