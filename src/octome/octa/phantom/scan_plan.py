"""What to simulate: which eye, which scan, which machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from math import log, pi

from octome.errors import ShapeMismatch, UnknownName


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What is wrong with the eye, or with the scan."""

    meaning: str
    drusen: int = 0
    """Number of deposits between RPE and Bruch's membrane."""
    has_membrane: bool = False
    """Whether vessels have grown between Bruch's membrane and the RPE."""
    cysts: int = 0
    """Number of pockets of fluid in the retina."""
    signal_db: float = 28.0
    """Power of the nerve fibre layer over the noise of the reconstructed scan."""
    motion: float = 1.0
    """How restless the eye is: 1 for a normal fixation."""


VARIANTS = {
    "normal": Variant(meaning="a healthy macula"),
    "drusen": Variant(meaning="soft drusen lift the RPE off Bruch's membrane", drusen=26),
    "cnv": Variant(
        meaning="a type 1 neovascular membrane lifts the RPE", has_membrane=True, drusen=4
    ),
    "fluid": Variant(meaning="cysts of fluid in the INL and ONL", cysts=16),
    "noisy": Variant(meaning="a weak signal and a restless eye", signal_db=20.0, motion=1.6),
}


def variant_named(name: str) -> Variant:
    """The variant of that name.

    Raises
    ------
    UnknownName
        There is none; the message lists the known names.
    """
    if name not in VARIANTS:
        raise UnknownName(
            f"no variant {name!r} of the simulated eye; there are: {', '.join(VARIANTS)}",
            found=name,
            known=list(VARIANTS),
        )
    return VARIANTS[name]


@dataclass(frozen=True, kw_only=True)
class ScanPlan:
    """The raster that the beam draws: `bscans` positions, `repeats` at each, `ascans` in each."""

    bscans: int = 304
    repeats: int = 4
    ascans: int = 304
    samples: int = 1024
    """Pixels of the spectrometer, K; half as many rows of depth."""
    bscan_mm: float = 3.0 / 304
    ascan_mm: float = 3.0 / 304
    centre_mm: tuple[float, float] = (0.0, 0.0)
    """Middle of the scan, from the fovea: along the slow axis, along the fast axis."""
    ascan_rate_hz: float = 100_000.0
    repeat_interval_ms: float = 3.65
    """From an A-scan to the same one of the next repeat, the mirrors' flight back included."""
    saccades: int | None = None
    """Number of small jumps of the eye during the scan; None for the usual number in that time."""

    def __post_init__(self) -> None:
        least = min(self.bscans, self.repeats, self.ascans)
        if least < 1:
            raise ShapeMismatch(
                "a scan needs 1 or more B-scans, repeats and A-scans; found "
                f"{self.bscans} x {self.repeats} x {self.ascans}",
                found=self.shape,
            )
        if self.samples < 256 or self.samples % 4:
            raise ShapeMismatch(
                f"a spectrum of the simulated eye has 256 or more samples, a multiple of 4; "
                f"found {self.samples}",
                found=self.samples,
            )
        if not min(self.bscan_mm, self.ascan_mm) > 0:
            raise ShapeMismatch("the spacing of B-scans and A-scans must be more than 0 mm")
        if self.ascans / self.ascan_rate_hz * 1000 > self.repeat_interval_ms:
            # A longer B-scan takes longer: a fifth of the time goes into flying back.
            longer = 1.2 * self.ascans / self.ascan_rate_hz * 1000
            object.__setattr__(self, "repeat_interval_ms", longer)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Of the raw spectra, `(B, R, X, K)`."""
        return self.bscans, self.repeats, self.ascans, self.samples

    @property
    def duration_s(self) -> float:
        """Of the whole scan."""
        return self.bscans * self.repeats * self.repeat_interval_ms / 1000


@dataclass(frozen=True, kw_only=True)
class Optics:
    """The machine: a spectral-domain OCT at 840 nm, as in clinics."""

    band_nm: tuple[float, float] = (800.0, 880.0)
    """What the spectrometer sees."""
    centre_nm: float = 840.0
    bandwidth_nm: float = 45.0
    """Full width of the source's Gaussian spectrum at half its power."""
    bend: float = 0.06
    """How far the spectrometer is from even in wavelength at mid-band, in parts of its band."""
    dispersion: tuple[float, ...] = (11.0, -2.5)
    """Mismatch of the two arms, rad: of order 2 and 3 in the wavenumber from -1 to 1."""
    refractive_index: float = 1.36
    lateral_um: float = 15.0
    """Full width of the beam's two-way intensity at half its height, in the retina."""
    rolloff_db: float = 8.0
    """Loss of signal power at the deepest row."""
    noise_counts: float = 12.0
    """Standard deviation of the detector's reading."""
    reference_counts: float = 2200.0
    """The reference arm's light at the brightest pixel, of 4095."""

    @property
    def depth_resolution_um(self) -> float:
        """Full width at half maximum in tissue: 2 ln 2 / pi * wavelength**2 / (n * bandwidth)."""
        length_nm = 2 * log(2) / pi * self.centre_nm**2 / self.bandwidth_nm
        return length_nm / self.refractive_index / 1000

    def metadata(self) -> dict[str, str | float]:
        """What a scanner states about itself: this one emits no light and distorts no image."""
        return {
            "manufacturer": "octome",
            "model": "simulated eye",
            "serial_number": "none (simulation)",
            "software_versions": version("octome"),
            "detector_type": "CMOS",
            "illumination_wavelength_nm": self.centre_nm,
            "illumination_power_uw": 0.0,
            "illumination_bandwidth_nm": self.bandwidth_nm,
            "depth_resolution_um": self.depth_resolution_um,
            "depth_distortion_percent": 0.0,
            "along_scan_resolution_um": self.lateral_um,
            "along_scan_distortion_percent": 0.0,
            "across_scan_resolution_um": self.lateral_um,
            "across_scan_distortion_percent": 0.0,
        }


@dataclass(frozen=True)
class Physics:
    """What blood does to light; orders of magnitude from the literature on retinal OCT-A."""

    blood_attenuation_per_mm: float = 12.0
    tail_um: float = 25.0
    """Path in blood after which 63 % of the light that returns from below has become moving."""
    decorrelating_mm_s: float = 1.0
    """Speed at which the speckle of the reference interval, 3.65 ms, is down to 1/e."""
    reference_interval_ms: float = field(default=3.65)
