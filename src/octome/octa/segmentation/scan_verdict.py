"""The verdict on a scan: whether its surfaces can be used, from what was seen of its retina."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.verdict import Verdict

# dB of contrast (`scan_contrast`): below the first, no surfaces were ever compared with the truth;
# below the second, one simulated eye in 25 has a surface that is off by more than 2 px.
LEAST_DB, FAIR_DB = 9.0, 15.0
# Share of the A-scans in which the ILM is found, and BM.
LEAST_FOUND, MOSTLY_FOUND = 0.5, 0.9
# Share of all rows found that count in measures.
LEAST_TRUSTED, MOSTLY_TRUSTED = 0.3, 0.7
# Share of the A-scans with an ILM that look like a retina (`layering.is_layered`).
LEAST_LAYERED, MOSTLY_LAYERED = 0.3, 0.65


@dataclass(frozen=True, kw_only=True)
class RetinaSigns:
    """What was seen of the retina in each A-scan, each bool, (B, X)."""

    is_layered: NDArray[np.bool_]
    """`layering.is_layered`."""
    is_cut_above: NDArray[np.bool_]
    """The scan begins within the retina."""
    is_cut_below: NDArray[np.bool_]
    """The scan ends within the retina, or just below it."""


def scan_verdict(
    rows: Mapping[str, Float32],
    signs: RetinaSigns,
    contrast_db: float | None,
    *,
    trusted: float = 1.0,
) -> Verdict:
    """The verdict on the surfaces of a scan.

    Parameters
    ----------
    rows : mapping of float32, (B, X)
        As found, NaN where not.
    signs : RetinaSigns
    contrast_db : float or None
        As of `scan_contrast_db`.
    trusted : float
        Share of all rows found whose confidence is `surface.TRUSTED` or more.
    """
    doubt = f"confidence low in {1 - trusted:.0%} of what was found"
    reasons = tuple(_failures(rows, signs, contrast_db))
    if not reasons and trusted < LEAST_TRUSTED:
        reasons = (doubt,)
    if reasons:
        return Verdict("failed", reasons)
    reasons = tuple(_flaws(rows, signs, contrast_db))
    if trusted < MOSTLY_TRUSTED:
        reasons += (doubt,)
    return Verdict("poor", reasons) if reasons else Verdict("good")


def drawn_verdict(rows: Mapping[str, Float32], contrast_db: float | None) -> Verdict:
    """The verdict on surfaces that a device or other software drew, by contrast and share alone.

    Parameters
    ----------
    rows : mapping of float32, (B, X)
        NaN where nothing was drawn.
    contrast_db : float or None
        As of `scan_contrast_db`.
    """
    shares = {name: float(np.isfinite(rows[name]).mean()) for name in ("ILM", "BM") if name in rows}
    failures: list[str] = []
    flaws: list[str] = []
    if contrast_db is not None and contrast_db < FAIR_DB:
        (failures if contrast_db < LEAST_DB else flaws).append(f"contrast {contrast_db:.1f} dB")
    for name, share in shares.items():
        if share < MOSTLY_FOUND:
            is_lost = name == "ILM" and share < LEAST_FOUND
            (failures if is_lost else flaws).append(f"{name} drawn in {share:.0%} of A-scans")
    if failures:
        return Verdict("failed", (*failures, *flaws))
    return Verdict("poor", tuple(flaws)) if flaws else Verdict("good")


def shows_retina(rows: Mapping[str, Float32], signs: RetinaSigns) -> bool:
    """Whether there is a retina in a scan: else its surfaces would be invented."""
    found = np.isfinite(rows["ILM"]).mean()
    return bool(found >= LEAST_FOUND and _layered(rows, signs) >= LEAST_LAYERED)


def _layered(rows: Mapping[str, Float32], signs: RetinaSigns) -> float:
    """Of the A-scans with an ILM and an end of the retina: the share that looks like one."""
    both = np.isfinite(rows["ILM"]) & np.isfinite(rows["BM"])
    return float(signs.is_layered[both].mean()) if both.any() else 0.0


def _failures(
    rows: Mapping[str, Float32], signs: RetinaSigns, contrast_db: float | None
) -> Iterator[str]:
    """Why the surfaces cannot be used at all."""
    if contrast_db is not None and contrast_db < LEAST_DB:
        yield f"contrast {contrast_db:.1f} dB, needs {LEAST_DB:g}"
    found = float(np.isfinite(rows["ILM"]).mean())
    if found < LEAST_FOUND:
        yield f"ILM found in {found:.0%} of A-scans"
    elif (layered := _layered(rows, signs)) < LEAST_LAYERED:
        yield f"layers of a retina seen in {layered:.0%} of A-scans"


def _flaws(
    rows: Mapping[str, Float32], signs: RetinaSigns, contrast_db: float | None
) -> Iterator[str]:
    """Why they should be looked at first."""
    if contrast_db is not None and contrast_db < FAIR_DB:
        yield f"contrast {contrast_db:.1f} dB"
    for where, is_cut in (("top", signs.is_cut_above), ("bottom", signs.is_cut_below)):
        cut = float(is_cut.mean())
        if cut > 1 - MOSTLY_FOUND:
            yield f"retina cut off at the {where} in {cut:.0%} of A-scans"
    for name, is_cut in (("ILM", signs.is_cut_above), ("BM", signs.is_cut_below)):
        found = float(np.isfinite(rows[name]).mean())
        if found + float(is_cut.mean()) < MOSTLY_FOUND:
            yield f"{name} found in {found:.0%} of A-scans"
    layered = _layered(rows, signs)
    if layered < MOSTLY_LAYERED:
        yield f"layers of a retina seen in {layered:.0%} of A-scans"
