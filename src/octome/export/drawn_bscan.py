"""B-scans in colour, pixel for pixel: flow over structure, and surfaces over structure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.instances.stored_volume import StoredVolume
from octome.octa.acquisition import Float32
from octome.octa.picture import ABSENT, RGB, grey, window, with_flow, with_surfaces
from octome.octa.scan_sheet import above_choroid
from octome.octa.structure import amplitude_db
from octome.pipeline.study import Study

SAMPLES = 32  # B-scans that the range of a whole volume is taken from
STRUCTURE_PERCENT = 20.0, 99.8  # below black, and below white: the noise stays dark
FLOW_PERCENT = 85.0, 99.5  # below the first trace of red, and below full yellow


class DrawnBscans:
    """The B-scans of a study in colour; black, white and the colours are those of all frames.

    Parameters
    ----------
    study : Study
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._structure = VolumeFrames(study.structure)
        self._rows: Mapping[str, Float32] = study.maps.rows if study.has_surfaces else {}

    def surfaces(self, at: int) -> RGB:
        """A B-scan in grey with its surfaces, (Z, X, 3)."""
        return with_surfaces(self._grey(at), self._rows_at(at), self._structure.shape[1])

    def flow(self, at: int) -> RGB:
        """A B-scan in grey with its flow as far down as the choroid begins, (Z, X, 3)."""
        return with_flow(self._grey(at), grey(self._flow_at(at), *self._flow_range))

    def _grey(self, at: int) -> RGB:
        decibels = amplitude_db(self._structure.values(at))
        picture = np.repeat(grey(decibels, *self._grey_range)[:, :, None], 3, axis=2)
        picture[np.isnan(decibels)] = ABSENT
        return picture

    @cached_property
    def _grey_range(self) -> tuple[float, float]:
        found = np.stack([self._structure.values(at) for at in self._structure.samples()])
        return window(amplitude_db(found[found > 0]), *STRUCTURE_PERCENT)

    def _flow_at(self, at: int) -> Float32:
        values = self._flow.values(at)
        is_above = above_choroid(self._rows_at(at), len(values), self._axial_um)
        return np.where(is_above, values, np.float32(0))

    @cached_property
    def _flow(self) -> VolumeFrames:
        return VolumeFrames(self._study.flow)

    @cached_property
    def _flow_range(self) -> tuple[float, float]:
        found = np.stack([self._flow.values(at) for at in self._flow.samples()])
        return window(found, *FLOW_PERCENT)

    @property
    def _axial_um(self) -> float:
        return self._study.structure.placement.geometry.axial_um

    def _rows_at(self, at: int) -> dict[str, Float32]:
        return {name: row[at] for name, row in self._rows.items()}


class VolumeFrames:
    """The frames of a stored volume, one at a time: a volume may be larger than the memory.

    Parameters
    ----------
    volume : StoredVolume
    """

    def __init__(self, volume: StoredVolume) -> None:
        self._volume = volume
        self.shape = volume.placement.shape

    @cached_property
    def stored(self) -> NDArray[Any]:
        """The stored values, (B, Z, X); mapped from the file where they are not compressed."""
        return self._volume.stored()

    def values(self, at: int) -> Float32:
        """The values of one B-scan, (Z, X); NaN where there is none."""
        return self._volume.scale.values(self.stored[at])

    def samples(self) -> range:
        """Some frames from all over the volume."""
        return range(0, self.shape[0], max(1, self.shape[0] // SAMPLES))
