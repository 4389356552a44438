"""The optic disc and the nerve fibres that gather at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.phantom.anatomy import Field

# Of the circle on which the thickness of the nerve fibre layer is usually given, mm.
CIRCLE_MM = 1.73
TAPER_MM = 0.35  # over which the layers thin towards the disc
LEFT = 0.25  # of their thickness at its edge
RAPHE_UM = 5.0  # nerve fibre layer far from the disc


def smooth_step(t: Field) -> Field:
    """From 0 at 0 to 1 at 1, level at both ends.

    >>> smooth_step(np.array([-1.0, 0.5, 2.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


@dataclass(frozen=True, kw_only=True)
class OpticDisc:
    """One disc: Bruch's membrane ends at its edge, the nerve fibres turn into its rim.

    The nerve fibre layer on the circle is 100 um thick in healthy eyes, with a deviation of 12 um
    (Budenz et al. 2007, Ophthalmology 114:1046, 328 eyes), and has two humps.
    """

    y: float
    x: float
    radius_mm: float
    """Of the opening in Bruch's membrane."""
    cup: float
    """Radius of the cup, in parts of the disc's."""
    cup_um: float
    """Depth of the cup below the opening."""
    even_um: float
    """Nerve fibre layer on the circle between the humps."""
    humps: tuple[tuple[float, float, float], ...]
    """Angle from the fovea's side and width (rad), height (um)."""

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> OpticDisc:
        """A disc as healthy eyes have it, and some with fewer fibres."""
        healthy = rng.uniform(0.85, 1.15) if rng.random() < 0.75 else rng.uniform(0.4, 0.85)
        humps = tuple(
            (sign * rng.uniform(0.95, 1.4), rng.uniform(0.38, 0.6), healthy * rng.uniform(65, 105))
            for sign in (-1, 1)
        )
        return cls(
            y=rng.uniform(-0.7, -0.1),
            x=rng.uniform(4.0, 4.7),
            radius_mm=rng.uniform(0.72, 0.98),
            cup=rng.uniform(0.05, 0.55),
            cup_um=rng.uniform(20, 350),
            even_um=max(25.0, healthy * rng.uniform(62, 76)),
            humps=humps,
        )

    def distance(self, y: Field, x: Field) -> Field:
        """From the disc's centre, mm."""
        return np.asarray(np.hypot(y - self.y, x - self.x))

    def fibres(self, y: Field, x: Field) -> Field:
        """Thickness of the nerve fibre layer, um: fewer fibres the further from the disc."""
        angle = np.arctan2(y - self.y, self.x - x)
        on_circle = np.full(angle.shape, self.even_um)
        for at, width, height in self.humps:
            away = (angle - at + np.pi) % (2 * np.pi) - np.pi
            on_circle += height * np.exp(-((away / width) ** 2))
        far = (CIRCLE_MM / np.maximum(self.distance(y, x), self.radius_mm)) ** 1.2
        return np.asarray(RAPHE_UM + on_circle * far)

    def taper(self, y: Field, x: Field) -> Field:
        """Of the layers below the nerve fibres: 1 away from the disc, `LEFT` at its edge."""
        t = (self.distance(y, x) - self.radius_mm) / TAPER_MM
        return np.asarray(LEFT + (1 - LEFT) * smooth_step(t))

    def is_inside(self, y: Field, x: Field) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Where Bruch's membrane is open."""
        return np.asarray(self.distance(y, x) < self.radius_mm)

    def height(self, y: Field, x: Field, at_edge: Field) -> Field:
        """Of the ILM above Bruch's membrane inside the disc, um; `at_edge` is the rim's."""
        t = (self.distance(y, x) / self.radius_mm - self.cup) / (1 - self.cup)
        rim = smooth_step(t)
        bulge = 0.18 * at_edge * np.sin(np.pi * np.clip(t, 0, 1)) ** 2
        return np.asarray(at_edge * rim + bulge - self.cup_um * (1 - rim))
