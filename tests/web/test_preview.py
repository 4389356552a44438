"""One frame as a picture, or one line that says why it cannot be shown."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom.data
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.pixels import pixel_array
from small_instance import ct_image, encoded

from octome.conformance.rules.rulebook import Rulebook
from octome.dicom.part10 import Encoded, read_encoded
from octome.standard.library import Library
from octome.web.preview import Preview, preview

FILES = Path(pydicom.data.__file__).parent / "test_files"


def read(library: Library, source: Path | bytes) -> Encoded:
    return read_encoded(source, Rulebook(library).dictionary.vr_of)


def pixels(made: Preview | None) -> np.ndarray:  # type: ignore[type-arg]
    assert made is not None
    assert made.why == ""
    return np.asarray(Image.open(BytesIO(base64.b64decode(made.address.partition(",")[2]))))


def test_values_are_stretched_from_black_to_white(library: Library) -> None:
    ds = ct_image()
    ds.PixelData = np.array([[0] * 4, [0] * 4, [1000] * 4, [1000] * 4], "<u2").tobytes()
    shown = pixels(preview(read(library, encoded(ds))))
    assert shown.tolist() == [[0] * 4, [0] * 4, [255] * 4, [255] * 4]


@pytest.mark.parametrize("bits", [8, 16])
def test_a_palette_gives_the_colours(library: Library, bits: int) -> None:
    ds = ct_image()
    ds.PhotometricInterpretation = "PALETTE COLOR"
    ds.PixelData = np.array([[10, 11, 12, 13]] * 4, "<u2").tobytes()
    for at, name in enumerate(("Red", "Green", "Blue")):
        # The first entry is for 11: what is below has its colour too.
        setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [2, 11, bits])
        table = np.array([[200, 100, 50], [7, 8, 9]])[:, at]
        encoding = "u1" if bits == 8 else "<u2"
        data = (table * (257 if bits == 16 else 1)).astype(encoding).tobytes()
        setattr(ds, f"{name}PaletteColorLookupTableData", data)
    shown = pixels(preview(read(library, encoded(ds))))
    assert shown[0].tolist() == [[200, 100, 50], [200, 100, 50], [7, 8, 9], [7, 8, 9]]


def test_a_frame_that_is_not_there_becomes_the_last(library: Library) -> None:
    ds = ct_image()
    ds.NumberOfFrames, ds.PixelData = 3, bytes(96)
    made = preview(read(library, encoded(ds)), 7)
    assert made is not None
    assert (made.frame, made.frames) == (2, 3)


@pytest.mark.parametrize(
    "name",
    [
        "SC_rgb_rle_2frame.dcm",
        "examples_jpeg2k.dcm",
        "SC_rgb_jpeg_gdcm.dcm",
        "SC_rgb_small_odd_big_endian.dcm",
    ],
)
def test_compressed_and_big_endian_pixels_are_pydicoms(library: Library, name: str) -> None:
    whole = pixel_array(FILES / name, index=0)
    shown = pixels(preview(read(library, FILES / name)))
    if max(whole.shape[:2]) <= 900:
        np.testing.assert_array_equal(shown, whole)
    else:
        assert max(shown.shape[:2]) == 900


def test_what_is_not_an_image_has_no_picture(library: Library) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.PatientID = "1.2.840.10008.5.1.4.1.1.88.33", "1"
    assert preview(read(library, encoded(ds))) is None


@pytest.mark.parametrize(
    ("attribute", "value", "why"),
    [("Rows", 60_000, "a frame has 458 MB, 128 MB at most"), ("PixelData", bytes(10), "")],
)
def test_the_reason_for_a_missing_picture_is_one_line(
    library: Library, attribute: str, value: object, why: str
) -> None:
    ds = ct_image()
    ds.Columns = 4000 if attribute == "Rows" else 4
    setattr(ds, attribute, value)
    made = preview(read(library, encoded(ds)))
    assert made is not None
    assert made.address == ""
    assert made.why.startswith(why)
    assert len(made.why.splitlines()) == 1
