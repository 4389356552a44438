"""The sheet of what is true of a simulated eye."""

from __future__ import annotations

import numpy as np

from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.truth_sheet import truth_sheet


def test_the_sheet_shows_the_plexuses_that_the_scan_meets() -> None:
    eye = SimulatedEye(seed=1, bscans=8, repeats=1, ascans=32, centre_mm=(1.0, 0.0))
    shown = [(eye.truth.vessels == label).any() for label in range(1, 7)]
    sheet = truth_sheet(eye)
    assert sheet.dtype == np.uint8
    assert sheet.shape[2] == 3
    # Three pictures to a row, of which the first are the B-scan, its surfaces and its vessels.
    assert sum(shown) >= 3
    assert sheet.shape[1] > 3 * 400
