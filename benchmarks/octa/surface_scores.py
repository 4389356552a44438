"""How far found surfaces are from true ones, and whether their confidence shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.surface import TRUSTED, SurfaceMaps

RIGHT_PX = 2.0  # mean absolute error of a surface that is right
FAR_PX = 5.0
KEPT = TRUSTED  # confidence from which a column is kept
LEAST_FOUND = 0.5  # of a true surface's columns; found in fewer, it is missing
LEAST_COLUMNS = 8  # of a true surface, to be judged


@dataclass(frozen=True)
class SurfaceScore:
    """One surface of one eye."""

    apart: Float32
    """Found less true row, of each column where the surface exists; NaN where it was not found."""
    sure: Float32
    """Confidence in each of these columns."""
    invented: Float32
    """Confidence in each column where a surface was found that does not exist."""

    @property
    def found(self) -> float:
        """Share of the surface that was found."""
        return float(np.isfinite(self.apart).mean())

    @property
    def error(self) -> float:
        """Mean absolute error where it was found, px; NaN if nowhere."""
        size = np.abs(self.apart[np.isfinite(self.apart)])
        return float(size.mean()) if size.size else float("nan")

    @property
    def is_right(self) -> bool:
        """Whether it was found, and within `RIGHT_PX`."""
        return self.found >= LEAST_FOUND and self.error <= RIGHT_PX


Scores = dict[str, SurfaceScore]


def scores(
    found: SurfaceMaps,
    truth: Mapping[str, Float32],
    where: NDArray[np.bool_] | None = None,
) -> Scores:
    """The score of each surface that exists in a scan.

    Parameters
    ----------
    found : SurfaceMaps
    truth : mapping of float32, (B, X)
        Rows as in `SurfaceMaps`, NaN where a surface does not exist.
    where : bool, (B, X), optional
        The columns that are scored; all if None.
    """
    scored = {}
    for name, row in truth.items():
        exists, is_found = np.isfinite(row), np.isfinite(found[name])
        if where is not None:
            exists, is_found = exists & where, is_found & where
        if exists.sum() >= LEAST_COLUMNS:
            sure = found.confidence[name]
            apart = found[name][exists] - row[exists]
            scored[name] = SurfaceScore(apart, sure[exists], sure[is_found & ~exists])
    return scored


def are_right(scored: Scores) -> bool:
    """Whether every surface is right."""
    return all(each.is_right for each in scored.values())


def wrong(scored: Scores) -> str:
    """The surfaces that are not right, with their errors in px."""
    missed = [name for name, each in scored.items() if each.found < LEAST_FOUND]
    off = [f"{name} {each.error:.1f}" for name, each in scored.items()
           if name not in missed and not each.is_right]  # fmt: skip
    return ", ".join([*off, *(f"{name} missing" for name in missed)])


def surface_table(every: Sequence[Scores]) -> list[str]:
    """Lines of a table: errors and confidence by surface, over all columns of many eyes."""
    lines = [
        "surface   MAE    bias   95 %    found   kept >5 px   good kept   invented, kept",
    ]
    names = list(dict.fromkeys(name for each in every for name in each))
    by_name = {name: [each[name] for each in every if name in each] for name in names}
    by_name["all"] = [score for mine in by_name.values() for score in mine]
    for name, mine in by_name.items():
        apart, sure = (
            np.concatenate([getattr(each, what) for each in mine]) for what in ("apart", "sure")
        )
        invented = np.concatenate([each.invented for each in mine])
        seen = np.isfinite(apart)
        size = np.abs(apart)
        kept, good = seen & (sure >= KEPT), seen & (size <= FAR_PX)
        lines.append(
            f"{name:6} {size[seen].mean():6.2f} {apart[seen].mean():+7.2f} "
            f"{np.quantile(size[seen], 0.95):6.1f}  {seen.mean():7.1%}"
            f"      {_share(size > FAR_PX, kept):7.1%}     {_share(kept, good):7.1%}"
            f"          {_share(invented >= KEPT, np.ones(invented.shape, bool)):7.1%}"
        )
    return lines


def _share(what: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(what[among].mean()) if among.any() else float("nan")
