"""Measure what confidence in a surface is worth, and write the table that the package reads.

PYTHONPATH=src python benchmarks/octa/calibrate_confidence.py [--more 300] [--data ../shared/data]

Run it again after any change of the segmentation. Each surface of the suite's eyes, and of more
eyes of the same kind, is compared with the truth; a column is right within 5 px, and wrong where
the surface does not exist. One additive logistic model of `evidence`'s features is fitted for each
surface, then a monotone curve to its scores in eyes that it was not fitted to. Prints, for these
too: of the columns kept the share that is wrong, of the right ones the share that is kept. With
--data the same on annotated real eyes, which are never fitted to.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np
from eye_suite import COUNT, SHAPES, SuiteEye, as_read, suite_eye
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.phantom.trouble import STRATA
from octome.octa.segmentation import certainty, layers
from octome.octa.segmentation.certainty import Certainty
from octome.octa.segmentation.evidence import FEATURES, SIGNS, evidence
from octome.octa.segmentation.tissue_rank import tissue_rank
from octome.octa.surface import TRUSTED

Array = NDArray[np.float64]
FAR_PX = 5.0
OTHER_SEED = 60_000
MOST_COLUMNS = 150  # of one eye: large scans must not outweigh small ones
KNOTS = 5  # of each feature's curve
STIFF, SMALL = 4.0, 0.8  # penalties: on bends, and on size
LEVELS = 24  # of the curve from score to chance
LIMITS = 0.01, 0.99  # nothing is impossible, nothing certain
TABLE = Path(certainty.__file__).with_name(certainty.TABLE)


@dataclass
class Columns:
    """Features of one surface in columns of many eyes, and whether it is right there."""

    features: list[Float32] = field(default_factory=list)
    right: list[NDArray[np.bool_]] = field(default_factory=list)
    eye: list[NDArray[np.intp]] = field(default_factory=list)

    def arrays(self) -> tuple[Float32, NDArray[np.bool_], NDArray[np.intp]]:
        """Features (F, N), right (N,), number of the eye (N,)."""
        both = np.concatenate(self.right), np.concatenate(self.eye)
        return np.concatenate(self.features, axis=1), *both


Table = dict[str, Columns]


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A scan with its truth."""

    number: int
    volume: Float32
    geometry: ScanGeometry
    truth: Mapping[str, Float32]
    is_whole: bool
    """Where the truth is NaN there is no surface; else it is not known."""


def add(table: Table, scan: Scan) -> None:
    """Segment a scan, and add the columns in which a surface was found."""
    volume, geometry, truth = scan.volume, scan.geometry, scan.truth
    with patch.object(layers, "chances", own_chances):
        found = layers.segmented(volume, geometry)
    rank = tissue_rank(volume, geometry)
    seen = evidence(rank.of(volume), found.rows, geometry, rank.noise, own=found.confidence)
    chosen = np.random.default_rng(scan.number).permutation(found["ILM"].size)[:MOST_COLUMNS]
    for name in SIGNS:
        if name not in truth:
            continue
        apart = (found[name] - truth[name]).ravel()[chosen]
        counts = np.isfinite(found[name]) & (scan.is_whole | np.isfinite(truth[name]))
        is_found = counts.ravel()[chosen]
        columns = table.setdefault(name, Columns())
        columns.features.append(seen[name].reshape(len(FEATURES), -1)[:, chosen][:, is_found])
        columns.right.append((np.abs(apart) <= FAR_PX)[is_found])
        columns.eye.append(np.full(int(is_found.sum()), scan.number))


def own_chances(seen: Mapping[str, Float32]) -> dict[str, Float32]:
    """What the method says itself, in place of what the table makes of it."""
    return {name: features[FEATURES.index("own")] for name, features in seen.items()}


def simulated(numbers: Iterable[int]) -> Table:
    """The columns of simulated eyes: the suite's, and after those the others."""
    table: Table = {}
    for number in numbers:
        each = suite_eye(number) if number < COUNT else another_eye(number)
        scan = Scan(
            number=number,
            volume=each.volume,
            geometry=each.eye.geometry,
            truth=each.eye.truth,
            is_whole=True,
        )
        add(table, scan)
        print(f"\r{number}", end="", file=sys.stderr, flush=True)
    return table


def another_eye(number: int) -> SuiteEye:
    """An eye that is not in the suite."""
    stratum = tuple(STRATA)[number % len(STRATA)]
    return as_read(number, structural_eye(OTHER_SEED + number, stratum=stratum))


def real(data: Path) -> Iterator[tuple[str, Table]]:
    """The columns of annotated eyes, those that have truth."""
    sys.path.insert(0, str(Path(__file__).with_name("real")))
    from real_eyes import heidelberg, maculae

    together: dict[str, Table] = {}
    for each in (*maculae(data), *heidelberg(data)):
        table = together.setdefault("maculae" if len(each.geometries) > 1 else each.name, {})
        for geometry in each.geometries[::3]:
            scan = Scan(
                number=0,
                volume=np.nan_to_num(each.volume),
                geometry=geometry,
                truth=each.truth,
                is_whole=False,
            )
            add(table, scan)
    yield from together.items()


def hats(features: Float32, places: Array) -> Array:
    """How much each knot of each feature's curve counts in each column, (N, F * K)."""
    parts = []
    for values, knots in zip(features, places, strict=True):
        parts += [np.interp(values, knots, each) for each in np.eye(len(knots))]
    return np.stack(parts, axis=1)


