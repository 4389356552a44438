"""Real eyes: surfaces, angiograms and a laboratory's spectra, next to what others make of them.

PYTHONPATH=src python benchmarks/octa/real ../shared/data [--pictures FOLDER] [--peer PYTHON]

Errors of surfaces against annotation, next to a plain shortest path; vessels and avascular zones,
next to OpenOCTAAnalyzer where PYTHON is the interpreter of an environment that has it (scipy < 1.15
and scikit-image); dispersion in raw spectra.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from angiograms import angiograms
from laboratory import laboratory
from numpy.typing import NDArray
from picture import Layers, write_picture
from plain_path import plain_paths
from real_eyes import RealScan, heidelberg, maculae, pathology

from octome.octa.acquisition import Float32
from octome.octa.segmentation.layers import segmented
from octome.octa.surface import TRUSTED

FAR_PX = 5.0
KEPT = TRUSTED  # confidence from which a column is kept
LIFTED_UM = 60.0  # an ILM this far below a plain path's lies on another layer
CLOCK_HOURS = 12


@dataclass
class Errors:
    """Signed errors of one surface, and the confidence there."""

    apart: list[Float32] = field(default_factory=list)
    sure: list[Float32] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Mean absolute error, bias, 95th percentile, share far off, share found."""
        apart, sure = np.concatenate(self.apart), np.concatenate(self.sure)
        found = np.isfinite(apart)
        size, far = np.abs(apart[found]), np.abs(apart) > FAR_PX
        kept = found & (sure >= KEPT)
        good = found & ~far
        if not found.any():
            return f"  {name:5} found nowhere"
        return (
            f"  {name:5} {size.mean():6.2f} {apart[found].mean():+6.2f} "
            f"{np.quantile(size, 0.95):6.1f} {far.sum() / found.sum():7.1%} {found.mean():7.1%}"
            f"   {_share(far, kept):7.1%} {_share(kept, good):7.1%}"
        )


def _share(what: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(what[among].mean()) if among.any() else float("nan")


HEADER = "          MAE   bias    95 %   >5 px   found   kept >5  good kept"


def main() -> None:
    """Print the tables and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each scan")
    parser.add_argument("--peer", type=Path, help="python with OpenOCTAAnalyzer")
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    _annotated("healthy maculae, all assumed spacings", list(maculae(given.data)), given.pictures)
    for scan in heidelberg(given.data):
        _annotated(f"{scan.name} against the vendor's lines", [scan], given.pictures)
        if "RNFL" in scan.truth:
            _fibre_layer(scan)
    _pathology(list(pathology(given.data)), given.pictures)
    angiograms(given.data / "oct", given.peer, given.pictures)
    laboratory(given.data, given.pictures)


def _annotated(title: str, scans: list[RealScan], pictures: Path | None) -> None:
    ours: dict[str, Errors] = {}
    plain: dict[str, Errors] = {}
    print(f"\n{title} (px)")
    for scan in scans:
        worst: tuple[float, str] = (-1.0, "")
        for geometry in scan.geometries:
            found = segmented(scan.volume, geometry)
            for name, true in scan.truth.items():
                errors = ours.setdefault(name, Errors())
                there = np.isfinite(true)
                errors.apart.append((found[name] - true)[there])
                errors.sure.append(found.confidence[name][there])
            ilm = np.nanmean(np.abs(found["ILM"] - scan.truth["ILM"]))
            worst = max(worst, (float(ilm), f"{geometry.axial_um:g} um, {geometry.ascan_mm:g} mm"))
        paths = plain_paths(scan.grey, scan.geometries[len(scan.geometries) // 2])
        for name in paths.keys() & scan.truth.keys():
            errors = plain.setdefault(name, Errors())
            there = np.isfinite(scan.truth[name])
            errors.apart.append((paths[name][None] - scan.truth[name])[there])
            errors.sure.append(np.ones(there.sum(), np.float32))
        print(f"  {scan.name}: worst ILM {worst[0]:.2f} at {worst[1]}")
        _picture(pictures, scan, paths)
    print(HEADER)
    for name, errors in ours.items():
        print(errors.row(name))
    print("  a plain shortest path:")
    for name in (each for each in ours if each in plain):
        print(plain[name].row(name))


def _fibre_layer(scan: RealScan) -> None:
    """Thickness of the nerve fibre layer by clock hour, and how much each line zigzags."""
    geometry = scan.geometries[0]
    found = segmented(scan.volume, geometry)
    both = np.isfinite(scan.truth["RNFL"]) & np.isfinite(found["RNFL"])
    thick = [
        np.where(both, each["RNFL"] - each["ILM"], np.nan)[0] * geometry.axial_um
        for each in (found.rows, scan.truth)
    ]
    hours = [np.array([np.nanmean(h) for h in np.array_split(t, CLOCK_HOURS)]) for t in thick]
    steps = [np.nanmean(np.abs(np.diff(each["RNFL"][0]))) for each in (found.rows, scan.truth)]
    print(
        f"  RNFL {np.nanmean(thick[0]):.1f} um, vendor {np.nanmean(thick[1]):.1f} um; worst clock "
        f"hour {np.nanmax(np.abs(hours[0] - hours[1])):.1f} um; steps {steps[0]:.2f} px a column, "
        f"vendor {steps[1]:.2f}"
    )


def _pathology(scans: list[RealScan], pictures: Path | None) -> None:
    print(f"\npathology: columns with the ILM over {LIFTED_UM:.0f} um below a plain path's")
    for scan in scans:
        for geometry in scan.geometries:
            found = segmented(scan.volume, geometry)
            paths = plain_paths(scan.grey, geometry)
            low = (found["ILM"][0] - paths["ILM"]) * geometry.axial_um > LIFTED_UM
            print(
                f"  {scan.name:16} {geometry.axial_um:g} um: {low.mean():6.1%}; "
                f"found ILM {np.isfinite(found['ILM']).mean():.0%}, "
                f"BM {np.isfinite(found['BM']).mean():.0%}"
            )
        _picture(pictures, scan, {"ILM": paths["ILM"], "EZ": paths["EZ"]})


def _picture(pictures: Path | None, scan: RealScan, paths: Mapping[str, Float32]) -> None:
    if pictures is None:
        return
    geometry = scan.geometries[len(scan.geometries) // 2]
    found = segmented(scan.volume, geometry)
    reference = {name: row[0] for name, row in scan.truth.items()} or paths
    source = "the vendor's lines:" if scan.name.endswith(".vol") else "annotation:"
    write_picture(
        pictures / f"{scan.name}.png",
        f"{scan.name}, rows {geometry.axial_um:.2f} um, A-scans {geometry.ascan_mm * 1000:.1f} um",
        scan.grey,
        Layers(f"octome, {found.verdict}:", {name: row[0] for name, row in found.rows.items()}),
        Layers(source if scan.truth else "a plain shortest path:", reference),
    )


if __name__ == "__main__":
    main()
