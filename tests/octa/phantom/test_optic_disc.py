"""The optic disc."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.optic_disc import CIRCLE_MM, LEFT, OpticDisc

DISC = OpticDisc.drawn(np.random.default_rng(0))
ANGLE = np.linspace(-np.pi, np.pi, 721)


def on_circle(disc: OpticDisc, radius_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions by angle; 0 is towards the fovea."""
    return disc.y + radius_mm * np.sin(ANGLE), disc.x - radius_mm * np.cos(ANGLE)


def test_nerve_fibres_are_as_thick_as_healthy_eyes_have_them() -> None:
    discs = [OpticDisc.drawn(np.random.default_rng(seed)) for seed in range(60)]
    means = [disc.fibres(*on_circle(disc, CIRCLE_MM)).mean() for disc in discs]
    assert 85 < np.median(means) < 108


def test_there_are_two_humps_away_from_the_fovea_and_from_the_nose() -> None:
    thick = DISC.fibres(*on_circle(DISC, CIRCLE_MM))
    for low, high in ((-1.6, -0.8), (0.8, 1.6)):
        hump = thick[(low < ANGLE) & (high > ANGLE)].max()
        assert hump > 1.5 * thick[np.abs(ANGLE) < 0.2].max()


def test_the_rim_meets_the_retina_and_the_cup_lies_deeper() -> None:
    y, x = on_circle(DISC, DISC.radius_mm * 0.9999)
    edge = np.full(y.shape, 300.0)
    assert DISC.height(y, x, edge) == pytest.approx(300, abs=1)
    centre = DISC.height(np.array([DISC.y]), np.array([DISC.x]), edge[:1])
    assert centre == pytest.approx(-DISC.cup_um)


def test_layers_thin_towards_the_disc() -> None:
    near, far = (DISC.taper(*on_circle(DISC, radius)) for radius in (DISC.radius_mm, 3.0))
    assert near == pytest.approx(LEFT, abs=1e-6)
    assert far == pytest.approx(1)
