"""Whether simulated B-scans look like real ones: brightness of layers, grain, edges, shadows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter, median_filter

from octome.formats.heidelberg_vol import read
from octome.formats.reading_options import ReadingOptions
from octome.octa.phantom.noise import stream
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.phantom.trouble import Conditions, Stratum

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "oct"
# Colour of the labels and which of its rows is the surface.
LAST = {
    "RNFL": (255, 0, 0),
    "IPL": (128, 128, 0),
    "INL": (255, 255, 0),
    "OPL": (0, 128, 0),
    "ELM": (0, 255, 0),
    "EZ": (0, 0, 255),
    "BM": (255, 0, 255),
}
LAYERS = (("ILM", "RNFL"), ("RNFL", "IPL"), ("IPL", "INL"), ("INL", "OPL"), ("OPL", "ELM"))
CURVES = ("log", "fourth root", "gamma")
PLAIN = {"shadows", "membrane", "fixation", "marks", "spacing", "compression"}


def real_eyes() -> list[tuple[np.ndarray, dict[str, np.ndarray]]]:
    """Annotated maculae: grey and rows."""
    found = []
    for path in sorted((FOLDER / "annotated" / "macula").glob("*_labels.png")):
        labels = np.asarray(Image.open(path).convert("RGB"))
        grey = np.asarray(Image.open(path.with_name(path.name.replace("_labels", ""))))
        rows = {}
        for name, colour in LAST.items():
            has = (labels == colour).all(-1)
            rows[name] = len(has) - 0.5 - has[::-1].argmax(0)
            if name == "RNFL":
                rows["ILM"] = has.argmax(0) - 0.5
        found.append((grey.astype(float), rows))
    return found


def simulated_eyes(count: int) -> list[tuple[np.ndarray, dict[str, np.ndarray]]]:
    """Pictures of healthy maculae at about the same spacing: grey and rows."""
    found = []
    for seed in range(10_000):
        stratum: Stratum = "middle" if seed % 2 else "hard"
        planned = Conditions.drawn(stream(seed, "structural eye"), stratum=stratum)
        if planned.curve not in CURVES or not planned.troubles <= PLAIN:
            continue
        eye = structural_eye(seed, shape=(1, 512), stratum=stratum)
        rows = {name: row[0] for name, row in eye.truth.items()}
        is_whole = all(np.isfinite(row).all() for row in rows.values())
        if eye.grey is not None and is_whole and eye.path.geometry.axial_um > 3:
            found.append((eye.grey[0].astype(float), rows))
            if len(found) == count:
                return found
    raise AssertionError("too few plain eyes")


def likeness(grey: np.ndarray, rows: dict[str, np.ndarray]) -> dict[str, float]:
    """What is compared: brightness between background (0) and RPE (1), grain, width of the ILM."""
    row = np.arange(len(grey))[:, None]
    dark = np.median(grey[: max(4, int(rows["ILM"].min()) - 12)])
    bright = grey[(row > rows["BM"] - 4) & (row < rows["BM"] - 1)].mean()
    found = {}
    for upper, lower in LAYERS:
        layer = grey[(row > rows[upper] + 1) & (row < rows[lower] - 1)]
        found[f"brightness of {upper} to {lower}"] = (layer.mean() - dark) / (bright - dark)
    inside = (row > rows["RNFL"] + 1) & (row < rows["IPL"] - 1)
    found["deviation in GCL and IPL"] = grey[inside].std() / (bright - dark)
    grain = grey - gaussian_filter(grey, 6)
    for name, (dz, dx) in {"along Z": (1, 0), "along X": (0, 1)}.items():
        both = inside[dz:, dx:] & inside[: len(grey) - dz, : grey.shape[1] - dx]
        pair = grain[dz:, dx:][both], grain[: len(grey) - dz, : grey.shape[1] - dx][both]
        found[f"grain {name}"] = float(np.corrcoef(*pair)[0, 1])
    across = np.rint(rows["ILM"]).astype(int) + np.arange(-8, 9)[:, None]
    profile = grey[across.clip(0, len(grey) - 1), np.arange(grey.shape[1])].mean(1)
    rise = (profile - profile[:3].mean()) / (profile.max() - profile[:3].mean())
    found["rows in which the ILM rises"] = np.interp(0.9, *_rising(rise)) - np.interp(
        0.1, *_rising(rise)
    )
    return found


def _rising(rise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The part of a profile up to its top, and its rows."""
    top = int(rise.argmax()) + 1
    return np.maximum.accumulate(rise[:top]), np.arange(top)


@pytest.mark.shared
def test_annotated_maculae_lie_within_what_is_simulated() -> None:
    real = [likeness(*eye) for eye in real_eyes()]
    made = [likeness(*eye) for eye in simulated_eyes(40)]
    assert len(real) == 4
    for name in real[0]:
        low, high = np.quantile([each[name] for each in made], (0.02, 0.98))
        mean = np.mean([each[name] for each in real])
        assert low <= mean <= high, (name, mean, low, high)


def shadows(level: np.ndarray) -> tuple[float, float]:
    """Share of A-scans more than 3 dB darker than around them, and the darkest, dB."""
    dip = level - median_filter(level, 101, mode="wrap")
    return float((dip < -3).mean()), float(-dip.min())


@pytest.mark.shared
def test_vessels_shade_as_much_of_a_circle_as_in_a_real_eye() -> None:
    scan = read(FOLDER / "heyex_vol" / "onh.vol", ReadingOptions())
    assert scan.surfaces is not None
    real = shadows(_rpe_db(np.nan_to_num(scan.structure[0]), scan.surfaces["BM"][0]))
    made = []
    for seed in range(12):
        eye = structural_eye(seed, trouble="circle", stratum="easy", shape=(1, 768))
        if eye.amplitude is not None and np.isfinite(eye.truth["BM"]).all():
            made.append(shadows(_rpe_db(eye.amplitude[0], eye.truth["BM"][0])))
    assert len(made) > 2
    for at, low, high in zip(real, np.min(made, axis=0), np.max(made, axis=0), strict=True):
        assert 0.5 * low < at < 2 * high


def _rpe_db(amplitude: np.ndarray, bm: np.ndarray) -> np.ndarray:
    """Level just above Bruch's membrane by A-scan."""
    rows = np.rint(bm).astype(int) + np.arange(-6, 0)[:, None]
    power = (amplitude[rows.clip(0, len(amplitude) - 1), np.arange(len(bm))] ** 2).mean(0)
    return 10 * np.log10(power + 1e-9)
