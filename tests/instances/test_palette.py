"""Colours by index, written and read back."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels import apply_color_lut

from octome.errors import InstanceUnreadable
from octome.instances.palette import Palette, palette_of, write_palette
from octome.instances.tomography_image import write_image_pixel

COLOURS = np.random.default_rng(0).integers(0, 256, (4096, 3), dtype=np.uint8)


@pytest.fixture
def image() -> Dataset:
    ds = Dataset()
    write_image_pixel(ds, bits=16, is_signed=False, shape=(4, 5))
    write_palette(ds, Palette(COLOURS))
    return ds


def test_the_colours_are_read_back(image: Dataset) -> None:
    found = palette_of(image)
    assert found is not None
    np.testing.assert_array_equal(found.colours, COLOURS)
    indices = np.array([[0, 1], [4095, 9999]], np.uint16)
    np.testing.assert_array_equal(found.picture(indices), COLOURS[[[0, 1], [4095, 4095]]])


def test_pydicom_shows_the_same_colours(image: Dataset) -> None:
    indices = np.arange(20, dtype=np.uint16).reshape(4, 5)
    shown = apply_color_lut(indices, image)
    np.testing.assert_array_equal(shown >> 8, COLOURS[indices])


def test_what_is_for_grey_only_is_gone(image: Dataset) -> None:
    assert "PresentationLUTShape" not in image
    assert "PixelPaddingValue" not in image
    assert (image.BitsAllocated, image.BitsStored, image.HighBit) == (16, 12, 11)
    assert (image.WindowCenter, image.WindowWidth) == (2048, 4096)


def test_tables_of_bytes_are_read(image: Dataset) -> None:
    for at, name in enumerate(("Red", "Green", "Blue")):
        setattr(image, f"{name}PaletteColorLookupTableDescriptor", [4096, 0, 8])
        setattr(image, f"{name}PaletteColorLookupTableData", COLOURS[:, at].tobytes())
    found = palette_of(image)
    assert found is not None
    np.testing.assert_array_equal(found.colours, COLOURS)


def test_grey_has_no_palette() -> None:
    ds = Dataset()
    write_image_pixel(ds, bits=16, is_signed=False, shape=(4, 5))
    assert palette_of(ds) is None


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("GreenPaletteColorLookupTableData", b"1234"),
        ("BluePaletteColorLookupTableDescriptor", [4096, 1, 16]),
        ("BluePaletteColorLookupTableDescriptor", [4096, 0, 12]),
        ("RedPaletteColorLookupTableDescriptor", [256, 0, 16]),
        ("RedPaletteColorLookupTableData", None),
    ],
)
def test_a_palette_that_cannot_be_read_is_an_error(
    image: Dataset, keyword: str, value: object
) -> None:
    setattr(image, keyword, value)
    with pytest.raises(InstanceUnreadable, match="palette"):
        palette_of(image)
