"""How good a scan is: the strength of its signal, and the share that the eye's motion spoilt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.enface import slab_projection
from octome.octa.flow.noise_floor import noise_amplitude
from octome.octa.structure import amplitude_db
from octome.octa.verdict import Verdict
from octome.octa.vessel_mask import checked_image

FULL_SIGNAL_DB = 20.0  # of index 10: a retina as bright as good commercial scans show it
STRIPE_FACTOR = 1.5  # of brightness against the neighbours; capillaries alone make less than 1.3
NEIGHBOURS = 11  # B-scans from which the expected brightness of one follows
TORN_SHARE = 0.5  # of the usual correlation between neighbours
LEAST_CORRELATION = 0.3  # below, neighbours differ too much to recognise a tear
HISTOGRAM_BSCANS = 32  # as many are enough for percentiles


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Four numbers about one scan; NaN where there was nothing to measure."""

    signal_db: float
    """Brightness of the retina over that of the noise, dB of power; 0 where only noise is."""
    signal_index: float
    """`signal_db` on a scale from 0 to 10, reached at 20 dB. octome's own: no vendor's scale."""
    tissue_signal_ratio: float
    """Bright over dim pixels of tissue, about 0.2 (all dim) to 0.5, by Stein et al. 2006."""
    motion: float
    """Share of the B-scans that motion spoilt, 0 (none) to 1."""
    verdict: Verdict | None = None
    """On the surfaces between which the signal was measured, if it was given."""


def quality(
    structure: Float32,
    upper: Float32,
    lower: Float32,
    flow_enface: Float32,
    *,
    usable: NDArray[np.bool_] | None = None,
    verdict: Verdict | None = None,
) -> Quality:
    """How good a scan is.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude, averaged over repeats.
    upper, lower : float32, (B, X)
        Rows of ILM and BM.
    flow_enface : float32, (B, X)
        The angiogram of a slab, best the superficial retina, stripes not removed; NaN where absent.
    usable : bool, (B, R), optional
        Frames outside saccades, as `Motion.is_usable`; all if None.
    verdict : Verdict, optional
        On ILM and BM, as `SurfaceMaps.verdict`.

    Returns
    -------
    quality : Quality
        Without a signal if the verdict is that the segmentation failed.

    Raises
    ------
    ShapeMismatch
        Arrays that do not fit together.
    """
    has_failed = verdict is not None and verdict.outcome == "failed"
    level = float("nan") if has_failed else signal_db(structure, upper, lower)
    return Quality(
        signal_db=level,
        signal_index=float(np.clip(10 * level / FULL_SIGNAL_DB, 0, 10)),
        tissue_signal_ratio=tissue_signal_ratio(structure),
        motion=float(spoilt_share(flow_enface, usable=usable).mean()),
        verdict=verdict,
    )


def signal_db(structure: Float32, upper: Float32, lower: Float32) -> float:
    """How much brighter the retina is than the noise.

    The mean amplitude between the surfaces, at the median A-scan, over that of the darkest strip
    of rows.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude.
    upper, lower : float32, (B, X)
        Rows of ILM and BM.

    Returns
    -------
    signal : float
        dB of power, ``20 log10`` of the ratio; NaN without noise or without surfaces.
    """
    retina = slab_projection(structure, upper, lower)
    present = retina[np.isfinite(retina)]
    noise = noise_amplitude(structure)
    if present.size == 0 or not noise > 0:
        return float("nan")
    return float(20 * np.log10(max(float(np.median(present)) / noise, 1e-6)))


def tissue_signal_ratio(structure: Float32) -> float:
    """How many of the brighter pixels are bright, not dim.

    Of the dB values, percentile 75 is the end of the noise, 99 saturation, and halfway between is
    the middle; the ratio is the number of pixels above the middle over the number below it. It does
    not depend on gain, but on how much of the depth tissue fills: compare scans of the same type.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude; at most 32 B-scans of it are read.

    Returns
    -------
    ratio : float
        NaN if there are no values between.

    References
    ----------
    Stein et al. 2006, TSR: https://doi.org/10.1136/bjo.2004.059824. Their quality index is this
    times an intensity ratio, which is omitted: it needs the zero of one device's grey scale.
    """
    decibels = amplitude_db(structure[:: max(1, -(-len(structure) // HISTOGRAM_BSCANS))])
    decibels = decibels[np.isfinite(decibels)]
    if decibels.size == 0:
        return float("nan")
    noise, saturation = np.percentile(decibels, (75, 99))
    middle = (noise + saturation) / 2
    dim = np.count_nonzero((decibels > noise) & (decibels <= middle))
    bright = np.count_nonzero((decibels > middle) & (decibels <= saturation))
    return float(bright / dim) if dim else float("nan")


def spoilt_share(
    flow_enface: Float32, *, usable: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """How much of each B-scan motion spoilt.

    All of it where it is absent, where it is a stripe (1.5 times brighter or darker than its
    neighbours, as bulk motion makes it), and where it is torn from the one before (their
    correlation is less than half of what is usual in this scan). Else the share of its frames
    that are not usable.

    Parameters
    ----------
    flow_enface : float32, (B, X)
        An angiogram, stripes not removed; NaN where absent.
    usable : bool, (B, R), optional
        All if None.

    Returns
    -------
    spoilt : float32, (B,)
        0 to 1.

    Examples
    --------
    >>> flow = np.tile(np.float32([1, 2, 1, 3]), (6, 1))
    >>> flow[2] *= 5
    >>> spoilt_share(flow).tolist()
    [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
    """
    checked_image(flow_enface)
    bscans = len(flow_enface)
    spoilt = np.zeros(bscans, np.float32)
    if usable is not None:
        if usable.ndim != 2 or len(usable) != bscans:
            raise ShapeMismatch(
                f"usable has a row for each of {bscans} B-scans; found shape {usable.shape}",
                found=usable.shape,
                needed=bscans,
            )
        spoilt[:] = 1 - usable.mean(axis=1)
    present = np.isfinite(flow_enface).any(axis=1)
    spoilt[~present] = 1
    there = np.flatnonzero(present)
    image = flow_enface[there]
    spoilt[there[_is_stripe(image)]] = 1
    spoilt[there[_is_torn(image, there)]] = 1
    return spoilt


def _is_stripe(image: Float32) -> NDArray[np.bool_]:
    """Which B-scans are much brighter or darker than those around them."""
    if len(image) == 0:
        return np.zeros(0, bool)
    level = np.nanmean(image, axis=1)
    usual = ndimage.median_filter(level, size=min(NEIGHBOURS, len(level)), mode="nearest")
    return np.asarray((level > usual * STRIPE_FACTOR) | (level * STRIPE_FACTOR < usual))


def _is_torn(image: Float32, where: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which B-scans show other tissue than the B-scan before, which must be a neighbour."""
    torn = np.zeros(len(image), bool)
    if len(image) < 2:
        return torn
    away = np.nan_to_num(image - np.nanmean(image, axis=1, keepdims=True))
    power = np.sqrt((away**2).sum(axis=1))
    product = power[1:] * power[:-1]
    product_is = product > 0
    likeness = (away[1:] * away[:-1]).sum(axis=1) / np.where(product_is, product, 1)
    comparable = product_is & (np.diff(where) == 1)
    if not comparable.any():
        return torn
    usual = float(np.median(likeness[comparable]))
    if usual >= LEAST_CORRELATION:
        torn[1:] = comparable & (likeness < TORN_SHARE * usual)
    return torn
