"""How vendors map the amplitude of a B-scan to the 256 greys of a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from octome.octa.acquisition import Float32

GreyCurve = Literal["log", "fourth root", "gamma", "clipped", "dark"]
GREY_CURVES: tuple[GreyCurve, ...] = ("log", "fourth root", "gamma", "clipped", "dark")
BRIGHTEST = 0.998  # quantile of the amplitude


def grey_of_amplitude(
    amplitude: Float32, curve: GreyCurve, *, noise: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """A picture in 8 bits.

    Parameters
    ----------
    amplitude : float32, any shape
        Linear.
    curve : str
        `log` (of the amplitude), `fourth root` (of the power), `gamma` (a power of the amplitude),
        `clipped` (black well above the noise, white well below the brightest) or `dark` (a
        logarithm that leaves most of the retina in the darkest third).
    noise : float
        Amplitude of the noise.
    rng : Generator
        For the two ends of the curve, and its bend.
    """
    sample = amplitude.ravel()[:: max(1, amplitude.size // 20000)]
    white = max(float(np.quantile(sample, BRIGHTEST)), 2 * noise)
    if curve == "fourth root":
        low = noise * rng.uniform(0, 0.6)
        level = np.sqrt(np.maximum(amplitude - low, 0) / (white * rng.uniform(0.8, 1.2)))
    elif curve == "gamma":
        level = (amplitude / white) ** np.float32(rng.uniform(0.4, 1.6))
    else:
        db = 20 * np.log10(np.maximum(amplitude / np.float32(noise), np.float32(1e-3)))
        top = 20 * float(np.log10(white / noise))
        low, high = rng.uniform(-10, 6), top + rng.uniform(-3, 4)
        if curve == "clipped":
            low, high = rng.uniform(0.1, 0.35) * top, top - rng.uniform(2, 7)
        if curve == "dark":
            low, high = rng.uniform(-3, 4), top + rng.uniform(0.4, 1.2) * top
        level = (db - np.float32(low)) / np.float32(high - low)
    return np.asarray(np.rint(255 * np.clip(level, 0, 1)), np.uint8)


def compressed(grey: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """The pictures, (B, Z, X), after they were stored as JPEG of that quality, 1 to 95."""
    out = np.empty_like(grey)
    for b, picture in enumerate(grey):
        stored = BytesIO()
        Image.fromarray(picture).save(stored, "JPEG", quality=quality)
        out[b] = np.asarray(Image.open(stored))
    return out
