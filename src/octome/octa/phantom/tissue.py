"""The simulated retina voxel by voxel: how much light each returns, and how much of it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel, share
from octome.octa.phantom.anatomy import Macula, bands
from octome.octa.phantom.noise import stream
from octome.octa.phantom.scan_plan import Physics, ScanPlan, Variant
from octome.octa.phantom.vasculature import EXTENT_MM, Vessels, vessels_of
from octome.octa.truth import CHORIOCAPILLARIS, CHOROIDAL

MARGIN_MM = 0.2  # tissue around the planned raster, for an eye that moves
BM_DEPTH = 0.58  # of the depth that the scan reaches, at the fovea
CYST_POWER = 1e-4
# Backscattered power of the blood in each plexus, by label: 1 for the nerve fibre layer.
BLOOD_POWER = np.array([0.0, 0.5, 0.4, 0.4, 0.5, 0.1, 0.4], np.float32)
CHORIOCAPILLARIS_MM_S = 2.0
VOIDS = 0.18  # share of the choriocapillaris without flow
CHOROID_DECAY_PER_MM = 5.0  # of power, by the choroid's pigment and blood


@dataclass(frozen=True)
class Slice:
    """One plane of tissue along the fast axis, `(Z, X)`: power that rests, and that moves."""

    static: Float32
    moving: Float32
    rho: Float32
    """Correlation of the moving part's speckle from one repeat to the next."""


