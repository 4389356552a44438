"""Where a scan lay on the fundus, and the thickness along it, as pictures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from octome.octa.acquisition import Float32
from octome.octa.contact_sheet import INK, MARGIN
from octome.octa.picture import RGB, Colour
from octome.octa.scan_path import Float64

PATH: Colour = (90, 220, 120)
FIRST: Colour = (255, 214, 10)  # the first A-scan of the first B-scan
MOST_LINES = 40  # B-scans that are drawn: more would hide the fundus
FIRST_PX = 4  # radius of its mark
CHART: Colour = (30, 33, 39)
GRID: Colour = (62, 66, 74)
GRID_UM, FEW_LINES = 100, 5
CURVES: Mapping[str, Colour] = {"RNFL": (255, 214, 10), "retina": (120, 190, 255)}
CHART_PX, HEAD_PX = 160, 20  # height; above the curves, for their names
FONT_PX = 12


def fundus_picture(pixels: NDArray[np.uint8], places: list[Float64], *, width: int) -> RGB:
    """A picture of the fundus with the B-scans on it, and a mark where the first begins.

    Parameters
    ----------
    pixels : uint8, (rows, columns) or (rows, columns, 3)
    places : list of float64, (N, 2)
        For each B-scan: row and column of points along it, from the upper left corner.
    width : int
        Of the picture, px.
    """
    height = max(1, round(width * pixels.shape[0] / pixels.shape[1]))
    canvas = Image.fromarray(pixels).convert("RGB").resize((width, height))
    draw = ImageDraw.Draw(canvas)
    scale = width / pixels.shape[1]
    step = -(-len(places) // MOST_LINES)
    for points in places[::step]:
        draw.line([(x * scale, y * scale) for y, x in points.tolist()], fill=PATH, width=2)
    if places:
        y, x = (places[0][0] * scale).tolist()
        draw.ellipse((x - FIRST_PX, y - FIRST_PX, x + FIRST_PX, y + FIRST_PX), outline=FIRST)
    return np.array(canvas)


def thickness_chart(thickness: Mapping[str, Float32], *, width: int) -> RGB:
    """The thickness of layers along one B-scan, from 0 at the bottom, with a scale.

    Parameters
    ----------
    thickness : mapping of float32, (X,)
        um, by name of the layer (`octa.thickness.LAYERS`); NaN where not found.
    width : int
        Of the picture, px.
    """
    canvas = Image.new("RGB", (width, CHART_PX), CHART)
    draw, font = ImageDraw.Draw(canvas), ImageFont.load_default(FONT_PX)
    finite = [each[np.isfinite(each)] for each in thickness.values()]
    highest = max([float(each.max()) for each in finite if each.size], default=GRID_UM)
    step = GRID_UM if highest < FEW_LINES * GRID_UM else 2 * GRID_UM
    top_um = (int(highest) // step + 1) * step

    def y_px(um: float) -> float:
        return HEAD_PX + (CHART_PX - HEAD_PX) * (1 - um / top_um)

    for um in range(0, top_um, step):
        draw.line((0, y_px(um), width, y_px(um)), fill=GRID)
        draw.text((2, y_px(um) - FONT_PX - 2), f"{um} um", INK, font)
    left = MARGIN
    for name, values in thickness.items():
        colour = CURVES.get(name, INK)
        draw.text((left, 2), name, colour, font)
        left += int(font.getlength(name)) + MARGIN
        x = ((np.arange(len(values)) + 0.5) * width / len(values)).tolist()
        for n in np.flatnonzero(np.isfinite(values[:-1]) & np.isfinite(values[1:])).tolist():
            ends = (x[n], y_px(float(values[n])), x[n + 1], y_px(float(values[n + 1])))
            draw.line(ends, fill=colour, width=2)
    return np.array(canvas)