def fitted(features: Float32, right: NDArray[np.bool_]) -> tuple[float, Array, Array]:
    """Start, places (F, K) and parts (F, K) of the additive logistic model."""
    places = np.quantile(features, np.linspace(0.02, 0.98, KNOTS), axis=1).T.astype(np.float64)
    places = np.maximum.accumulate(places, axis=1) + 1e-6 * np.arange(KNOTS)
    base = hats(features, places)

    def loss(weights: Array) -> tuple[float, Array]:
        score = weights[0] + base @ weights[1:]
        chance = 1 / (1 + np.exp(-score))
        away = chance - right
        total = float(np.logaddexp(0, np.where(right, -score, score)).sum())
        parts = weights[1:].reshape(-1, KNOTS)
        bend = np.diff(parts, axis=1)
        total += float(STIFF * (bend**2).sum() + SMALL / 2 * (parts**2).sum())
        slope = SMALL * parts
        slope[:, 1:] += 2 * STIFF * bend
        slope[:, :-1] -= 2 * STIFF * bend
        return total, np.concatenate([[away.sum()], base.T @ away + slope.ravel()])

    found = minimize(
        loss, np.zeros(1 + base.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return float(found.x[0]), places, found.x[1:].reshape(-1, KNOTS)


def chance_curve(score: Array, right: NDArray[np.bool_]) -> tuple[Array, Array]:
    """The monotone curve from score to chance."""
    order = np.array_split(np.argsort(score), LEVELS)
    places = np.array([score[part].mean() for part in order])
    shares = isotonic_regression([right[part].mean() for part in order]).x
    return places + 1e-6 * np.arange(LEVELS), np.clip(shares, *LIMITS)


def model(
    features: Float32, right: NDArray[np.bool_], curve: tuple[Array, Array] | None = None
) -> Certainty:
    """The model of some columns; its curve as given, for scores of other columns."""
    start, places, parts = fitted(features, right)
    unknown = np.zeros(2), np.zeros(2)
    curves = tuple(zip(places, parts, strict=True))
    return Certainty(start=start, curves=curves, chance=curve or unknown)


def calibrated(columns: Columns) -> tuple[Certainty, Array, NDArray[np.bool_]]:
    """The model of a surface, and the chance in each column by a model of the other eyes."""
    features, right, eye = columns.arrays()
    score = np.zeros(len(right))
    second = eye >= np.median(np.unique(eye))
    for there in (second, ~second):
        score[~there] = model(features[:, there], right[there]).score(features[:, ~there])
    curve = chance_curve(score, right)
    return model(features, right, curve), np.interp(score, *curve), right


def line(name: str, chance: Array, right: NDArray[np.bool_]) -> str:
    """One line of a table."""
    kept = chance >= TRUSTED
    wrong = 1 - right[kept].mean() if kept.any() else float("nan")
    return (
        f"  {name:6} {len(right):7} {1 - right.mean():8.1%} {wrong:8.1%} {kept[right].mean():8.1%}"
    )


def header(title: str) -> str:
    """The first lines of a table."""
    return f"\n{title}; kept from {TRUSTED:g}\n         columns    wrong   kept, wrong  right, kept"


def report(title: str, found: dict[str, tuple[Array, NDArray[np.bool_]]]) -> None:
    """A line for each surface, one for all."""
    print(header(title))
    for name, both in found.items():
        print(line(name, *both))
    print(line("all", *(np.concatenate(each) for each in zip(*found.values(), strict=True))))


def write_table(models: Mapping[str, Certainty]) -> None:
    """The table of the package."""
    rows = (f"{json.dumps(name)}: {json.dumps(as_data(each))}" for name, each in models.items())
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    certainty.certainty_table.cache_clear()


def make_usable() -> None:
    """A table that knows nothing in place of one of other features, so that octome runs."""
    try:
        certainty.certainty_table()
    except (KeyError, FileNotFoundError):
        flat = np.zeros(2), np.zeros(2)
        unknown = Certainty(start=0.0, curves=(flat,) * len(FEATURES), chance=flat)
        write_table(dict.fromkeys(SIGNS, unknown))


def as_data(each: Certainty) -> dict[str, object]:
    """A surface's part of the table, four digits to a number."""

    def rounded(curve: tuple[Array, Array]) -> list[list[float]]:
        return [[float(f"{number:.4g}") for number in part] for part in curve]

    features = {name: rounded(curve) for name, curve in zip(FEATURES, each.curves, strict=True)}
    return {"start": round(each.start, 4), **features, "chance": rounded(each.chance)}


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--more", type=int, default=300, help="eyes that are not in the suite")
    parser.add_argument("--data", type=Path, help="folder with annotated eyes")
    given = parser.parse_args()
    make_usable()
    models, eyes, of_suite = {}, {}, {}
    numbers = [n for n in range(COUNT + given.more) if n not in SHAPES]
    for name, columns in simulated(numbers).items():
        models[name], chance, right = calibrated(columns)
        eyes[name] = chance, right
        is_suite = columns.arrays()[2] < COUNT
        of_suite[name] = chance[is_suite], right[is_suite]
    report("all simulated eyes, by models of other eyes", eyes)
    report("the suite, by models of other eyes", of_suite)
    write_table(models)
    print(f"\n{TABLE} written")
    for title, table in real(given.data) if given.data else ():
        found = {}
        for name, columns in table.items():
            features, right, _ = columns.arrays()
            found[name] = models[name].of(features).astype(np.float64), right
        report(title, found)


if __name__ == "__main__":
    main()
