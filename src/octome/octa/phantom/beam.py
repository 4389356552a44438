"""What the beam meets: scatterers of random phase, blurred by its width, some of them moving.

Each voxel scatters with a random complex amplitude whose power is the tissue's; the beam adds up
its neighbours. That is fully developed speckle. Moving scatterers draw part of their amplitude
again for each repeat.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Complex64, Float32
from octome.octa.kernel import kernel
from octome.octa.phantom.noise import complex_normal, stream
from octome.octa.phantom.tissue import Tissue
from octome.octa.truth import TrueMotion

TAPS = 7
KEPT = 16  # planes of scatterers held ready, of which a B-scan needs 7
FWHM_PER_SIGMA = 2.3548


@dataclass(frozen=True)
class Scatterers:
    """One plane of tissue as amplitudes, `(Z, X)`."""

    static: Complex64
    moving: Float32
    """Power."""
    rho: Float32


class Beam:
    """The frames of one scan, before the light is spread over depth by the source's spectrum."""

    def __init__(self, tissue: Tissue, motion: TrueMotion, lateral_um: float, seed: int) -> None:
        self._tissue = tissue
        self._motion = motion
        self._seed = seed
        # The field's width: the intensity is its square.
        sigma_um = lateral_um / FWHM_PER_SIGMA * np.sqrt(2)
        g = tissue.geometry
        self._sigma_b = max(sigma_um / (g.bscan_mm * 1000), 0.3)
        self._sigma_x = max(sigma_um / (g.ascan_mm * 1000), 0.3)
        self._planes: OrderedDict[int, Scatterers] = OrderedDict()

    def copy(self) -> Beam:
        """The same beam with its own planes, for another thread."""
        other = object.__new__(Beam)
        other.__dict__.update(self.__dict__)
        other._planes = OrderedDict()
        return other

    def _plane(self, index: int) -> Scatterers:
        """The plane at one B-scan of the plan; computed once while it is needed."""
        if index in self._planes:
            self._planes.move_to_end(index)
            return self._planes[index]
        cut = self._tissue.slice(index)
        noise = complex_normal(stream(self._seed, "scatterers", index), cut.static.shape)
        noise *= np.sqrt(cut.static)
        plane = Scatterers(noise, cut.moving, cut.rho)
        self._planes[index] = plane
        if len(self._planes) > KEPT:
            self._planes.popitem(last=False)
        return plane

    def _across(self, y: float) -> tuple[Complex64, Float32, Float32]:
        """What the beam sees of the planes about `y`: static amplitude, moving power, rho."""
        first = int(np.floor(y)) - TAPS // 2
        weights = _weights(np.array([y - first]), self._sigma_b)[0]
        planes = [self._plane(first + n) for n in range(TAPS)]
        static = np.zeros_like(planes[0].static)
        moving = np.zeros_like(planes[0].moving)
        rho = np.zeros_like(planes[0].rho)
        for weight, plane in zip(weights, planes, strict=True):
            if weight > 1e-4:
                _add_plane(plane.static, plane.moving, plane.rho, weight, static, moving, rho)
        _finish_moving(moving, rho)
        return static, moving, rho

    def frames(self, b: int) -> Complex64:
        """The repeats at position `b`, complex64, `(R, Z, X)`, power 1 for the nerve fibre layer.

        Laterally as the moving eye was met, axially as if it held still.
        """
        motion, margin = self._motion, self._tissue.margin_x
        repeats, ascans = motion.lateral_px_by_ascan.shape[1:]
        chance = stream(self._seed, "flow", b)
        out = np.empty((repeats, self._tissue.depth, ascans), np.complex64)
        seen_at = np.inf
        blood: Complex64 | None = None
        for repeat in range(repeats):
            y = b + float(motion.slow_px[b, repeat])
            if abs(y - seen_at) > 0.02:
                static, moving, rho = self._across(y)
                seen_at = y
            fresh = complex_normal(chance, static.shape)
            if blood is None:
                blood = fresh
            else:
                _renew(blood, fresh, rho)
            x = np.arange(ascans) + margin + motion.lateral_px_by_ascan[b, repeat]
            x = np.clip(x, TAPS // 2, static.shape[1] - TAPS // 2 - 2)
            first = np.floor(x).astype(np.int64) - TAPS // 2
            weights = _weights(x - first, self._sigma_x)
            _along(static, moving, blood, first, weights, out[repeat])
        return out


def _weights(at: NDArray[np.float64], sigma: float) -> Float32:
    """Of TAPS samples about each fractional place; their squares add up to 1."""
    weights = np.exp(-((np.arange(TAPS) - at[:, None]) ** 2) / (2 * sigma**2))
    weights /= np.sqrt((weights**2).sum(axis=1, keepdims=True))
    return weights.astype(np.float32)


@kernel
def _add_plane(static, moving, rho, weight, total, moving_total, rho_total):  # type: ignore[no-untyped-def]
    power = weight * weight
    for z in range(static.shape[0]):
        for x in range(static.shape[1]):
            total[z, x] += weight * static[z, x]
            share = power * moving[z, x]
            moving_total[z, x] += share
            rho_total[z, x] += share * rho[z, x]


@kernel
def _finish_moving(moving, rho):  # type: ignore[no-untyped-def]
    """Turn summed power into amplitude, and summed correlation into its mean."""
    for z in range(moving.shape[0]):
        for x in range(moving.shape[1]):
            if moving[z, x] > 0:
                rho[z, x] /= moving[z, x]
                moving[z, x] = np.sqrt(moving[z, x])


@kernel
def _renew(blood, fresh, rho):  # type: ignore[no-untyped-def]
    for z in range(blood.shape[0]):
        for x in range(blood.shape[1]):
            old = rho[z, x]
            blood[z, x] = old * blood[z, x] + np.sqrt(np.float32(1.0) - old * old) * fresh[z, x]


@kernel
def _along(static, moving, blood, first, weights, out):  # type: ignore[no-untyped-def]
    for z in range(out.shape[0]):
        for x in range(out.shape[1]):
            total = np.complex64(0.0)
            at = first[x]
            for tap in range(weights.shape[1]):
                field = static[z, at + tap] + moving[z, at + tap] * blood[z, at + tap]
                total += weights[x, tap] * field
            out[z, x] = total