class Tissue:
    """The tissue in and around the raster of one scan: `margin` more B-scans and A-scans each way.

    Rows are those of the scan when the eye does not move axially.
    """

    def __init__(
        self, variant: Variant, plan: ScanPlan, axial_mm: float, seed: int, physics: Physics
    ) -> None:
        self.geometry = ScanGeometry(axial_mm, plan.ascan_mm, plan.bscan_mm)
        self.depth = plan.samples // 2
        self.physics = physics
        self.margin_b = int(np.ceil(MARGIN_MM / plan.bscan_mm)) + 2
        self.margin_x = int(np.ceil(MARGIN_MM / plan.ascan_mm)) + 4
        b = np.arange(-self.margin_b, plan.bscans + self.margin_b)
        x = np.arange(-self.margin_x, plan.ascans + self.margin_x)
        self.y_mm = (b - (plan.bscans - 1) / 2) * plan.bscan_mm + plan.centre_mm[0]
        self.x_mm = (x - (plan.ascans - 1) / 2) * plan.ascan_mm + plan.centre_mm[1]
        self.macula = Macula(variant, seed)
        bm = BM_DEPTH * self.depth * axial_mm * 1000
        y, x = np.meshgrid(self.y_mm, self.x_mm, indexing="ij")
        depths = self.macula.surfaces(y, x, bm)
        edges, self.power = bands(depths)
        self.edges = (edges / (axial_mm * 1000)).astype(np.float32)
        self.surfaces = {
            name: (depth / (axial_mm * 1000)).astype(np.float32) for name, depth in depths.items()
        }
        interval = plan.repeat_interval_ms / physics.reference_interval_ms
        self._still = interval / physics.decorrelating_mm_s
        shape = (len(self.y_mm), self.depth, len(self.x_mm))
        self.vessels = np.zeros(shape, np.uint8)
        self._rho = np.zeros(shape, np.uint8)
        self._draw_choriocapillaris(seed, y, x)
        for vessels in vessels_of(variant, seed, self.macula):
            self._draw(vessels)
        self._cysts = [(cyst, ("INL", "ONL")[n % 2]) for n, cyst in enumerate(self.macula.cysts)]

    def _correlation(self, speed: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Of moving speckle over one repeat, in 255ths."""
        return np.asarray(np.rint(255 * np.exp(-((speed * self._still) ** 2))), np.uint8)

    def _draw(self, vessels: Vessels) -> None:
        """Mark the voxels that these vessels fill."""
        g = self.geometry
        size = np.array([g.bscan_mm, g.ascan_mm, g.axial_mm])
        upper, lower = (self.surfaces[name] for name in vessels.between)
        ends = np.stack([vessels.start, vessels.end])
        places = ends.copy()
        places[..., 0] = (ends[..., 0] - self.y_mm[0]) / g.bscan_mm
        places[..., 1] = (ends[..., 1] - self.x_mm[0]) / g.ascan_mm
        rho = self._correlation(vessels.speed)
        _draw_lines(
            places, vessels.radius, rho, upper, lower, size, vessels.plexus, self.vessels, self._rho
        )

    def _draw_choriocapillaris(
        self, seed: int, y: NDArray[np.float64], x: NDArray[np.float64]
    ) -> None:
        """Mark the layer under Bruch's membrane, except its flow voids."""
        step = 0.01
        side = int(2 * EXTENT_MM / step)
        noise = stream(seed, "choriocapillaris").standard_normal((side, side))
        pattern = ndimage.gaussian_filter(noise, 1.3, mode="wrap")
        places = [(y + EXTENT_MM) / step, (x + EXTENT_MM) / step]
        here = ndimage.map_coordinates(pattern, places, order=1, mode="wrap")
        flows = here > np.quantile(pattern, VOIDS)
        speed = np.array([CHORIOCAPILLARIS_MM_S])
        _draw_layer(
            self.surfaces["BM"],
            self.surfaces["CC"],
            flows,
            CHORIOCAPILLARIS,
            self._correlation(speed)[0],
            self.vessels,
            self._rho,
        )

    def slice(self, index: int) -> Slice:
        """The plane at B-scan `index` of the plan, which may lie in the margin."""
        at = min(max(index + self.margin_b, 0), len(self.y_mm) - 1)
        shape = (self.depth, len(self.x_mm))
        static, moving, rho = (np.zeros(shape, np.float32) for _ in range(3))
        power = self.power.astype(np.float32)
        _fill_bands(self.edges[:, at], power, static)
        self._fill_cysts(at, static)
        p = self.physics
        axial = self.geometry.axial_mm
        _let_blood_flow(
            self.vessels[at],
            self._rho[at],
            BLOOD_POWER,
            np.array(
                [
                    np.exp(-2 * p.blood_attenuation_per_mm * axial),
                    np.exp(-axial * 1000 / p.tail_um),
                    np.exp(-CHOROID_DECAY_PER_MM * axial),
                ],
                np.float32,
            ),
            self.surfaces["CC"][at],
            static,
            moving,
            rho,
        )
        return Slice(static, moving, rho)

    def _fill_cysts(self, at: int, static: Float32) -> None:
        """Empty the pockets of fluid."""
        y = self.y_mm[at]
        limits = {"INL": ("IPL", "INL"), "ONL": ("OPL", "ELM")}
        for cyst, layer in self._cysts:
            if abs(y - cyst.y) > cyst.radius:
                continue
            upper, lower = (self.surfaces[name][at] for name in limits[layer])
            away = ((self.x_mm - cyst.x) ** 2 + (y - cyst.y) ** 2) / cyst.radius**2
            half = 0.45 * (lower - upper) * np.sqrt(np.maximum(1 - away, 0))
            middle = (upper + lower) / 2
            rows = np.arange(self.depth)[:, None]
            inside = np.abs(rows - middle) < half
            static[inside] = CYST_POWER

    def seen(self, b: Float32, x: Float32) -> tuple[dict[str, Float32], NDArray[np.uint8]]:
        """Surfaces and vessels at fractional positions of the plan, `(B, X)` each.

        Returns
        -------
        surfaces : dict of float32, (B, X)
        vessels : uint8, (B, Z, X)
            Of the nearest column of voxels.
        """
        places = np.stack([b + self.margin_b, x + self.margin_x])
        surfaces = {
            name: ndimage.map_coordinates(rows, places, order=1, mode="nearest")
            for name, rows in self.surfaces.items()
        }
        nearest_b = np.clip(np.rint(places[0]), 0, len(self.y_mm) - 1).astype(np.intp)
        nearest_x = np.clip(np.rint(places[1]), 0, len(self.x_mm) - 1).astype(np.intp)
        vessels = np.empty((b.shape[0], self.depth, b.shape[1]), np.uint8)

        def gather(block: slice) -> None:
            for index in range(block.start, block.stop):
                _gather(self.vessels, nearest_b[index], nearest_x[index], vessels[index])

        share(gather, len(vessels))
        return surfaces, vessels


@kernel
def _gather(volume, b, x, out):  # type: ignore[no-untyped-def]
    for column in range(len(b)):
        for z in range(volume.shape[1]):
            out[z, column] = volume[b[column], z, x[column]]


@kernel
def _draw_lines(places, radius, rho, upper, lower, size, label, vessels, rhos):  # type: ignore[no-untyped-def]
    """Mark the voxels within `radius` of each line, at least those it runs through."""
    count_b, depth, count_x = vessels.shape
    for n in range(len(radius)):
        by, bx, bz = places[0, n]
        ey, ex, ez = places[1, n]
        length = np.sqrt(((ey - by) * size[0]) ** 2 + ((ex - bx) * size[1]) ** 2)
        # A riser has no length sideways: its depth, 0.1 mm at most, gives the number of steps.
        length = max(length, 0.1 * abs(ez - bz))
        steps = int(length / (0.35 * min(size[0], size[1], 2 * size[2]))) + 1
        ry = max(radius[n] / size[0], 0.55)
        rx = max(radius[n] / size[1], 0.55)
        rz = max(radius[n] / size[2], 0.55)
        for step in range(steps + 1):
            t = step / steps
            y = by + t * (ey - by)
            x = bx + t * (ex - bx)
            cy, cx = round(y), round(x)
            if cy < 0 or cx < 0 or cy >= count_b or cx >= count_x:
                continue
            share_down = bz + t * (ez - bz)
            z = upper[cy, cx] + share_down * (lower[cy, cx] - upper[cy, cx])
            for j in range(max(0, int(np.ceil(y - ry))), min(count_b, int(y + ry) + 1)):
                for k in range(max(0, int(np.ceil(z - rz))), min(depth, int(z + rz) + 1)):
                    for i in range(max(0, int(np.ceil(x - rx))), min(count_x, int(x + rx) + 1)):
                        away = ((j - y) / ry) ** 2 + ((k - z) / rz) ** 2 + ((i - x) / rx) ** 2
                        if away <= 1.0:
                            vessels[j, k, i] = label
                            rhos[j, k, i] = rho[n]


@kernel
def _draw_layer(upper, lower, flows, label, rho, vessels, rhos):  # type: ignore[no-untyped-def]
    """Mark the voxels whose centres lie between two surfaces where something flows."""
    for b in range(vessels.shape[0]):
        for x in range(vessels.shape[2]):
            if flows[b, x]:
                first = max(0, int(np.ceil(upper[b, x])))
                for z in range(first, min(vessels.shape[1], int(lower[b, x]) + 1)):
                    vessels[b, z, x] = label
                    rhos[b, z, x] = rho


@kernel
def _fill_bands(edges, power, out):  # type: ignore[no-untyped-def]
    """Mean power over each voxel, which reaches half a row up and down from its centre."""
    depth, count = out.shape
    for x in range(count):
        for band in range(len(power)):
            begin = edges[band, x] + 0.5
            end = edges[band + 1, x] + 0.5
            first = max(0, int(np.floor(begin)))
            for z in range(first, min(depth, int(np.ceil(end)))):
                overlap = min(end, z + 1.0) - max(begin, float(z))
                if overlap > 0:
                    out[z, x] += power[band] * overlap


@kernel
def _let_blood_flow(vessels, rhos, blood, per_row, choroid_top, static, moving, rho):  # type: ignore[no-untyped-def]
    """Put blood in its vessels, its shadow and its tail below them.

    `per_row`: the share of light that a row of blood transmits (both ways), the share that it
    leaves unmoved, and the share that a row of choroid transmits.
    """
    depth, count = vessels.shape
    for x in range(count):
        through = np.float32(1.0)
        unmoved = np.float32(1.0)
        tail = np.float32(0.0)
        for z in range(depth):
            label = vessels[z, x]
            if z > choroid_top[x]:
                through *= per_row[2]
            if label == 0:
                power = static[z, x] * through
                moving[z, x] = power * (1 - unmoved)
                static[z, x] = power * unmoved
                rho[z, x] = tail
            else:
                here = rhos[z, x] / np.float32(255.0)
                moving[z, x] = blood[label] * through
                # A small part of a vessel's voxel is its wall.
                static[z, x] = moving[z, x] * np.float32(0.05)
                rho[z, x] = here
                if label != CHOROIDAL and label != CHORIOCAPILLARIS:
                    through *= per_row[0]
                    unmoved *= per_row[1]
                    tail = here if tail == 0 else min(tail, here)
