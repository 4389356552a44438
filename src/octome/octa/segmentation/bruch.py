"""Bruch's membrane: stiff, below the RPE, which drusen or vessels may have lifted off it."""

from __future__ import annotations

import numpy as np
from numpy.polynomial.legendre import legvander

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.band import (
    even,
    flattened,
    group_size,
    grouped,
    smoothed,
    ungrouped,
)
from octome.octa.segmentation.contrast import brightening
from octome.octa.segmentation.surface_chain import below_peak

RPE_TO_BM_UM = 11.0  # half the width of the RPE's band on a clinical OCT
LIFTED_UM = 22.0  # RPE this far above BM: its own lower edge is not BM
# Radius of the ball that BM is drawn along at first: it follows all but narrow lifts. An eye's back
# is hollow, so in a volume what bulges more than the wide ball may be a lift as well; a single
# B-scan may be a circle round the disc, which bulges by itself.
BALL_MM, WIDE_BALL_MM = 7.0, 80.0
LIFT_UM = 6.0  # a lower bulge does not count
# The lower edge of the RPE's band is there whether it is BM or not; a floor below it that brightens
# again is there only where the RPE is lifted, and so counts more.
EDGE_WEIGHT = 0.4
FAINT, FLOOR_WEIGHT, FLOOR_MOST = 0.06, 3.0, 0.36
# A curve steeper than this the ball does not follow; then a polynomial of this order does, as in
# one B-scan alone, which may be a circle round the disc. Otherwise a wide lift might bend it.
CURVED_UM, ORDER = 150.0, 4
TURNS, BULGING = 5, 0.1  # how often it is fitted, and what a point above it counts
GROUP_UM = 30.0
SIGMA_UM = 40.0
ABOVE_UM, BELOW_UM = 30.0, 100.0  # of the envelope; a wide lift raises the envelope too
WINDOW_UM = 8.0
STEEPNESS = 0.8
EVEN_UM = 40.0
POWER = 4.0  # of the ranks: the RPE is the brightest band, the choroid next to it may be nearly so


def bruchs_membrane(ranks: Float32, rpe: Float32, geometry: ScanGeometry) -> Float32:
    """BM, (B, X), from the RPE's centre, both in px.

    Where BM lies close to the RPE it is the lower edge of that band; where the RPE is lifted, the
    first brightening below the dark space under it. In between it follows from its stiffness alone.
    """
    um = geometry.axial_um
    group = group_size(geometry, GROUP_UM)
    start = even(envelope(rpe, geometry, BALL_MM), EVEN_UM, geometry)
    wide = start if len(rpe) == 1 else envelope(rpe, geometry, WIDE_BALL_MM)
    is_lifted = grouped((wide - rpe) * np.float32(um), group) > LIFT_UM
    start = start + np.float32(RPE_TO_BM_UM / um)
    over, under = ABOVE_UM + WINDOW_UM, BELOW_UM + WINDOW_UM
    rows = round((over + under) / min(um, 4.0)) + 1
    row_um = (over + under) / (rows - 1)
    band = flattened(
        np.maximum(ranks, 0) ** np.float32(POWER),
        start - over / um,
        start + under / um,
        rows,
        group=group,
    )
    band = smoothed(band, SIGMA_UM, geometry, group=group)
    step = brightening(band, WINDOW_UM / row_um)
    below_um = (np.arange(rows, dtype=np.float32) * np.float32(row_um) - np.float32(over)) + (
        grouped(start - rpe, group)[..., None] * np.float32(um)
    )
    close = (below_um > RPE_TO_BM_UM / 3) & (below_um < LIFTED_UM)
    far = (below_um > LIFTED_UM + 4) & is_lifted[..., None]
    edge = EDGE_WEIGHT * np.minimum(step, 0)
    floor = -np.clip((step - FAINT) * FLOOR_WEIGHT, 0, FLOOR_MOST)
    cost = np.where(close, edge, np.where(far, floor, 0)).astype(np.float32)
    # BM is never above the RPE's centre.
    cost += np.clip(-below_um, 0, 30) / 25
    total = aggregated(
        cost,
        step_x=STEEPNESS * row_um / (1000 * geometry.ascan_mm * group[1]),
        step_b=STEEPNESS * row_um / (1000 * geometry.bscan_mm * group[0]),
    )
    best = below_peak(total, total.argmin(-1).astype(np.float32))
    away = (best * np.float32(row_um) - np.float32(over)) / np.float32(um)
    row = even(start + ungrouped(away, rpe.shape, group), EVEN_UM, geometry)
    return np.maximum(row, rpe)


def envelope(surface: Float32, geometry: ScanGeometry, ball_mm: float) -> Float32:
    """The curve that a surface bulges up from, (B, X) in px: a ball rolled along it from below.

    The curve of the eye is taken off before: it may look steeper than any ball. The ball is larger
    than any bulge.

    References
    ----------
    Sternberg 1983, Biomedical image processing, Computer 16(1), 22-34: the rolling ball; here a
    paraboloid, so that it may be rolled along X and along B one after the other.
    """
    group = group_size(geometry, GROUP_UM)
    curve = curvature(grouped(surface, (1, group[1])), geometry.axial_um)
    curve = ungrouped(curve, surface.shape, (1, group[1]))
    knots = grouped(surface - curve, group)
    spacing_mm = geometry.bscan_mm * group[0], geometry.ascan_mm * group[1]
    for sign in (1, -1):
        for axis in (0, 1):
            apart_mm = np.subtract.outer(*[np.arange(knots.shape[axis]) * spacing_mm[axis]] * 2)
            ball = np.float32(apart_mm**2 / (2 * ball_mm * geometry.axial_mm))
            along = np.moveaxis(sign * knots, axis, -1)
            rolled = (along[..., None, :] - ball).max(-1)
            knots = np.moveaxis(sign * rolled, -1, axis)
    return ungrouped(knots, surface.shape, group) + curve


def curvature(surface: Float32, axial_um: float) -> Float32:
    """The low order curve of each B-scan (B, X) below which little of the surface lies.

    >>> curvature(np.float32([[0, 1, 4, 9, 16, 25, 36, 49, 64]]), 3.0).round(3).tolist()[0][1:4]
    [1.0, 4.0, 9.0]
    """
    tilt, bend = _fitted(surface, 1), _fitted(surface, 2)
    sag = float(np.median(np.ptp(bend - tilt, axis=1)))
    is_curved = len(surface) == 1 or sag * axial_um > CURVED_UM
    return _fitted(surface, ORDER) if is_curved else tilt


def _fitted(surface: Float32, order: int) -> Float32:
    """The polynomial of each B-scan; what lies above it hardly counts."""
    count = surface.shape[1]
    base = legvander(np.linspace(-1, 1, count), min(order, count - 1))
    fit = np.zeros(surface.shape)
    for b, row in enumerate(surface):
        weight = np.ones(count)
        for _ in range(TURNS):
            root = np.sqrt(weight)
            found = np.linalg.lstsq(base * root[:, None], row * root, rcond=None)[0]
            fit[b] = base @ found
            weight = np.where(row < fit[b], BULGING, 1.0)
    return fit.astype(np.float32)
