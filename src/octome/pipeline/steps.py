"""The steps of a chain: each makes one instance of what was recorded and of the steps before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import InstancesDisagree, MissingFact
from octome.instances.bscan_volume_analysis import bscan_volume_analysis
from octome.instances.code import coded
from octome.instances.composite import Series, reference_to
from octome.instances.file import copied_instance, write_instance
from octome.instances.grid import Grid
from octome.instances.height_map import height_map
from octome.instances.kind import FLOW, HEIGHT_MAP, RAW, STRUCTURE, SURFACES, Kind
from octome.instances.raw_data import write_raw_data
from octome.instances.scale import INT16_TOP, decibel_scale, linear_scale
from octome.instances.surface_segmentation import surface_segmentation
from octome.instances.tomography_image import tomography_image
from octome.octa.acquisition import Float32
from octome.octa.angiography import Scan, chosen_method, retinal_flow, scan
from octome.octa.segmentation.layers import segmented
from octome.pipeline.enface import bounds_instance, write_enface
from octome.pipeline.enface_spec import EnfaceWish
from octome.pipeline.finished import Finished
from octome.pipeline.request import Circumstances, Request
from octome.pipeline.source import Source

Progress = Callable[[str, float], object]
OWN_SEGMENTATION = ("octome layers", {"search": "graph"})
DEVICE_SEGMENTATION: tuple[str, dict[str, str]] = ("the device's own layers", {})


class Place(Protocol):
    """Where new instances go: their series and UIDs."""

    def series(self, kind: Kind) -> Series:
        """The series of a kind, with the next number in it."""

    def bounds_series(self) -> Series:
        """The series of surfaces that only bound slabs."""

    def first_uid(self, kind: Kind) -> UID:
        """The UID that the first instance of a kind will have."""

    def name_first(self, instance: Dataset, kind: Kind) -> None:
        """Give it that UID, if it is the first."""


class Steps:
    """What each step does; it writes its instance at the path that it is given."""

    def __init__(
        self,
        source: Source,
        asked: Request,
        known: Circumstances,
        place: Place,
        say: Progress,
    ) -> None:
        self._source, self._asked, self._known = source, asked, known
        self._place, self._say = place, say
        self._finished = Finished()
        recorded = source.recorded
        # Refused before any work if the acquisition cannot have it.
        self.method = chosen_method(recorded, asked.algorithm) if recorded else None

    @property
    def finished(self) -> Finished:
        """The steps that are done; whoever runs them enters their files."""
        return self._finished

    @property
    def has_flow(self) -> bool:
        """Whether there is or will be a flow volume."""
        volume = self._source.volume
        return self.method is not None or (volume is not None and volume.flow is not None)

    def raw(self, path: Path) -> Dataset:
        """A, pointing at B and C, which are named before they are made."""
        acquisition = self._source.acquisition
        assert acquisition is not None  # noqa: S101  (else there is no such step)
        count = acquisition.recorded.shape[0]
        made = []
        for kind in (STRUCTURE, FLOW):
            header = Dataset()
            header.SOPClassUID = kind.sop_class
            header.SOPInstanceUID = self._place.first_uid(kind)
            header.SeriesInstanceUID = self._place.series(kind).uid
            made.append(reference_to(header))
        return write_raw_data(
            path,
            acquisition,
            self._known.exam,
            self._place.series(RAW),
            made=tuple(made),
            progress=lambda done, _all: self._say("raw data", 0.02 + 0.03 * done / count),
        )

    def structure(self, path: Path) -> Dataset:
        """B; another maker's as it is."""
        source, known = self._source, self._known
        if source.image is not None:
            return copied_instance(source.image.file.path, path)
        assert known.profile is not None  # noqa: S101  (only an image comes without)
        structure = source.volume.structure if source.volume else self._scan.structure
        recorded = source.volume or source.recorded
        assert recorded is not None  # noqa: S101  (there is no other source)
        if source.volume and source.volume.pattern != "raster":
            raise InstancesDisagree(
                f"{source.path} is a {source.volume.pattern} scan: only a raster fills the grid "
                "that surfaces and en face images need",
                found=source.volume.pattern,
            )
        grid = Grid.nominal(_shape(structure), recorded.geometry)
        scale = decibel_scale(structure, label="OCT", meaning="linear amplitude, in dB")
        raw = self._finished.reference("raw")
        if source.raw is not None:
            raw = reference_to(source.raw.header)
        stored = scale.stored(structure)
        instance = tomography_image(
            stored,
            scale,
            grid,
            known.exam,
            known.profile,
            self._place.series(STRUCTURE),
            timing=known.timing,
            raw=raw,
            centred_on=known.centred_on,
        )
        self._place.name_first(instance, STRUCTURE)
        write_instance(path, instance, stored, compression=self._asked.compression)
        return instance

    def surfaces(self, path: Path) -> Dataset:
        """D, of the device if it found any."""
        own = self._source.volume.surfaces if self._source.volume else None
        grid = self._finished.structure.grid
        found = own or segmented(
            self._finished.structure_values,
            grid.geometry,
            progress=lambda done, count: self._say("surfaces", 0.7 + 0.08 * done / count),
        )
        instance = surface_segmentation(
            found.rows,
            grid,
            self._known.exam,
            self._place.series(SURFACES),
            structure=self._finished.structure.reference,
            method=DEVICE_SEGMENTATION if own else OWN_SEGMENTATION,
        )
        write_instance(path, instance)
        return instance

    def height_map(self, path: Path) -> Dataset:
        """D in its newer form."""
        has_own = self._source.volume is not None and self._source.volume.surfaces is not None
        instance = height_map(
            self._finished.maps.rows,
            self._finished.structure.grid,
            self._known.exam,
            self._place.series(HEIGHT_MAP),
            structure=self._finished.structure.reference,
            method=DEVICE_SEGMENTATION if has_own else OWN_SEGMENTATION,
        )
        write_instance(path, instance)
        return instance

    def flow(self, path: Path) -> Dataset:
        """C."""
        timing = self._known.timing
        if timing is None:
            raise MissingFact(
                f"{self._source.path} does not say how many B-scans were compared at each position "
                "and how long after each other; give --repeats and --repeat-interval-ms",
                fact="timing",
            )
        method = self.method
        said: tuple[str, CodedConcept, dict[str, str]]
        if method is None:
            assert self._source.volume is not None  # noqa: S101  (else there is a method)
            flow = self._source.volume.flow
            said = "the device's own flow", coded("DCM", "128252"), {}
        else:
            flow = retinal_flow(self._scan, self._finished.maps)
            parameters = {"method": method.name, "projections": "removed"}
            said = (method.meaning, coded("DCM", method.code), parameters)
        assert flow is not None  # noqa: S101  (else there is no such step)
        scale = linear_scale(
            flow,
            top=INT16_TOP,
            unit="[arb'U]" if method is None or method.amplitude_power else "1",
            label="FLOW",
            meaning=f"OCT-A flow signal: {said[0]}"[:64],
        )
        stored = scale.stored(flow)
        instance = bscan_volume_analysis(
            stored,
            scale,
            self._finished.structure.grid,
            self._known.exam,
            self._place.series(FLOW),
            structure=self._finished.structure,
            timing=timing,
            method=said,
        )
        self._place.name_first(instance, FLOW)
        write_instance(path, instance, stored, compression=self._asked.compression)
        return instance

    def bounds(self, names: list[str], path: Path) -> Dataset:
        """Surfaces that only bound slabs."""
        instance = bounds_instance(self._finished, names, self._place.bounds_series())
        write_instance(path, instance)
        return instance

    def enface(self, wanted: EnfaceWish, path: Path) -> Dataset:
        """E or F."""
        return write_enface(
            path,
            self._finished,
            wanted,
            self._place.series(wanted.kind),
            surfaces=self._finished.numbered(self._asked.form),
            form=self._asked.form,
            compression=self._asked.compression,
            signal=lambda: self._finished.signal_db,
            localizer=self._finished.reference("enface/retina-structure"),
        )

    @cached_property
    def _scan(self) -> Scan:
        recorded = self._source.recorded
        assert recorded is not None and self.method is not None  # noqa: S101, PT018
        return scan(
            recorded,
            method=self.method.name,
            progress=lambda step, share: self._say(step, 0.05 + 0.65 * share),
        )


def _shape(volume: Float32) -> tuple[int, int, int]:
    bscans, depth, ascans = volume.shape
    return bscans, depth, ascans
