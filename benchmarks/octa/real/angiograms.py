"""Vessels and avascular zones of real and simulated angiograms, next to other methods.

The filters of OpenOCTAAnalyzer give a mask alone, so the zone in it is the one that ours finds.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from titled import WHITE, stacked, titled

from octome.octa.avascular_zone import avascular_zone
from octome.octa.enface import enface
from octome.octa.flow.noise_floor import noise_floor
from octome.octa.flow.phase import complex_difference
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.slab import slab_type
from octome.octa.structure import structural_volume
from octome.octa.truth import PLEXUSES
from octome.octa.vessel_mask import vessel_map

Mask = NDArray[np.bool_]
PEERS = ("standardOtsu", "standardFrangi")
PEER_PROGRAM = """
import importlib.util, sys
import numpy as np
folder = importlib.util.find_spec("OpenOCTAAnalyzer").submodule_search_locations[0]
path = folder + "/OpenOCTAAnalyzerFilters.py"
spec = importlib.util.spec_from_file_location("filters", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
image = np.load(sys.argv[1])
for name in sys.argv[3:]:
    found = np.asarray(getattr(module.OpenOCTAAnalyzerFilters, name)(image))
    np.save(f"{sys.argv[2]}/{name}.npy", found > 0)
"""


@dataclass(frozen=True, kw_only=True)
class Angiogram:
    """An image, its spacing, and what is known of it."""

    name: str
    image: NDArray[np.float32]
    step_mm: float
    zone: Mask | None = None
    vessels: Mask | None = None


def zones(folder: Path) -> Iterator[Angiogram]:
    """3 mm angiograms with the avascular zone of an automatic system."""
    for plexus in ("superficial", "deep"):
        image = _grey(folder / f"angiograms/faz/3mm_{plexus}.tif")
        marked = np.asarray(Image.open(folder / f"angiograms/faz/3mm_{plexus}_faz.png"))
        yield Angiogram(
            name=f"faz {plexus}", image=image, step_mm=3 / 320, zone=marked[..., 0] > 200
        )


def patient(folder: Path) -> Iterator[Angiogram]:
    """3 mm angiograms cut out of a report's pictures; nothing is marked."""
    for plexus in ("SVP", "ICP", "DCP"):
        picture = _grey(folder / f"enface/patient1/Patient1 OD {plexus}.png")
        yield Angiogram(name=f"patient {plexus}", image=picture[:570, 120:690], step_mm=3 / 570)


def simulated() -> Iterator[Angiogram]:
    """2 mm of simulated eyes at falling signal; vessels as wide as the beam sees them."""
    side, step = 200, 0.01
    for seed in (1, 2):
        for signal_db in (28, 18, 12):
            scan = {"bscans": side, "ascans": side, "bscan_mm": step, "ascan_mm": step}
            eye = SimulatedEye(
                "normal", seed, repeats=4, samples=768, motion=0.0, signal_db=signal_db, **scan
            )
            repeats = eye.bscans()
            flow = complex_difference(
                repeats, noise_floor=noise_floor(structural_volume(repeats), 4)
            )
            for plexus in ("superficial", "deep"):
                slab = slab_type(plexus).slab
                image = enface(flow, eye.truth.surfaces.rows, slab, eye.geometry.axial_mm)
                bare = (eye.truth.vessels == PLEXUSES[plexus]).any(axis=1)
                zone = avascular_zone(bare, bscan_mm=step, ascan_mm=step).mask
                yield Angiogram(
                    name=f"simulated {seed}, {signal_db} dB, {plexus}",
                    image=image,
                    step_mm=step,
                    zone=zone,
                    vessels=ndimage.binary_dilation(bare),
                )


def line(name: str, case: Angiogram, mask: Mask, seen: Mask | None = None) -> str:
    """Density and zone of one mask, next to what is known."""
    step = {"bscan_mm": case.step_mm, "ascan_mm": case.step_mm}
    zone = avascular_zone(mask, seen=seen, **step)
    parts = [f"  {name:<18} density {mask.mean():.3f}"]
    if case.vessels is not None:
        parts.append(f"(true {case.vessels.mean():.3f}, Dice {dice(mask, case.vessels):.2f})")
    parts.append(f"zone {zone.area_mm2:.3f} mm2" if not zone.reason else f"no zone: {zone.reason}")
    if case.zone is not None:
        true = case.zone.sum() * case.step_mm**2
        parts.append(f"(marked {true:.3f}, Dice {dice(zone.mask, case.zone):.2f})")
    return " ".join(parts)


def dice(a: Mask, b: Mask) -> float:
    return float(2 * (a & b).sum() / max(1, a.sum() + b.sum()))


def peer_masks(python: Path, image: NDArray[np.float32]) -> dict[str, Mask]:
    """What each filter of OpenOCTAAnalyzer finds; it takes 8 bits, as its pictures have."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "image.npy"
        top = float(np.nanquantile(image, 0.995))
        np.save(given, np.nan_to_num(image / top * 255).clip(0, 255).astype(np.uint8))
        command = [str(python), "-c", PEER_PROGRAM, str(given), folder, *PEERS]
        subprocess.run(command, check=True)
        return {name: np.load(Path(folder) / f"{name}.npy") for name in PEERS}


def draw(case: Angiogram, mask: Mask, result: str, to: Path) -> None:
    """The angiogram with the known zone, and with what was found: vessels red, the zone yellow."""
    top = float(np.nanquantile(case.image, 0.995))
    grey = np.nan_to_num(case.image / top * 255).clip(0, 255).astype(np.uint8)
    plain = np.stack([grey] * 3, axis=-1)
    marked = plain.copy()
    marked[mask, 0] = 255
    zone = avascular_zone(mask, bscan_mm=case.step_mm, ascan_mm=case.step_mm).mask
    marked[zone & ~ndimage.binary_erosion(zone)] = (255, 255, 0)
    known = "nothing is marked"
    if case.zone is not None:
        plain[case.zone & ~ndimage.binary_erosion(case.zone)] = (255, 255, 0)
        known = "with the marked zone"
    left, right = (
        titled(picture, [(words, WHITE)])
        for picture, words in ((plain, f"{case.name}, {known}"), (marked, "octome's"))
    )
    picture = np.hstack([left, right])
    Image.fromarray(stacked([titled(picture, [(result.strip(), WHITE)])])).save(
        to / f"{case.name}.png"
    )


def _grey(path: Path) -> NDArray[np.float32]:
    return np.asarray(Image.open(path).convert("L"), np.float32)


def angiograms(folder: Path, peer: Path | None, pictures: Path | None) -> None:
    """Print the table, and draw every image.

    `folder` has `angiograms/faz` and `enface/patient1`.
    """
    print("\nangiograms: density of vessels, avascular zone")
    for cases in (zones(folder), patient(folder), simulated()):
        for case in cases:
            found = vessel_map(case.image, bscan_mm=case.step_mm, ascan_mm=case.step_mm)
            result = line("octome", case, found.mask, found.seen)
            print(f" {case.name}: bright lines {found.ridge_excess:.2f} times the dark ones")
            print(result)
            for name, mask in peer_masks(peer, case.image).items() if peer else ():
                print(line(name, case, mask))
            if pictures:
                draw(case, found.mask, result, pictures)
