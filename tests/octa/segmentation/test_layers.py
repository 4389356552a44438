import numpy as np
import pytest
from layered_eye import LayeredEye, layered_eye

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.segmentation.layers import NAMES, segmented
from octome.octa.surface import SurfaceMaps
from soak import amount

SPECTRALIS = ScanGeometry(axial_mm=0.00387, ascan_mm=0.011, bscan_mm=0.24)
CIRRUS = ScanGeometry(axial_mm=0.00196, ascan_mm=0.012, bscan_mm=0.047)


def errors_um(found: SurfaceMaps, eye: LayeredEye) -> dict[str, float]:
    """Mean absolute error of each surface where it was found."""
    um = eye.geometry.axial_um
    return {name: um * np.nanmean(np.abs(found[name] - eye.surfaces[name])) for name in NAMES}


def assert_ordered(found: SurfaceMaps) -> None:
    """No surface lies above one named before it, as far as both are found."""
    lowest = np.full(found["ILM"].shape, -np.inf, np.float32)
    for name in NAMES:
        row = found[name]
        assert not (row < lowest).any(), name
        lowest = np.fmax(lowest, row)
        sure = found.confidence[name]
        assert ((sure >= 0) & (sure <= 1)).all()
        assert (np.isnan(row) == (sure == 0)).all()


def structural(eye: SimulatedEye) -> Float32:
    """The mean amplitude of the repeats, with the true axial motion taken out."""
    amplitude = np.abs(eye.bscans())
    row = np.arange(amplitude.shape[2], dtype=np.float32)
    mean = np.zeros(amplitude[:, 0].shape, np.float32)
    for b, r, x in np.ndindex(*(amplitude.shape[i] for i in (0, 1, 3))):
        at = row + eye.truth.motion.axial_px_by_ascan[b, r, x]
        mean[b, :, x] += np.interp(at, row, amplitude[b, r, :, x]) / amplitude.shape[1]
    return mean


@pytest.mark.parametrize("seed", range(amount(1, whole=2)))
@pytest.mark.parametrize(
    ("variant", "most_px"),
    [("normal", 1.2), ("drusen", 2.0), ("cnv", 2.0), ("fluid", 2.0), ("noisy", 2.0)],
)
def test_surfaces_of_the_simulated_eye_are_found(variant: str, most_px: float, seed: int) -> None:
    # Every third B-scan of the usual raster, so that the fovea is not all there is.
    eye = SimulatedEye(variant, seed, bscans=24, repeats=2, ascans=200, bscan_mm=0.03)
    found = segmented(structural(eye), eye.geometry)
    assert_ordered(found)
    for name in NAMES:
        error = np.abs(found[name] - eye.truth.surfaces[name])
        assert np.isfinite(error).mean() >= 0.97, name
        assert np.nanmean(error) <= most_px, (name, np.nanmean(error))


@pytest.mark.parametrize(
    ("geometry", "shape"),
    [
        (SPECTRALIS, (5, 200, 300)),
        (SPECTRALIS, (1, 250, 300)),
        (CIRRUS, (10, 160, 600)),
    ],
)
def test_surfaces_are_found_at_any_spacing(
    geometry: ScanGeometry, shape: tuple[int, int, int]
) -> None:
    bscans, ascans, rows = shape
    eye = layered_eye(bscans=bscans, ascans=ascans, rows=rows, geometry=geometry)
    found = segmented(eye.volume, geometry)
    assert_ordered(found)
    for name, error in errors_um(found, eye).items():
        # One B-scan alone shows too little of the faint GCL.
        assert error < (8 if bscans == 1 and name == "GCL" else 6), name


@pytest.mark.parametrize("seed", range(3))
def test_jumps_between_bscans_do_no_harm(seed: int) -> None:
    apart = ScanGeometry(axial_mm=0.0032, ascan_mm=0.01, bscan_mm=0.03)
    eye = layered_eye(seed=seed, jump_px=4.0, geometry=apart)
    found = segmented(eye.volume, eye.geometry)
    assert_ordered(found)
    assert max(errors_um(found, eye).values()) < 7


