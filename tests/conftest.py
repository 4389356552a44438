"""A whole chain of instances of a small simulated eye, made once for all tests that look at one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from octome.octa.acquisition_file import write_acquisition
from octome.octa.phantom.eye import SimulatedEye
from octome.pipeline.chain import Made, process
from octome.pipeline.request import Request


@dataclass(frozen=True)
class MadeChain:
    """A simulated eye and the chain that was made of its scan."""

    eye: SimulatedEye
    scan: Path
    folder: Path
    made: list[Made]

    def file(self, name: str) -> Path:
        """The instance of that name."""
        return self.folder / f"{name}.dcm"


@pytest.fixture(scope="session")
def made_chain(tmp_path_factory: pytest.TempPathFactory) -> MadeChain:
    """Of 40 B-scans of 64 A-scans over 1 x 1 mm beside the fovea, two repeats."""
    folder = tmp_path_factory.mktemp("chain")
    eye = SimulatedEye(
        "normal",
        seed=3,
        bscans=40,
        repeats=2,
        ascans=64,
        bscan_mm=1 / 40,
        ascan_mm=1 / 64,
        centre_mm=(0.9, 0.0),
        saccades=0,
    )
    acquisition = eye.acquisition("bscans")
    scan = folder / "scan.h5"
    facts = {**acquisition.facts, "acquired": "2026-01-31T14:05:00", "centred_on": "macula"}
    object.__setattr__(acquisition, "facts", facts)
    write_acquisition(scan, acquisition, truth=eye.truth)
    made = process(scan, folder / "study", Request(with_height_map=True))
    return MadeChain(eye, scan, folder / "study", made)
