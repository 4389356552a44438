from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile

from octome.pipeline.chain import process
from octome.pipeline.request import Request
from octome.pipeline.track_thickness import thickness_lines, track_thickness

ASCANS = 24
RADIUS = ASCANS * 0.0125 / (2 * np.pi)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A circle in a right eye; the nerve fibre layer is 10 rows thick, and 30 in the upper half."""
    ilm = np.full((1, ASCANS), 30, np.float32)
    rnfl = ilm + 10
    rnfl[0, : ASCANS // 2] += 20
    bm = ilm + 80
    bm[0, :6] = 3e38
    noise = np.random.default_rng(0).exponential(0.1, (1, 160, ASCANS)).astype(np.float32)
    file = VolFile(
        noise,
        layers=[ilm, bm, rnfl],
        starts=[(3 - RADIUS, 3.0)],
        ends=[(3.0, 3.0)],
        pattern=2,
        position=b"OD",
    )
    (tmp_path / "scan.vol").write_bytes(file.bytes)
    process(tmp_path / "scan.vol", tmp_path / "study", Request(profile=SPECTRALIS))
    return tmp_path / "study"


def test_the_nerve_fibre_layer_of_a_circle_is_measured_by_quadrant(study: Path) -> None:
    rnfl, retina = track_thickness(study / "structure.dcm", [study / "surfaces.dcm"])
    assert (rnfl.layer, rnfl.found) == ("RNFL", 1)
    # Rows of 3.9 um; the temporal and nasal quadrants lie half above, half below.
    assert rnfl.quadrants_um == pytest.approx(
        {"temporal": 78, "superior": 117, "nasal": 78, "inferior": 39}, abs=0.1
    )
    assert (retina.layer, retina.found) == ("retina", 0.75)
    assert retina.mean_um == pytest.approx(80 * 3.9, abs=0.1)
    assert list(thickness_lines([rnfl])) == [
        "surfaces.dcm: doubtful, look at the surfaces first: RNFL 78 um thick (temporal 78, "
        "superior 117, nasal 78, inferior 39), measured in 100% of the A-scans; "
        "surfaces poor: BM drawn in 75% of A-scans"
    ]


def test_a_raster_has_no_thickness_along_it(made_chain) -> None:
    files = [made_chain.file("surfaces")]
    assert track_thickness(made_chain.file("structure"), files) == []
