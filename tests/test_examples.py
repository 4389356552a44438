"""The examples run as they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

from octome.octa.acquisition_file import write_acquisition
from octome.octa.phantom.eye import SimulatedEye

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_angiography_draws_a_sheet_and_says_what_it_measured(tmp_path: Path) -> None:
    scan, sheet = tmp_path / "scan.h5", tmp_path / "sheet.png"
    eye = SimulatedEye(seed=1, bscans=40, repeats=3, ascans=96, ascan_mm=0.02, bscan_mm=0.02)
    write_acquisition(scan, eye.acquisition())
    done = subprocess.run(
        [sys.executable, EXAMPLES / "angiography.py", scan, sheet, "ssada"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "superficial vessel density" in done.stdout
    with Image.open(sheet) as image:
        assert image.width > 1000
