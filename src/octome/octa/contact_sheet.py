"""Many pictures on one sheet, each with its caption."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from octome.octa.picture import RGB, Colour

PAPER: Colour = (18, 20, 24)
INK: Colour = (226, 229, 233)
MARGIN = 10  # px, around and between the pictures


def contact_sheet(
    pictures: Sequence[tuple[str, RGB]], *, columns: int = 3, font_px: int = 15, title: str = ""
) -> RGB:
    """Captioned pictures in a grid, light text on dark.

    Pictures keep their size. A column is as wide as its widest picture, a row as high as its
    highest; a caption that is wider than its column is broken between words.

    Parameters
    ----------
    pictures : sequence of (str, uint8 (height, width, 3))
        Captions and pictures, in reading order.
    columns : int
        Pictures side by side.
    font_px : int
        Height of the letters.
    title : str
        One line above all; none if empty.

    Returns
    -------
    sheet : uint8, (height, width, 3)

    Examples
    --------
    >>> black = np.zeros((20, 30, 3), np.uint8)
    >>> contact_sheet([("one", black), ("two", black)], columns=2).shape[1]
    90
    """
    font = ImageFont.load_default(font_px)
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    widths = [max(image.shape[1] for _, image in pictures[n::columns]) for n in range(columns)
              if pictures[n::columns]]  # fmt: skip
    captions = [
        [_broken(text, width, font) for (text, _), width in zip(row, widths, strict=False)]
        for row in rows
    ]
    line = font_px + 4
    text_heights = [line * max(text.count("\n") + 1 for text in row) for row in captions]
    heights = [max(image.shape[0] for _, image in row) for row in rows]
    top = MARGIN + (line + MARGIN if title else 0)
    size = (
        MARGIN + sum(width + MARGIN for width in widths),
        top + sum(heights) + sum(text_heights) + MARGIN * len(rows),
    )
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    if title:
        draw.text((MARGIN, MARGIN), title, INK, font)
    for row, texts, height, text_height in zip(rows, captions, heights, text_heights, strict=True):
        left = MARGIN
        for (_, image), text, width in zip(row, texts, widths, strict=False):
            draw.multiline_text((left, top), text, INK, font, spacing=4)
            sheet.paste(Image.fromarray(image), (left, top + text_height))
            left += width + MARGIN
        top += text_height + height + MARGIN
    return np.array(sheet)


def _broken(text: str, width: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """The text in lines that are not wider than `width` px, unless one word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
