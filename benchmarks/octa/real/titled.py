"""Pictures with a line of text above: what they show, and surfaces by their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Words = Sequence[tuple[str, Colour]]
WHITE: Colour = (255, 255, 255)
SIZE, MARGIN = 20, 6


def titled(picture: NDArray[np.uint8], words: Words) -> NDArray[np.uint8]:
    """An RGB picture below one line of words, each in its colour, on black; wide enough for it."""
    font = ImageFont.load_default(SIZE)
    width = round(sum(font.getlength(text + " ") for text, _ in words)) + 2 * MARGIN
    height, wide = SIZE + 2 * MARGIN, max(width, picture.shape[1])
    sheet = Image.new("RGB", (wide, height + picture.shape[0]))
    draw, x = ImageDraw.Draw(sheet), float(MARGIN)
    for text, colour in words:
        draw.text((x, MARGIN), text, colour, font)
        x += font.getlength(text + " ")
    sheet.paste(Image.fromarray(picture), (0, height))
    return np.asarray(sheet)


def legend(names: Sequence[str], colours: Mapping[str, Colour]) -> Words:
    """The names of surfaces, each in the colour of its line."""
    return [(name, colours[name]) for name in names]


def stacked(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """RGB pictures one below the other, as wide as the widest."""
    wide = max(picture.shape[1] for picture in pictures)
    return np.vstack([np.pad(p, ((0, 0), (0, wide - p.shape[1]), (0, 0))) for p in pictures])
