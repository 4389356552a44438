"""Copies as TIFF and as pictures: with the spacing, in the proportions of the tissue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from octome.export.plain_copy import PlainCopy, plain_copies
from octome.export.writers import write_pictures, write_tiff
from octome.pipeline.study import Study


@pytest.fixture(scope="module")
def copies(made_chain) -> dict[str, PlainCopy]:  # type: ignore[no-untyped-def]
    found = plain_copies(Study(made_chain.folder))
    return {copy.name: copy for copy in found if isinstance(copy, PlainCopy)}


def test_a_tiff_has_the_values_and_the_spacing(
    copies: dict[str, PlainCopy], tmp_path: Path
) -> None:
    copy = copies["flow"]
    with tifffile.TiffFile(write_tiff(copy, tmp_path, lambda: None)) as file:
        pixels, about = file.asarray(), tifffile.xml2dict(file.ome_metadata or "")
        across, unit = (
            file.pages[0].tags[name].value for name in ("XResolution", "ResolutionUnit")
        )
    assert (pixels[3] == copy.frame(3)).all()
    image = about["OME"]["Image"]
    size = {axis: image["Pixels"][f"PhysicalSize{axis}"] for axis in "XYZ"}
    # 64 A-scans and 40 B-scans over 1 x 1 mm.
    assert size["X"] == pytest.approx(1000 / 64)
    assert size["Z"] == pytest.approx(1000 / 40)
    assert size["Y"] == pytest.approx(copy.image.spacing_mm[0] * 1000)
    assert (across[0] / across[1], unit) == (640, 3)
    assert "p above 0 means" in image["Description"]


def test_the_same_study_gives_the_same_tiff(copies: dict[str, PlainCopy], tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = write_tiff(copies["depth-encoded-flow"], tmp_path / name, lambda: None)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_volume_is_a_folder_of_pictures(copies: dict[str, PlainCopy], tmp_path: Path) -> None:
    frames = []
    copy = copies["surfaces-over-structure"]
    folder = write_pictures(copy, tmp_path, lambda: frames.append(1))
    assert len(frames) == 40
    assert sorted(path.name for path in folder.iterdir())[::39] == ["01.png", "40.png"]
    with Image.open(folder / "20.png") as picture:
        width, height = picture.size
    rows, columns = copy.image.shape[1:]
    row_mm, column_mm = copy.image.spacing_mm
    assert height / width == pytest.approx(rows * row_mm / (columns * column_mm), rel=0.01)


def test_an_enface_image_is_one_picture(copies: dict[str, PlainCopy], tmp_path: Path) -> None:
    with Image.open(write_pictures(copies["deep-flow"], tmp_path, lambda: None)) as picture:
        assert picture.size == (512, 512)
        assert np.asarray(picture).std() > 10
