"""Arrays in plain files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from octome.errors import AcquisitionUnreadable
from octome.formats.plain_array import plain_array


@pytest.mark.parametrize("dtype", ["<u2", ">i4", "<f4", "<c8"])
def test_numbers_alone_are_read_behind_a_header(tmp_path: Path, dtype: str) -> None:
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)
    path = tmp_path / "scan.raw"
    path.write_bytes(b"header!" + array.tobytes())
    found = plain_array(path, dtype=dtype, shape=(2, 3, 4), skip_bytes=7)
    np.testing.assert_array_equal(found, array)


def test_an_npy_file_states_its_own_shape(tmp_path: Path) -> None:
    array = np.random.default_rng(0).random((3, 5))
    np.save(tmp_path / "scan.npy", array)
    np.testing.assert_array_equal(plain_array(tmp_path / "scan.npy"), array)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_the_pages_of_a_tiff_are_the_first_axis(tmp_path: Path, dtype: type) -> None:
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)
    pages = [Image.fromarray(page) for page in array]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    np.testing.assert_array_equal(plain_array(tmp_path / "scan.tif"), array)


def test_a_length_that_does_not_fit_says_both(tmp_path: Path) -> None:
    path = tmp_path / "scan.raw"
    path.write_bytes(bytes(50))
    with pytest.raises(AcquisitionUnreadable, match=r"has 50 bytes; .* 2 x 3 x 4 .* are 48"):
        plain_array(path, dtype="<u2", shape=(2, 3, 4))


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(AcquisitionUnreadable, match="No such file"):
        plain_array(tmp_path / "none.npy")
    (tmp_path / "scan.raw").write_bytes(b"1234")
    with pytest.raises(AcquisitionUnreadable, match="state its dtype and shape"):
        plain_array(tmp_path / "scan.raw")
    with pytest.raises(AcquisitionUnreadable, match="nonsense"):
        plain_array(tmp_path / "scan.raw", dtype="nonsense", shape=(4,))
    (tmp_path / "scan.tif").write_bytes(b"no TIFF")
    with pytest.raises(AcquisitionUnreadable, match="cannot identify"):
        plain_array(tmp_path / "scan.tif")
    np.save(tmp_path / "objects.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(AcquisitionUnreadable, match="Python objects"):
        plain_array(tmp_path / "objects.npy")
    Image.new("RGB", (4, 3)).save(tmp_path / "colour.tif")
    with pytest.raises(AcquisitionUnreadable, match="in colour"):
        plain_array(tmp_path / "colour.tif")


def test_pages_of_two_sizes_are_an_error(tmp_path: Path) -> None:
    pages = [Image.new("L", (4, 3)), Image.new("L", (5, 3))]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    with pytest.raises(AcquisitionUnreadable, match="page 1 is"):
        plain_array(tmp_path / "scan.tif")


def test_a_picture_has_to_be_converted_first(tmp_path: Path) -> None:
    with pytest.raises(AcquisitionUnreadable, match=r"convert the picture to TIFF or \.npy"):
        plain_array(tmp_path / "scan.PNG")
