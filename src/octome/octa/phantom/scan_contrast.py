"""Contrast of a scan: 20 log10 of the mean amplitude in GCL and IPL over that of the noise."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32


def inner_power(power: Float32, truth: dict[str, Float32]) -> Float32:
    """The power in GCL and IPL; of the whole retina where there are none. (B, X, Z) -> (N,)."""
    row = np.arange(power.shape[2], dtype=np.float32)
    for upper, lower in (("RNFL", "IPL"), ("ILM", "BM")):
        inside = (row >= truth[upper][..., None]) & (row <= truth[lower][..., None])
        if inside.any():
            found = power[inside]
            return found[:: max(1, found.size // 20000)]
    return power.ravel()


def gain_for(contrast_db: float, power: Float32) -> float:
    """The factor of power that gives it this contrast to noise of power 1.

    >>> round(gain_for(20.0, np.full(3, 2.0, np.float32)), 2)
    49.5
    """
    aim = 10 ** (contrast_db / 20)
    low, high = -12.0, 12.0
    for _ in range(50):
        middle = (low + high) / 2
        mean = float(np.sqrt(power * 10**middle + 1).mean())
        low, high = (middle, high) if mean < aim else (low, middle)
    return float(10**low)
