"""The sheet of a study: from stored instances, flow first, in the proportions of the tissue."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile

from octome.octa.picture import RGB
from octome.pipeline import study_sheet as module
from octome.pipeline.chain import process
from octome.pipeline.request import Request
from octome.pipeline.study import Study
from octome.pipeline.study_sheet import enface_picture_of, study_sheet


@pytest.fixture
def captions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The captions of the sheets that are drawn, in order."""
    seen: list[str] = []
    real = module.contact_sheet

    def contact_sheet(pictures: list[tuple[str, RGB]], **options: object) -> RGB:
        seen.extend(caption for caption, _ in pictures)
        return real(pictures, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "contact_sheet", contact_sheet)
    return seen


def test_bscans_come_first_then_flow_then_structure(made_chain, captions: list[str]) -> None:
    sheet = study_sheet(Study(made_chain.folder), title="Title")
    assert (sheet.dtype, sheet.shape[2]) == (np.uint8, 3)
    # Three pictures of 400 px side by side, with margins of 10.
    assert sheet.shape[1] == 3 * 400 + 4 * 10
    assert captions[0].startswith("B-scan 20: structure")
    assert captions[1:3] == ["surfaces: good", "flow"]
    images = captions[3:]
    assert len(images) == 13
    assert [": flow (" in caption for caption in images] == [True] * 7 + [False] * 6
    assert any("(superficial ILM..IPL-10um)" in caption for caption in images)


def test_a_study_without_flow_has_a_sheet(made_chain, tmp_path: Path, captions: list[str]) -> None:
    for name in ("structure", "surfaces"):
        shutil.copy(made_chain.file(name), tmp_path)
    sheet = study_sheet(Study(tmp_path))
    assert sheet.shape[1] == 2 * 400 + 3 * 10
    assert captions[1:] == ["surfaces: good"]


def test_an_image_has_the_proportions_of_the_tissue(made_chain) -> None:
    # 40 B-scans and 64 A-scans over 1 x 1 mm.
    picture = enface_picture_of(made_chain.file("enface/retina-structure"))
    assert (picture.shape, picture.dtype) == ((400, 400, 3), np.uint8)


def test_surfaces_of_a_device_are_named_as_its_own(tmp_path: Path, captions: list[str]) -> None:
    ilm = np.full((1, 24), 30, np.float32)
    bm = ilm + 80
    bm[0, :6] = 3e38
    noise = np.random.default_rng(0).exponential(0.1, (1, 160, 24)).astype(np.float32)
    radius = 24 * 0.0125 / (2 * np.pi)
    file = VolFile(
        noise, layers=[ilm, bm], starts=[(3 - radius, 3.0)], ends=[(3.0, 3.0)], pattern=2
    )
    (tmp_path / "scan.vol").write_bytes(file.bytes)
    process(tmp_path / "scan.vol", tmp_path / "study", Request(profile=SPECTRALIS))
    study_sheet(Study(tmp_path / "study"))
    assert "surfaces of" in captions[1]
    assert captions[1].endswith(": poor: BM drawn in 75% of A-scans")
    assert captions[2] == "thickness, doubtful: look at the surfaces first"
