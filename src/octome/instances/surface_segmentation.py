"""D: the surfaces of the layers as meshes or lines, a Surface Segmentation (PS3.3 A.57)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from highdicom import AlgorithmIdentificationSequence
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import QhullError

from octome.errors import InstancesDisagree, InstanceUnreadable, MissingFact
from octome.instances.code import EDGE_DETECTION, coded
from octome.instances.composite import (
    ALGORITHM_SOURCE,
    Reference,
    Series,
    algorithm,
    common_instance_reference,
    composite,
)
from octome.instances.enface_profile import EnfaceProfile
from octome.instances.exam import Exam
from octome.instances.file import reading
from octome.instances.grid import Float64, Grid
from octome.instances.instance_kind import SURFACES
from octome.instances.scan_track import ScanTrack
from octome.instances.segment import display_colour, names_in_order, segment, surface_name
from octome.instances.stored_instance import StoredInstance, reading_class
from octome.instances.surface_mesh import SurfaceMesh
from octome.instances.surface_rating import rated_maps
from octome.octa.acquisition import Float32
from octome.octa.surface import SurfaceMaps

ON_GRID = 0.05  # px: points that are nearer to an A-scan than this belong to it
MOST_POINTS = 20_000_000  # of all surfaces
LABEL = "RETINAL LAYERS"


def surface_segmentation(
    surfaces: Mapping[str, Float32],
    placement: Grid | ScanTrack,
    exam: Exam,
    series: Series,
    *,
    structure: Reference,
    method: tuple[str, dict[str, str]],
    label: str = LABEL,
    owner: tuple[str, str] | None = None,
    profile: EnfaceProfile = "2024d",
    family: tuple[str, str] = EDGE_DETECTION,
) -> Dataset:
    """The instance of some surfaces: meshes of triangles, or lines along separate B-scans.

    Parameters
    ----------
    surfaces : mapping of float32, (B, X)
        Rows by name (`octa.surface.SURFACE_NAMES`, or a bound as `IPL-10um`); NaN where not found.
    placement : Grid or ScanTrack
        Of the structural volume.
    exam : Exam
    series : Series
    structure : Reference
        What it was derived from: the volume that was segmented, or surfaces that were moved.
    method : (str, dict)
        Name and parameters of the algorithm.
    label : str
        Content Label.
    owner : (str, str), optional
        Whose algorithm it is, and its version; octome's if None.
    profile : EnfaceProfile
        Whether codes are those of editions up to 2024c, or since.
    family : (str, str)
        Of the algorithm: a code of context group 7162.

    Returns
    -------
    instance : Dataset

    Raises
    ------
    MissingFact
        There is no surface, or no surface has a point.
    """
    present = [name for name in names_in_order(surfaces) if np.isfinite(surfaces[name]).any()]
    if not present:
        raise MissingFact(
            "there is no surface to write: none was found anywhere", missing="surfaces"
        )
    ds = composite(SURFACES, exam, series, by_scanner=False)
    # This class states the eye only in the series.
    ds.Laterality, ds.BodyPartExamined = exam.laterality, "EYE"
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = label, series.description, ""
    ds.ReferencedSeriesSequence = common_instance_reference([structure])
    found_by = (
        algorithm(method[0], coded(*family), method[1])
        if owner is None
        else algorithm(method[0], coded(*family), method[1], owner=owner)
    )
    ds.SegmentSequence = [
        _segment(segment(number, name, profile), structure, found_by)
        for number, name in enumerate(present, 1)
    ]
    ds.NumberOfSurfaces = len(present)
    mesh = SurfaceMesh(placement)
    ds.SurfaceSequence = [
        _surface(number, name, surfaces[name], mesh) for number, name in enumerate(present, 1)
    ]
    return ds


@dataclass(frozen=True)
class StoredSurfaces(StoredInstance):
    """Surfaces as points in the frame of reference."""

    points: Mapping[str, Float64]
    """By name: (N, 3), mm."""
    numbers: Mapping[str, int]
    """Surface Number by name; the first, where a segment has several."""

    @property
    def found_by(self) -> str:
        """The device or the software that found them; empty if octome did."""
        return surface_finder(self.header.SegmentSequence[0])

    def maps(self, placement: Grid | ScanTrack) -> SurfaceMaps:
        """The rows at each A-scan of a volume.

        A point at an A-scan gives its row; where a mesh has points only elsewhere, rows
        are interpolated between them in an even raster, and missing in another scan.

        Raises
        ------
        InstancesDisagree
            No point of a surface lies in the volume.
        """
        with reading(self.file.path):
            rows = {name: _rows(name, points, placement) for name, points in self.points.items()}
            return rated_maps(rows, self.header)


def surface_finder(item: Dataset) -> str:
    """The device or the software that found a segment's surface; empty if octome did."""
    surface = (item.get("ReferencedSurfaceSequence") or [Dataset()])[0]
    keyword = "SegmentSurfaceGenerationAlgorithmIdentificationSequence"
    algorithm = (surface.get(keyword) or [Dataset()])[0]
    is_own = algorithm.get("AlgorithmSource", ALGORITHM_SOURCE) == ALGORITHM_SOURCE
    return "" if is_own else str(algorithm.get("AlgorithmName", "other software"))


