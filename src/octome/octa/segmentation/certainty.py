"""From what speaks for and against a surface to the chance that it is right.

A table, measured on simulated eyes by `benchmarks/octa/calibrate_confidence.py`: for each surface
a curve of every feature, whose sum is a score, and one monotone curve from score to chance.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.segmentation.evidence import FEATURES

TABLE = "certainty.json"


@dataclass(frozen=True, kw_only=True)
class Certainty:
    """How the features of one surface become a chance."""

    start: float
    """The score that all begin with."""
    curves: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    """For each of `FEATURES`: values of it, rising, and what each adds to the score."""
    chance: tuple[NDArray[np.float64], NDArray[np.float64]]
    """Scores, rising, and the chance at each, never falling."""

    def score(self, evidence: Float32) -> NDArray[np.float64]:
        """The score of each A-scan, for evidence of shape (F, ...)."""
        total = np.full(evidence.shape[1:], self.start)
        for values, (places, parts) in zip(evidence, self.curves, strict=True):
            total += np.interp(values, places, parts)
        return total

    def of(self, evidence: Float32) -> Float32:
        """The chance that the surface lies within 5 px of the true one, 0 to 1."""
        return np.interp(self.score(evidence), *self.chance).astype(np.float32)


def chances(evidence: Mapping[str, Float32]) -> dict[str, Float32]:
    """The chance that each surface lies within 5 px of the true one, at each A-scan.

    Parameters
    ----------
    evidence : mapping of float32, (F, B, X)
        As `evidence.evidence` gives it, by name of the surface.

    Returns
    -------
    chances : dict of float32, (B, X)
    """
    table = certainty_table()
    return {name: table[name].of(features) for name, features in evidence.items()}


@cache
def certainty_table() -> dict[str, Certainty]:
    """The table, by name of the surface."""
    text = resources.files(__package__ or "").joinpath(TABLE).read_text("utf-8")
    return {name: _certainty(row) for name, row in json.loads(text).items()}


def _certainty(row: Mapping[str, object]) -> Certainty:
    """One surface's part of the table: pairs of lists, by feature, and for the chance."""

    def curve(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        places, parts = np.array(row[name], np.float64)
        return places, parts

    start = np.array(row["start"], np.float64).item()
    return Certainty(
        start=start, curves=tuple(curve(name) for name in FEATURES), chance=curve("chance")
    )
