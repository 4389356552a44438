"""The segmentation on the suite of simulated eyes.

PYTHONPATH=src python benchmarks/octa/bench_eye_suite.py [--eyes 0:200:4] [--pictures FOLDER]

Prints the share of eyes with every surface within 2 px, by stratum of contrast and by trouble, the
errors and the confidence of each surface, and what was wrong in each eye that was not right.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from eye_suite import COUNT, SuiteEye, suite_eye
from PIL import Image
from surface_scores import Scores, are_right, scores, surface_table, wrong

from octome.octa.contact_sheet import contact_sheet
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.picture import RGB, SURFACE_COLOURS
from octome.octa.segmentation.layers import NAMES, segmented
from octome.octa.surface import SurfaceMaps

SHOWN_PX = 640  # width of a picture


def bench_structural_eye_of_eight_bscans(benchmark: Callable[..., Any]) -> None:
    eye = benchmark(structural_eye, 3, stratum="hard", trouble="fixation", shape=(8, 512))
    assert eye.truth["ILM"].shape == (8, 512)


def shares(name: str, groups: dict[str, list[bool]]) -> list[str]:
    """Lines of a table: how many eyes of each group are right."""
    width = max(map(len, groups))
    return [f"{name}:"] + [
        f"  {group:{width}}  {sum(right):3} of {len(right):3}  {np.mean(right):7.1%}"
        for group, right in groups.items()
    ]


def sheet(each: SuiteEye, found: SurfaceMaps) -> RGB:
    """Its middle B-scan as it is, with the true surfaces, and with those found."""
    at = len(each.volume) // 2
    grey = _grey(each, at)
    true = {name: row[at] for name, row in each.eye.truth.items()}
    ours = {name: found[name][at] for name in NAMES}
    drawn = [
        ("scan", _drawn(grey, {})),
        ("true", _drawn(grey, true)),
        ("found", _drawn(grey, ours)),
    ]
    return contact_sheet(drawn, columns=3, title=f"eye {each.number}: {each.what_is_hard}")


def _grey(each: SuiteEye, at: int) -> RGB:
    """One B-scan in colour, but grey."""
    if each.eye.grey is not None:
        level = each.eye.grey[at]
    else:
        root = np.sqrt(each.volume[at])
        level = np.clip(255 * root / np.percentile(root, 99.8), 0, 255).astype(np.uint8)
    return np.repeat(level[..., None], 3, axis=2)


def _drawn(grey: RGB, rows: dict[str, Any]) -> RGB:
    """The picture at twice its height, with lines a pixel thick."""
    tall = np.repeat(grey, 2, axis=0)
    for name, row in rows.items():
        for x in np.flatnonzero(np.isfinite(row)):
            line = min(max(round(2 * float(row[x]) + 0.5), 0), len(tall) - 1)
            tall[line, x] = SURFACE_COLOURS[name]
    if tall.shape[1] >= SHOWN_PX:
        return tall
    return np.repeat(tall, -(-SHOWN_PX // tall.shape[1]), axis=1)


def run(numbers: Iterable[int], pictures: Path | None) -> None:
    """Segment the eyes and print the tables."""
    every: list[Scores] = []
    shaded: list[Scores] = []
    ilm_um: dict[str, list[float]] = defaultdict(list)
    by_stratum: dict[str, list[bool]] = defaultdict(list)
    by_trouble: dict[str, list[bool]] = defaultdict(list)
    for number in numbers:
        each = suite_eye(number)
        found = segmented(each.volume, each.eye.geometry)
        scored = scores(found, each.eye.truth)
        right = are_right(scored)
        every.append(scored)
        shaded.append(scores(found, each.eye.truth, each.eye.has_vessel))
        if "ILM" in scored:
            axial_um = each.eye.path.geometry.axial_um
            ilm_um[each.eye.conditions.stratum].append(scored["ILM"].error * axial_um)
        by_stratum[each.eye.conditions.stratum].append(right)
        for trouble in sorted(each.eye.conditions.troubles) or ["healthy"]:
            by_trouble[trouble].append(right)
        if not right:
            print(f"eye {number:3} ({each.what_is_hard}): {wrong(scored)}", flush=True)
        if pictures is not None:
            Image.fromarray(sheet(each, found)).save(pictures / f"eye{number:03}.png")
    print()
    print("\n".join(shares("every surface within 2 px, by contrast", by_stratum)))
    print("\n".join(shares("by trouble", dict(sorted(by_trouble.items())))))
    print("ILM, mean absolute error of each eye in um, median and 95 % of the eyes:")
    for stratum, errors in ilm_um.items():
        print(f"  {stratum:8} {np.nanmedian(errors):6.1f} {np.nanquantile(errors, 0.95):6.1f}")
    print("\n".join(["all columns:", *surface_table(every)]))
    print("\n".join(["below larger vessels:", *surface_table(shaded)]))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eyes", default=f"0:{COUNT}", help="which, as first:end:step")
    parser.add_argument("--pictures", type=Path, help="folder for a sheet of each eye")
    given = parser.parse_args()
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
    parts = [int(part) if part else None for part in given.eyes.split(":")]
    run(range(COUNT)[slice(*parts)], given.pictures)


if __name__ == "__main__":
    main()
