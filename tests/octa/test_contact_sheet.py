"""A sheet holds every picture whole, under its caption."""

from __future__ import annotations

import numpy as np

from octome.octa.contact_sheet import INK, MARGIN, PAPER, contact_sheet


def patch(height: int, width: int, shade: int) -> np.ndarray:
    return np.full((height, width, 3), shade, np.uint8)


def test_every_picture_is_on_the_sheet_unchanged() -> None:
    pictures = [
        (f"picture {shade}", patch(30 + shade, 80, 100 + shade)) for shade in (0, 10, 20, 30)
    ]
    sheet = contact_sheet(pictures, columns=3)
    for _, picture in pictures:
        same = (sheet == picture[0, 0]).all(axis=2)
        height, width = picture.shape[:2]
        rows, columns = np.nonzero(same)
        box = same[rows.min() : rows.min() + height, columns.min() : columns.min() + width]
        # Letters may have a pixel of the same grey, above the picture.
        assert same.sum() >= height * width
        assert box.any()
        whole = [
            same[r : r + height, c : c + width].all()
            for r, c in {
                (int(rows.max()) - height + 1, MARGIN + n * (80 + MARGIN)) for n in range(3)
            }
        ]
        assert any(whole)


def test_captions_are_light_on_dark_and_broken_to_fit() -> None:
    one = contact_sheet([("a", patch(20, 60, 0))])
    long = contact_sheet([("many words that need several lines", patch(20, 60, 0))])
    assert one.shape[1] == long.shape[1] == 60 + 2 * MARGIN
    assert long.shape[0] > one.shape[0]
    assert (one[0, 0] == PAPER).all()
    assert (one == INK).all(axis=2).any()


def test_a_title_stands_above_all() -> None:
    plain, titled = (contact_sheet([("a", patch(9, 90, 0))], title=title) for title in ("", "Eye"))
    assert titled.shape[0] > plain.shape[0]
