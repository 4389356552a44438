"""Stored volumes and surfaces read back: once for several steps, on one grid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from octome.errors import InstanceUnreadable
from octome.instances.height_map import StoredHeightMap
from octome.instances.surface_segmentation import StoredSurfaces
from octome.instances.tomography_image import read_tomography_image
from octome.octa.quality import signal_db
from octome.octa.surface import SurfaceMaps
from octome.pipeline.recent import forget_readings
from octome.pipeline.stored_layers import (
    StoredLayers,
    flow_volume,
    read_surfaces,
    stored_layers,
    structural_volume,
)


def test_a_volume_is_read_and_decoded_once(made_chain) -> None:
    path = made_chain.file("structure")
    first = structural_volume(path)
    assert structural_volume(path) is first
    assert first.values is first.values
    np.testing.assert_array_equal(first.values, read_tomography_image(path).values())
    forget_readings()
    assert structural_volume(path) is not first


def test_flow_and_structure_are_different_volumes(made_chain) -> None:
    flow = flow_volume(made_chain.file("flow-omag")).values
    assert flow.shape == (40, 512, 64)
    with pytest.raises(InstanceUnreadable):
        flow_volume(made_chain.file("structure"))


def test_surfaces_are_read_from_either_kind_of_instance(made_chain) -> None:
    mesh, height_map = (read_surfaces(made_chain.file(n)) for n in ("surfaces", "height-map"))
    assert isinstance(mesh, StoredSurfaces)
    assert isinstance(height_map, StoredHeightMap)
    with pytest.raises(InstanceUnreadable):
        read_surfaces(made_chain.file("structure"))


def test_surfaces_lie_on_the_grid_of_the_volume(made_chain) -> None:
    layers = stored_layers(made_chain.file("structure"), made_chain.file("surfaces"))
    assert layers.maps["ILM"].shape == (40, 64)
    assert np.nanmedian(layers.maps["ILM"]) < np.nanmedian(layers.maps["BM"])


class WithPit(StoredLayers):
    """The same volume, with a foveal pit at B-scan 20 and A-scan 30."""

    @property
    def maps(self) -> SurfaceMaps:  # type: ignore[override]
        found, g = super().maps, self.structure.stored.grid.geometry
        b, x = np.ogrid[:40, :64]
        away_mm = np.hypot((b - 20) * g.bscan_mm, (x - 30) * g.ascan_mm)
        ipl = 100 - 80 * np.exp(-((away_mm / 0.2) ** 2))
        rows = {"ILM": np.zeros((40, 64), np.float32), "IPL": ipl.astype(np.float32)}
        return replace(found, rows=rows)


def test_the_fovea_lies_where_the_pit_is(made_chain) -> None:
    layers = stored_layers(made_chain.file("structure"), made_chain.file("surfaces"))
    # From the corner of the image: the centre of the first pixel is at 0.5.
    assert WithPit(layers.structure, layers.surfaces).fovea == (20.5, 30.5)
    # This scan lies next to the fovea.
    assert layers.fovea is None
    assert WithoutLayers(layers.structure, layers.surfaces).fovea is None


class WithoutLayers(StoredLayers):
    """The same volume, whose layers were not found."""

    @property
    def maps(self) -> SurfaceMaps:  # type: ignore[override]
        return replace(super().maps, rows={})


class WithoutBM(StoredLayers):
    """The same volume, whose lower bound was not found."""

    @property
    def maps(self) -> SurfaceMaps:  # type: ignore[override]
        found = super().maps
        rows = {name: row for name, row in found.rows.items() if name != "BM"}
        return replace(found, rows=rows)


def test_signal_over_noise_needs_both_bounds_of_the_retina(made_chain, tmp_path: Path) -> None:
    layers = stored_layers(made_chain.file("structure"), made_chain.file("surfaces"))
    rows = layers.maps.rows
    expected = signal_db(layers.structure.values, rows["ILM"], rows["BM"])
    assert layers.signal_db == pytest.approx(expected)
    assert expected > 0
    assert WithoutBM(layers.structure, layers.surfaces).signal_db is None
