"""A simulated structural scan of any eye on any machine, with the truth of every surface.

It goes straight to amplitude: no spectra, no repeats, no flow. What `SimulatedEye` is for flow, it
is for segmentation: contrast, averaging, grey, lesions, scan patterns and artefacts vary as they do
between clinics, all from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.anatomy import Build, Field, Macula
from octome.octa.phantom.arcade import Crossing, arcades, crossings
from octome.octa.phantom.beam import FWHM_PER_SIGMA
from octome.octa.phantom.grey_curve import compressed, grey_of_amplitude
from octome.octa.phantom.lesion import LESIONS
from octome.octa.phantom.noise import SmoothField, stream
from octome.octa.phantom.optic_disc import OpticDisc
from octome.octa.phantom.reflectivity import Looks, bands_of
from octome.octa.phantom.scan_choice import chosen_path, wandering
from octome.octa.phantom.scan_contrast import gain_for, inner_power
from octome.octa.phantom.scan_path import ScanPath
from octome.octa.phantom.scan_plan import VARIANTS
from octome.octa.phantom.screen_marks import with_marks
from octome.octa.phantom.section import Section, in_rows, seen_ilm
from octome.octa.phantom.speckle import Averaging, blurred, fixed_lines, speckled
from octome.octa.phantom.structural_bscan import Blood, Window, power_image
from octome.octa.phantom.texture import choroid_texture, spots
from octome.octa.phantom.trouble import Conditions, Stratum, Trouble
from octome.octa.phantom.vitreous import CLEAR_DB, Vitreous

# Mean thickness of each layer in parts of `anatomy`'s, between annotated maculae and means
# (Nieves-Moreno et al. 2017, 297 eyes: 278 um in the central millimetre, RNFL 13, GCL 18, IPL 22;
# https://pmc.ncbi.nlm.nih.gov/articles/PMC5498048). From eye to eye it varies by 9 %.
BUILT = {"RNFL": 1.0, "GCL": 1.0, "IPL": 1.05, "INL": 1.15, "OPL": 1.2, "ONL": 1.08, "EZ": 1.1,
         "RPE": 1.1, "BM": 1.2}  # fmt: skip
STREAKS_DB = 1.5  # from one A-scan to the next, deviation at most
RESAMPLED = 0.6  # share of scans
LEAST_ROWS, MOST_ROWS = 220, 1100
FOLLOWS_MM = 1.0  # the pit is lost this far from the fovea under wrinkles and round a hole


@dataclass(frozen=True, kw_only=True)
class StructuralEye:
    """One scan and what is true of it."""

    amplitude: Float32 | None
    """(B, Z, X), linear; None where the scan is a picture in grey."""
    grey: NDArray[np.uint8] | None
    """(B, Z, X)."""
    geometry: ScanGeometry
    """As it is stated; wrong if the trouble is `spacing`."""
    truth: dict[str, Float32]
    """(B, X) by surface, ILM to BM: rows as in `SurfaceMaps`, NaN where it is not in the scan.

    The ILM is where it is seen (`seen_ilm`), the others where they are in the tissue.
    """
    has_vessel: NDArray[np.bool_]
    """(B, X): where a larger vessel lies in the A-scan, with its shadow below."""
    conditions: Conditions
    path: ScanPath


def structural_eye(
    seed: int,
    *,
    stratum: Stratum | None = None,
    trouble: Trouble | Literal["none"] | None = None,
    shape: tuple[int, int] | None = None,
) -> StructuralEye:
    """The scan of one eye; the same arguments give the same scan.

    Parameters
    ----------
    seed : int
    stratum : str, optional
        How hard; any if None.
    trouble : str, optional
        What there is at least of what makes it hard, or `none`; any if None.
    shape : (int, int), optional
        Number of B-scans and A-scans; drawn if None.
    """
    rng = stream(seed, "structural eye")
    conditions = Conditions.drawn(rng, stratum=stratum, trouble=trouble)
    disc = OpticDisc.drawn(rng)
    planned = chosen_path(rng, conditions, disc, shape)
    path, offset_um, is_blink = wandering(rng, conditions, planned)
    section = _section(rng, conditions, disc, path, seed)
    depths = section.depths()
    window = _window(rng, conditions, depths, offset_um, path.geometry.axial_um)
    truth = in_rows(section.truth(depths), window.top_um[:, None], window.axial_um, window.rows)
    for row in truth.values():
        row[is_blink] = np.nan
    beam = _beam_px(rng, path.geometry)
    truth["ILM"] = seen_ilm(truth["ILM"], beam[0])
    power, crossing = _power(rng, conditions, section, depths, window, path)
    power = blurred(power, *beam)
    power[is_blink] = 0
    amplitude = _amplitude(rng, conditions, power, truth, beam)
    grey = None
    if conditions.curve:
        grey = grey_of_amplitude(amplitude, conditions.curve, noise=1.0, rng=rng)
        if conditions.has("marks"):
            grey = with_marks(grey, truth, rng)
        if conditions.has("compression"):
            grey = compressed(grey, int(rng.integers(50, 90)))
    return StructuralEye(
        amplitude=None if conditions.curve else amplitude,
        grey=grey,
        geometry=_stated(rng, conditions, path.geometry),
        truth=truth,
        has_vessel=crossing.half_um > 0,
        conditions=conditions,
        path=path,
    )


def _section(
    rng: np.random.Generator,
    conditions: Conditions,
    disc: OpticDisc,
    path: ScanPath,
    seed: int,
) -> Section:
    """The eye along the scan, with its lesions."""
    is_steep = conditions.has("tilt", "mirror")
    sign = -1 if rng.random() < 0.15 else 1
    spread = 120 if is_steep else 35
    build = Build(
        tilt=(rng.normal(0, spread), rng.normal(0, spread)),
        curvature_mm=sign * rng.uniform(*((6, 14) if is_steep else (12, 40))),
        pit_mm=rng.uniform(0.34, 0.62),
        shoulder=rng.uniform(1.3, 2.1),
        periphery_mm=rng.uniform(4.5, 8.0),
        parts={name: rng.normal(mean, 0.09) for name, mean in BUILT.items()},
    )
    macula = Macula(VARIANTS["normal"], seed, build)
    lost = rng.uniform(0.4, FOLLOWS_MM) if conditions.has("hole", "wrinkles") else 0.0
    section = Section.healthy(path.y, path.x, macula=macula, disc=disc, pit_lost_mm=lost)
    for name, lesion in LESIONS.items():
        if name in conditions.troubles:
            lesion(section, rng)
    return section


def _window(
    rng: np.random.Generator,
    conditions: Conditions,
    depths: dict[str, Field],
    offset_um: Field,
    axial_um: float,
) -> Window:
    """A window around the retina, or one that cuts it."""
    ilm, bm = depths["ILM"] - offset_um[:, None], depths["BM"] - offset_um[:, None]
    upper, lower = float(ilm.min()), float(bm.max())
    span = lower - upper
    slack = rng.uniform(260, 1200)
    rows = int(np.clip((span + slack) / axial_um, LEAST_ROWS, MOST_ROWS))
    slack = rows * axial_um - span
    top = upper - slack * rng.uniform(0.12, 0.6)
    if conditions.has("mirror") or (conditions.has("cut") and rng.random() < 0.5):
        top = float(np.quantile(ilm, rng.uniform(0.05, 0.3)))
    elif conditions.has("cut"):
        top = float(np.quantile(bm, rng.uniform(0.7, 0.95))) - rows * axial_um
    return Window(
        top_um=top + offset_um,
        axial_um=axial_um,
        rows=rows,
        folds=conditions.has("mirror"),
        half_depth_um=rng.uniform(700, 4000),
    )


def _power(
    rng: np.random.Generator,
    conditions: Conditions,
    section: Section,
    depths: dict[str, Field],
    window: Window,
    path: ScanPath,
) -> tuple[Float32, Crossing]:
    """The mean power of each voxel before the beam blurs it, (B, X, Z); the larger vessels."""
    y, x = section.y, section.x
    is_hazy = conditions.has("haze") or (conditions.has("hyaloid") and rng.random() < 0.4)
    haze = rng.uniform(-32, -17) if is_hazy else CLEAR_DB
    if conditions.has("hyaloid"):
        vitreous = Vitreous.detached(rng, y, x, depths["ILM"], haze)
    else:
        vitreous = Vitreous.clear((y.shape[0], y.shape[1]), haze)
    if conditions.has("membrane", "wrinkles"):
        vitreous = vitreous.with_membrane(rng, y, x)
    bands = bands_of(section, depths, vitreous, Looks.drawn(rng))
    crossing = crossings(arcades(rng, section.disc), y, x)
    strong = conditions.has("shadows")
    blood = Blood(
        crossing=crossing,
        middle_um=depths["ILM"] + crossing.radius_um + rng.uniform(0, 12),
        power=10 ** (rng.uniform(-5, 1) / 10),
        loss_per_mm=rng.uniform(30, 60) if strong else rng.uniform(12, 32),
    )
    has_foci = bool(conditions.lesions) and rng.random() < 0.5
    dots = spots(section, depths, path, rng, has_foci=has_foci)
    texture = choroid_texture(path, window.rows, rng)
    power = power_image(bands, window, blood, texture, dots)
    span_db = rng.uniform(8, 18) if conditions.has("uneven signal") else rng.uniform(0, 4)
    level = SmoothField(rng, rng.uniform(1.5, 6))(y, x)
    gain = 10 ** (-span_db * (level - level.min()) / max(float(np.ptp(level)), 1e-9) / 10)
    streaks = rng.uniform(0, STREAKS_DB) * rng.standard_normal(gain.shape)
    gain *= 10 ** (streaks / 10)
    power *= gain[:, :, None].astype(np.float32)
    return power, crossing


def _beam_px(rng: np.random.Generator, geometry: ScanGeometry) -> tuple[float, float]:
    """Standard deviation of the beam's power along Z and X, px."""
    axial_um, lateral_um = rng.uniform(3, 11), rng.uniform(12, 24)
    return (
        axial_um / FWHM_PER_SIGMA / geometry.axial_um,
        lateral_um / FWHM_PER_SIGMA / (geometry.ascan_mm * 1000),
    )