def test_a_vessels_shadow_is_bridged() -> None:
    eye = layered_eye(seed=2)
    dark = np.arange(320)[None, :, None] > eye.surfaces["RNFL"][:, None]
    dark &= (np.arange(96) // 4 == 10)[None, None]
    found = segmented(np.where(dark, 0.3 * eye.volume, eye.volume), eye.geometry)
    for name in ("OPL", "EZ", "RPE"):
        assert np.abs(found[name] - eye.surfaces[name])[:, 40:44].mean() < 2.5, name


def test_without_signal_there_is_no_surface() -> None:
    eye = layered_eye(seed=3)
    volume = eye.volume.copy()
    volume[:, :, 40:48], volume[:, :, 70:76], volume[4] = 0, np.nan, 0
    found = segmented(volume, eye.geometry)
    assert_ordered(found)
    for name in NAMES:
        missing = np.isnan(found[name])
        assert missing[:, 40:48].all()
        assert missing[:, 70:76].all()
        assert missing[4].all()
        assert missing.mean() < 0.3, name
    assert max(errors_um(found, eye).values()) < 7


def test_noise_alone_has_no_surfaces() -> None:
    noise = np.random.default_rng(0).rayleigh(size=(4, 300, 96)).astype(np.float32)
    found = segmented(noise, ScanGeometry(0.0032, 0.01, 0.01))
    assert_ordered(found)
    assert np.mean([np.isnan(found[name]) for name in NAMES]) > 0.9


@pytest.mark.parametrize("value", [0.0, 1.0, np.nan])
def test_an_even_volume_has_no_surfaces(value: float) -> None:
    found = segmented(np.full((2, 200, 32), value, np.float32), ScanGeometry(0.0032, 0.01, 0.01))
    assert all(np.isnan(found[name]).all() for name in NAMES)


def test_a_retina_that_leaves_the_scan_is_not_invented() -> None:
    eye = layered_eye(seed=1)
    below = round(float(eye.surfaces["OPL"].max()))
    found = segmented(np.ascontiguousarray(eye.volume[:, :below]), eye.geometry)
    assert_ordered(found)
    assert np.isnan(found["BM"]).mean() > 0.6


@pytest.mark.parametrize("seed", range(3))
def test_order_holds_even_in_nonsense(seed: int) -> None:
    chance = np.random.default_rng(seed)
    nonsense = chance.rayleigh(size=(3, 40, 16)).astype(np.float32).repeat(8, 1).repeat(4, 2)
    assert_ordered(segmented(nonsense, ScanGeometry(0.0032, 0.01, 0.05)))


def test_a_larger_volume_is_done_in_blocks_and_reported_of() -> None:
    eye = layered_eye(bscans=70, ascans=48, rows=260)
    before, reported = eye.volume.copy(), []
    found = segmented(eye.volume, eye.geometry, progress=lambda *both: reported.append(both))
    assert reported == [(24, 70), (48, 70), (70, 70)]
    assert (eye.volume == before).all()
    error = np.abs(found["RPE"] - eye.surfaces["RPE"])
    assert error[60:].mean() < 2


def test_what_is_not_a_volume_is_an_error() -> None:
    for shape in ((200, 64), (0, 200, 64)):
        with pytest.raises(ShapeMismatch, match=r"axes \(B, Z, X\)"):
            segmented(np.zeros(shape, np.float32), ScanGeometry(0.0032, 0.01, 0.01))


@pytest.mark.parametrize(
    ("axial_mm", "shape", "reason"),
    [
        (0.1, (2, 100, 64), "100 um between rows, needs 25 or less"),
        (0.0032, (2, 100, 64), "320 um of depth, needs 400"),
        (0.0032, (2, 200, 7), "7 A-scans, needs 8"),
    ],
)
def test_a_volume_that_cannot_hold_a_retina_has_failed(
    axial_mm: float, shape: tuple[int, int, int], reason: str
) -> None:
    found = segmented(np.ones(shape, np.float32), ScanGeometry(axial_mm, 0.01, 0.01))
    assert found.is_empty
    assert str(found.verdict) == f"failed: {reason}"


@pytest.mark.parametrize(
    ("fill", "reason"),
    [(np.nan, "no finite number"), (-3, "no number above 0"), (3, "the same number everywhere")],
)
def test_a_volume_that_holds_nothing_has_failed_with_that_reason(fill: float, reason: str) -> None:
    volume = np.full((2, 200, 16), fill, np.float32)
    found = segmented(volume, ScanGeometry(0.0032, 0.01, 0.01))
    assert found.is_empty
    assert str(found.verdict) == f"failed: the volume holds {reason}"


def test_the_finest_spacing_needs_no_more_memory() -> None:
    noise = np.random.default_rng(0).rayleigh(size=(3, 200, 64)).astype(np.float32)
    found = segmented(noise, ScanGeometry(0.0032, 1e-4, 1e-4))
    assert found["ILM"].shape == (3, 64)


def test_a_retina_upside_down_has_failed() -> None:
    eye = structural_eye(930016, stratum="easy")
    assert eye.amplitude is not None
    found = segmented(np.ascontiguousarray(eye.amplitude[:, ::-1]), eye.geometry)
    assert found.is_empty
    assert found.verdict is not None
    assert found.verdict.outcome == "failed"
    assert found.verdict.reasons[0] == "the retina seems upside down"


def test_bscans_upside_down_have_no_surfaces_and_make_a_scan_poor() -> None:
    eye = structural_eye(930016, stratum="easy", shape=(6, 64))
    assert eye.amplitude is not None
    volume = eye.amplitude.copy()
    volume[1::3] = volume[1::3, ::-1]
    found = segmented(volume, eye.geometry)
    assert np.isnan(found["BM"][1::3]).all()
    assert np.isfinite(found["BM"][::3]).mean() > 0.9
    assert found.verdict is not None
    assert found.verdict.outcome == "poor"
    assert found.verdict.reasons[0] == "2 of 6 B-scans seem upside down"


@pytest.mark.parametrize("fill", [0, 1, 30])
def test_ascans_of_one_value_leave_the_others_as_they_are(fill: float) -> None:
    eye = layered_eye(seed=3)
    volume = eye.volume.copy()
    width = volume.shape[2] * 2 // 5
    volume[:, :, :width] = fill
    found, whole = segmented(volume, eye.geometry), segmented(eye.volume, eye.geometry)
    assert np.isnan(found["BM"][:, : width - 8]).mean() > 0.95
    assert np.nanmean(np.abs(found["BM"] - whole["BM"])[:, width + 8 :]) < 0.5
    assert np.isfinite(found["BM"][:, width + 8 :]).mean() > 0.95
