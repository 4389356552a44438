"""What a plain copy of a study consists of: the flow, and the images drawn from all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from octome.errors import NothingThere
from octome.export.drawn_bscan import DrawnBscans, VolumeFrames
from octome.instances.enface_image import StoredEnface, read_enface_image
from octome.instances.instance_kind import ENFACE_CLASS
from octome.instances.scale import Scale
from octome.instances.secondary_capture import CapturedImage
from octome.instances.stored_instance import StoredInstance
from octome.instances.stored_volume import StoredVolume
from octome.instances.window import window_of
from octome.octa.picture import ABSENT, RGB, SURFACE_COLOURS, grey
from octome.pipeline.study import Study

DARK_PERCENT, BRIGHT_PERCENT = 0.5, 99.7  # of the values: where a window begins and ends
TITLE = 64  # characters of a Series Description


@dataclass(frozen=True, kw_only=True)
class PlainCopy:
    """One copy: its pixels are made frame by frame."""

    name: str
    """Of its file."""
    title: str
    """Series Description."""
    image: CapturedImage
    frame: Callable[[int], NDArray[Any]]
    """The pixels of one frame: uint8, (rows, columns, 3), or stored values, (rows, columns)."""
    scale: Scale | None = None
    """What the stored values mean; None for colour."""

    def picture(self, at: int) -> RGB:
        """One frame in colour, `ABSENT` where it has no value."""
        pixels = self.frame(at)
        if self.image.window is None:
            return pixels
        centre, width = self.image.window
        shades = grey(pixels.astype(np.float32), centre - width / 2, centre + width / 2)
        picture = np.repeat(shades[:, :, None], 3, axis=2)
        picture[pixels == 0] = ABSENT
        return picture


@dataclass(frozen=True)
class LeftOut:
    """What a study has no copy of, and why."""

    what: str
    why: str


def plain_copies(study: Study) -> Iterator[PlainCopy | LeftOut]:
    """The copies of a study: C in grey and over B, D over B, each E and F.

    Raises
    ------
    OctomeError
        An instance is damaged, or the study holds several scans or volumes.
    """
    bscans = DrawnBscans(study)
    if study.has_flow:
        yield _grey_flow(study.flow)
        yield _drawn(study, "flow", bscans.flow, study.flow)
    else:
        yield LeftOut("flow", "the study has no flow volume")
    if study.has_surfaces:
        yield _drawn(study, "surfaces", bscans.surfaces, study.surfaces)
    else:
        yield LeftOut("surfaces", "the study has no surfaces")
    frame_of_reference = study.structure.exam.frame_of_reference
    for entry in study.entries:
        if entry.header.SOPClassUID != ENFACE_CLASS:
            continue
        if entry.frame_of_reference == frame_of_reference:
            yield _enface(read_enface_image(entry.path))


def _grey_flow(flow: StoredVolume) -> PlainCopy:
    frames = VolumeFrames(flow)
    geometry = flow.placement.geometry
    return PlainCopy(
        name="flow",
        title=_title(flow.header, ""),
        image=CapturedImage(
            shape=flow.placement.shape,
            bits=8 * frames.stored.itemsize,
            window=window_of(frames.stored, DARK_PERCENT, BRIGHT_PERCENT),
            spacing_mm=(geometry.axial_mm, geometry.ascan_mm),
            derivation="copy of the flow, as stored; 0 where there is no value",
            sources=[flow],
            placement=flow.placement,
            slice_mm=flow.slice_mm,
        ),
        frame=lambda at: frames.stored[at],
        scale=flow.scale,
    )


def _drawn(
    study: Study, what: str, frame: Callable[[int], RGB], drawn: StoredInstance
) -> PlainCopy:
    structure = study.structure
    geometry = structure.placement.geometry
    how = _legend(study) if what == "surfaces" else "flow from clear over red to yellow"
    verdict = study.maps.verdict if what == "surfaces" else None
    doubt = "" if verdict is None or verdict.outcome == "good" else f" ({verdict.outcome})"
    absent = f"{_colour(ABSENT)} where there is no value"
    return PlainCopy(
        name=f"{what}-over-structure",
        title=_title(drawn.header, f"{what}{doubt} over structure"),
        image=CapturedImage(
            shape=structure.placement.shape,
            bits=8,
            window=None,
            spacing_mm=(geometry.axial_mm, geometry.ascan_mm),
            derivation=f"drawn over the structure in grey: {how}; {absent}",
            sources=[structure, drawn],
            placement=structure.placement,
            slice_mm=structure.slice_mm,
        ),
        frame=frame,
    )


def _legend(study: Study) -> str:
    """Which surface has which colour, and how far they can be trusted."""
    colours = ", ".join(
        f"{name} {_colour(SURFACE_COLOURS[name])}"
        for name in study.maps.rows
        if name in SURFACE_COLOURS
    )
    verdict = study.maps.verdict
    return f"surfaces as lines, {colours}" + ("" if verdict is None else f"; {verdict}")


def _colour(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _enface(image: StoredEnface) -> PlainCopy | LeftOut:
    stored, palette = image.stored(), image.palette
    bits = 8 if palette is not None else int(image.header.BitsAllocated)
    try:
        window = None if palette else window_of(stored, DARK_PERCENT, BRIGHT_PERCENT)
    except NothingThere as error:
        return LeftOut(image.file.path.stem, str(error))
    pixels = stored if palette is None else palette.picture(stored)
    as_stored = "as stored; 0 where there is no value"
    return PlainCopy(
        name=image.file.path.stem,
        title=_title(image.header, _slab(image.header)),
        image=CapturedImage(
            shape=(1, *stored.shape),
            bits=bits,
            window=window,
            spacing_mm=image.spacing_mm,
            derivation="copy of the en face image, " + ("in colour" if palette else as_stored),
            sources=[image],
        ),
        frame=lambda _at: pixels,
        scale=None if palette else image.scale,
    )


def _slab(header: Dataset) -> str:
    """What an en face image shows, unless its series says so."""
    slab = str(header.get("OphthalmicImageTypeDescription") or "")
    return "" if slab in str(header.get("SeriesDescription")) else slab


def _title(header: Dataset, what: str) -> str:
    """Viewers show the first words of a long title: they are what differs between the copies."""
    series = str(header.get("SeriesDescription") or header.Modality)
    return f"Copy of {f'{what}: ' if what else ''}{series}"[:TITLE]