def _amplitude(
    rng: np.random.Generator,
    conditions: Conditions,
    power: Float32,
    truth: dict[str, Float32],
    beam: tuple[float, float],
) -> Float32:
    """Linear amplitude over the noise, (B, Z, X), of the contrast that the conditions state."""
    frames, speckles = conditions.frames, conditions.frames ** rng.uniform(0.2, 1.0)
    # Averaged over n frames, the mean amplitude of speckle is 1 - 1 / (8 n) of that of its power.
    dimmed_db = 20 * np.log10((1 - 1 / (8 * speckles)) / (1 - 1 / (8 * frames)))
    gain = gain_for(conditions.contrast_db - dimmed_db, inner_power(power, truth))
    power *= np.float32(gain)
    grain, noise_px = beam, 0.0
    if rng.random() < RESAMPLED:
        # Grains are as large as the pixels that the picture was made from.
        grain, noise_px = (rng.uniform(0.4, 0.9), rng.uniform(0.35, 0.8)), rng.uniform(0.3, 0.8)
    averaging = Averaging(frames=frames, speckles=speckles, noise_px=noise_px)
    if conditions.has("lines"):
        power += fixed_lines(power.shape[2], rng)
    amplitude = speckled(power, noise=1.0, averaging=averaging, sigma_px=grain, rng=rng)
    if conditions.subtracted:
        amplitude = np.sqrt(np.maximum(amplitude**2 - np.float32(conditions.subtracted), 0))
    return np.ascontiguousarray(amplitude.transpose(0, 2, 1))


def _stated(rng: np.random.Generator, conditions: Conditions, true: ScanGeometry) -> ScanGeometry:
    """The geometry that the segmentation is given."""
    if not conditions.has("spacing"):
        return true
    axial = float(np.clip(true.axial_mm * rng.uniform(0.75, 1.35), 0.002, 0.006))
    return ScanGeometry(axial, true.ascan_mm * rng.uniform(0.65, 1.5), true.bscan_mm)