def read_surface_segmentation(path: str | Path) -> StoredSurfaces:
    """The surfaces of an instance, written by octome or other software.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, or damaged.
    """
    with reading_class(path, SURFACES.sop_class) as file:
        header = file.header
        meshes = {int(item.SurfaceNumber): item for item in header.SurfaceSequence}
        points, first = {}, {}
        for item in header.SegmentSequence:
            numbers = [int(each.ReferencedSurfaceNumber) for each in item.ReferencedSurfaceSequence]
            missing = [number for number in numbers if number not in meshes]
            if missing:
                raise InstanceUnreadable(
                    f"it refers to surface {missing[0]}, which it does not have"
                )
            name = surface_name(item)
            if not numbers:
                raise InstanceUnreadable(f"its segment {name} refers to no surface")
            points[name] = np.concatenate([_points(meshes[number]) for number in numbers])
            first[name] = numbers[0]
            if sum(map(len, points.values())) > MOST_POINTS:
                raise InstanceUnreadable(f"it has more than {MOST_POINTS} points")
        return StoredSurfaces(file, points, first)


def _segment(
    item: Dataset, structure: Reference, found_by: AlgorithmIdentificationSequence
) -> Dataset:
    item.SurfaceCount = 1
    surface = Dataset()
    surface.ReferencedSurfaceNumber = item.SegmentNumber
    surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence = deepcopy(found_by)
    surface.SegmentSurfaceSourceInstanceSequence = [structure.item()]
    item.ReferencedSurfaceSequence = [surface]
    return item


def _surface(number: int, name: str, rows: Float32, mesh: SurfaceMesh) -> Dataset:
    """PS3.3 C.27.1."""
    part = mesh.of(rows)
    item = Dataset()
    item.SurfaceNumber, item.SurfaceComments = number, name
    item.SurfaceProcessing = "NO"
    item.RecommendedDisplayGrayscaleValue = 0xFFFF
    item.RecommendedDisplayCIELabValue = display_colour(name)
    item.RecommendedPresentationOpacity = 1.0
    item.RecommendedPresentationType = "SURFACE" if mesh.is_sheet else "WIREFRAME"
    # A sheet encloses nothing; with holes it is still a manifold. Lines are not surfaces.
    item.FiniteVolume, item.Manifold = "NO", "YES" if mesh.is_sheet else "NO"
    place = Dataset()
    place.NumberOfSurfacePoints = len(part.points)
    place.PointCoordinatesData = part.points.tobytes()
    item.SurfacePointsSequence = [place]
    item.SurfacePointsNormalsSequence = []
    primitives = Dataset()
    primitives.LongVertexPointIndexList = None
    primitives.LongEdgePointIndexList = None
    primitives.LongTrianglePointIndexList = part.triangles.tobytes() or None
    for kind in ("TriangleStrip", "TriangleFan", "Facet"):
        setattr(primitives, f"{kind}Sequence", [])
    primitives.LineSequence = [_line(numbers) for numbers in part.lines]
    item.SurfaceMeshPrimitivesSequence = [primitives]
    return item


def _line(numbers: NDArray[np.uint32]) -> Dataset:
    item = Dataset()
    item.LongPrimitivePointIndexList = numbers.tobytes()
    return item


def _points(item: Dataset) -> Float64:
    place = item.SurfacePointsSequence[0]
    data = bytes(place.PointCoordinatesData or b"")
    count = int(place.NumberOfSurfacePoints)
    if not 0 < count <= MOST_POINTS or len(data) < 12 * count:
        raise InstanceUnreadable(
            f"surface {item.SurfaceNumber} states {count} points and has {len(data)} bytes of them"
        )
    points = np.frombuffer(data, "<f4", 3 * count).reshape(-1, 3)
    if not np.isfinite(points).all():
        raise InstanceUnreadable(f"surface {item.SurfaceNumber} has points that are not numbers")
    return points.astype(np.float64)


def _rows(name: str, points: Float64, placement: Grid | ScanTrack) -> Float32:
    if isinstance(placement, ScanTrack):
        return placement.rows(points)
    grid = placement
    bscans, depth, ascans = grid.shape
    at = grid.indices(points)
    slack = (0.5, depth / 2, 0.5)
    inside = np.all(
        (at > -np.array(slack)) & (at < np.array(grid.shape) - 1 + np.array(slack)), axis=1
    )
    if not inside.any():
        raise InstancesDisagree(f"no point of the surface {name} lies in the volume")
    out = np.full((bscans, ascans), np.nan, np.float32)
    places = at[:, [0, 2]]
    nearest = np.rint(places)
    if np.abs(places - nearest)[inside].max() <= ON_GRID:
        b, x = nearest[inside].astype(np.intp).T
        out[b, x] = at[inside, 1]
        return out
    # Points far away do not matter here, and may be too large to compute with.
    near = np.all(np.abs(at - np.array(grid.shape) / 2) < np.array(grid.shape) + 4, axis=1)
    try:
        between = LinearNDInterpolator(places[near], at[near, 1])
    except QhullError as error:
        raise InstanceUnreadable(f"the points of the surface {name} lie on one line") from error
    b, x = np.meshgrid(np.arange(bscans), np.arange(ascans), indexing="ij")
    return np.asarray(between(b, x), np.float32)
