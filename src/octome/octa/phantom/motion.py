"""How the simulated eye moves while it is scanned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from octome.octa.phantom.noise import stream
from octome.octa.phantom.scan_plan import ScanPlan
from octome.octa.truth import TrueMotion

Times = NDArray[np.float64]

AXIAL_UM = 25.0  # standard deviation of the head's and the pulse's axial motion
DRIFT_UM = 10.0  # of the slow lateral wander of the eye's gaze
SACCADES_PER_S = 0.7
SACCADE_UM = (50.0, 110.0)
SACCADE_S = 0.004
FARTHEST_UM = 150.0  # the gaze is held: jumps that would lead further away are reversed
STILL_UM = 4.0  # lateral motion within a B-scan above which it counts as part of a saccade


def ascan_times(plan: ScanPlan) -> Times:
    """When each A-scan is taken, s; `(B, R, X)`."""
    frames = np.arange(plan.bscans * plan.repeats) * plan.repeat_interval_ms / 1000
    within = np.arange(plan.ascans) / plan.ascan_rate_hz
    return (frames[:, None] + within).reshape(plan.bscans, plan.repeats, plan.ascans)


def wander(rng: np.random.Generator, times: Times, hz: tuple[float, float], spread: float) -> Times:
    """A smooth random motion of the given standard deviation, of frequencies between `hz`."""
    waves = 8
    low, high = hz
    frequency = low * (high / low) ** rng.uniform(0, 1, waves)
    phase = rng.uniform(0, 2 * np.pi, waves)
    total = np.zeros(times.shape)
    for each, turn in zip(frequency, phase, strict=True):
        total += np.sin(2 * np.pi * each * times + turn)
    return np.asarray(total * spread * np.sqrt(2 / waves))


def jumps(rng: np.random.Generator, plan: ScanPlan, times: Times, scale: float) -> Times:
    """The saccades: displacement along Y and X in um, `(2, B, R, X)`."""
    count = plan.saccades
    if count is None:
        count = int(rng.poisson(SACCADES_PER_S * scale * plan.duration_s)) if scale else 0
    moments = np.sort(rng.uniform(0.1, 0.95, count)) * plan.duration_s
    at = np.zeros(2)
    total = np.zeros((2, *times.shape))
    for moment in moments:
        angle = rng.uniform(0, 2 * np.pi)
        step = rng.uniform(*SACCADE_UM) * np.array([np.sin(angle), np.cos(angle)])
        if np.hypot(*(at + step)) > FARTHEST_UM:
            step = -step if np.hypot(*(at - step)) <= FARTHEST_UM else -at
        at = at + step
        course = expit((times - moment) / (SACCADE_S / 4))
        total += step[:, None, None, None] * course
    return total


def motion_of(plan: ScanPlan, seed: int, scale: float, axial_mm: float) -> TrueMotion:
    """The motion of one eye during one scan; `scale` 0 for an eye that holds still."""
    rng = stream(seed, "motion")
    times = ascan_times(plan)
    axial = wander(rng, times, (0.25, 3.0), AXIAL_UM * scale)
    slow, fast = (wander(rng, times, (0.05, 0.5), DRIFT_UM * scale) for _ in range(2))
    # An eye is where it is planned to be when the scan begins.
    axial, slow, fast = (path - path[0, 0, 0] for path in (axial, slow, fast))
    jump = jumps(rng, plan, times, scale)
    slow, fast = slow + jump[0], fast + jump[1]
    within = np.hypot(np.ptp(jump[0], axis=-1), np.ptp(jump[1], axis=-1))
    axial_px = (axial / (axial_mm * 1000)).astype(np.float32)
    lateral_px = (fast / (plan.ascan_mm * 1000)).astype(np.float32)
    return TrueMotion(
        axial_px=axial_px.mean(axis=-1),
        axial_px_by_ascan=axial_px,
        lateral_px=lateral_px.mean(axis=-1),
        lateral_px_by_ascan=lateral_px,
        slow_px=(slow / (plan.bscan_mm * 1000)).mean(axis=-1).astype(np.float32),
        is_saccade=within > STILL_UM,
    )
