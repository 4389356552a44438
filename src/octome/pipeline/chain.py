"""An acquisition to the whole chain of instances, each step once (PS3.3 C.8.17.14.1.1)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import InstancesDisagree, InstanceUnwritable, MissingFact, NothingThere
from octome.instances.bscan_volume_analysis import (
    bscan_volume_analysis,
    read_bscan_volume_analysis,
)
from octome.instances.code import coded
from octome.instances.composite import Series, reference_to
from octome.instances.exam import Exam, in_study
from octome.instances.file import read_instance, write_instance
from octome.instances.grid import Grid
from octome.instances.height_map import height_map, read_height_map
from octome.instances.kind import FLOW, HEIGHT_MAP, RAW, STRUCTURE, SURFACES, Kind
from octome.instances.raw_data import write_raw_data
from octome.instances.scale import INT16_TOP, decibel_scale, linear_scale
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import (
    read_surface_segmentation,
    surface_segmentation,
)
from octome.instances.tomography_image import read_tomography_image, tomography_image
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.angiography import Scan, chosen_method, retinal_flow, scan
from octome.octa.flow.methods import FlowMethod
from octome.octa.segmentation.layers import segmented
from octome.octa.surface import SurfaceMaps
from octome.pipeline.enface import (
    EnfaceWish,
    Numbered,
    bounds_above,
    bounds_instance,
    numbered,
    scan_signal_db,
    write_enface,
)
from octome.pipeline.manifest import Manifest, Step, step_key
from octome.pipeline.request import Circumstances, Request, circumstances
from octome.pipeline.source import Source, opened

Progress = Callable[[str, float], object]
BOUNDS_SERIES = 8
OWN_SEGMENTATION = ("octome layers", {"search": "graph"})
DEVICE_SEGMENTATION: tuple[str, dict[str, str]] = ("the device's own layers", {})


@dataclass(frozen=True)
class Made:
    """One instance of a chain."""

    kind: Kind
    path: Path
    sop_instance: str
    seconds: float
    is_new: bool
    """Whether this run made it; else it was there."""


def process(
    path: Path,
    out: Path,
    asked: Request,
    progress: Progress | None = None,
    *,
    spacing: ScanGeometry | None = None,
    flow_path: Path | None = None,
) -> list[Made]:
    """Turn what a scanner recorded into the chain of instances in a folder.

    Steps that were finished before, from the same input with the same parameters, are not done
    again; nothing is overwritten.

    Parameters
    ----------
    path : Path
        An acquisition file, a Raw Data instance, a maker's file, or an Ophthalmic Tomography Image.
    out : Path
        The chain's folder; made if it is not there.
    asked : Request
    progress : callable, optional
        Told the step and the share of the whole that is done.
    spacing : ScanGeometry, optional
        For a maker's file that does not say its own.
    flow_path : Path, optional
        A maker's second file, where it keeps flow apart.

    Returns
    -------
    made : list of Made
        In the order of the chain.

    Raises
    ------
    OctomeError
        Something is missing, unreadable, or cannot be written; what was finished stays.
    """
    say = progress or (lambda _step, _share: None)
    if out.exists() and not out.is_dir():
        raise InstanceUnwritable(f"cannot write into {out}: it is a file", path=str(out))
    say("reading", 0.0)
    with opened(path, spacing=spacing, flow_path=flow_path) as source:
        return Chain(source, out, asked, say).run()


class Chain:
    """The steps of one chain; what a step needs of an earlier one is read from its instance."""

    def __init__(self, source: Source, out: Path, asked: Request, say: Progress) -> None:
        self._source, self._out, self._asked, self._say = source, out, asked, say
        self._method = self._checked_method()
        known = circumstances(source, asked)
        self._manifest = Manifest(out, _about(source, known))
        self._known = replace(known, exam=self._with_kept_uids(known.exam))
        self._made: list[Made] = []
        self._keys: dict[str, str] = {}
        self._paths: dict[str, Path] = {}

    def run(self) -> list[Made]:
        """Make what is not there yet."""
        self._manifest.save()
        if self._source.acquisition is not None and self._asked.with_raw:
            self._step("raw", RAW, {}, (), self._write_raw, 0.02)
        self._step("structure", STRUCTURE, self._structure_parameters, (), self._structure, 0.05)
        self._step("surfaces", SURFACES, {}, ("structure",), self._surfaces, 0.7)
        if self._asked.with_height_map:
            self._step("height-map", HEIGHT_MAP, {}, ("surfaces",), self._height_map, 0.78)
        if self._has_flow:
            name = f"flow-{self._method.name}" if self._method else "flow"
            parameters = {"timing": asdict(self._known.timing) if self._known.timing else None}
            self._step(name, FLOW, parameters, ("structure", "surfaces"), self._flow, 0.8)
            self._keys["flow"], self._paths["flow"] = self._keys[name], self._paths[name]
        self._enfaces(self._asked.wishes(self.maps.rows, with_flow=self._has_flow))
        self._say("done", 1.0)
        return self._made

    # The steps: each writes one instance at the path that it is given.

    def _write_raw(self, path: Path) -> Dataset:
        acquisition = self._source.acquisition
        assert acquisition is not None  # noqa: S101  (else there is no such step)
        count = acquisition.recorded.shape[0]
        # Named before they are made, so that raw data can point at what is made of them.
        made = []
        for kind in (STRUCTURE, FLOW):
            header = Dataset()
            header.SOPClassUID = kind.sop_class
            header.SOPInstanceUID = self._manifest.uid(f"first {kind.name}")
            header.SeriesInstanceUID = self._series(kind).uid
            made.append(reference_to(header))
        return write_raw_data(
            path,
            acquisition,
            self._known.exam,
            self._series(RAW),
            made=tuple(made),
            progress=lambda done, _all: self._say("raw data", 0.02 + 0.03 * done / count),
        )

    def _structure(self, path: Path) -> Dataset:
        source, known = self._source, self._known
        if source.image is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _copied(source.image.file.path, path)
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
        raw = source.raw.header if source.raw else None
        if "raw" in self._paths:
            raw = read_instance(self._paths["raw"]).header
        stored = scale.stored(structure)
        instance = tomography_image(
            stored,
            scale,
            grid,
            known.exam,
            known.profile,
            self._series(STRUCTURE),
            timing=known.timing,
            raw=reference_to(raw) if raw is not None else None,
            centred_on=known.centred_on,
        )
        self._name_first(instance, STRUCTURE)
        write_instance(path, instance, stored, compression=self._asked.compression)
        return instance

    def _surfaces(self, path: Path) -> Dataset:
        own = self._source.volume.surfaces if self._source.volume else None
        grid = self.structure.grid
        found = own or segmented(
            self.structure_values,
            grid.geometry,
            progress=lambda done, count: self._say("surfaces", 0.7 + 0.08 * done / count),
        )
        instance = surface_segmentation(
            found.rows,
            grid,
            self._known.exam,
            self._series(SURFACES),
            structure=self.structure.reference,
            method=DEVICE_SEGMENTATION if own else OWN_SEGMENTATION,
        )
        write_instance(path, instance)
        return instance

    def _height_map(self, path: Path) -> Dataset:
        has_own = self._source.volume is not None and self._source.volume.surfaces is not None
        instance = height_map(
            self.maps.rows,
            self.structure.grid,
            self._known.exam,
            self._series(HEIGHT_MAP),
            structure=self.structure.reference,
            method=DEVICE_SEGMENTATION if has_own else OWN_SEGMENTATION,
        )
        write_instance(path, instance)
        return instance

    def _flow(self, path: Path) -> Dataset:
        timing = self._known.timing
        if timing is None:
            raise MissingFact(
                f"{self._source.path} does not say how many B-scans were compared at each position "
                "and how long after each other; give --repeats and --repeat-interval-ms",
                fact="timing",
            )
        method = self._method
        said: tuple[str, CodedConcept, dict[str, str]]
        if method is None:
            assert self._source.volume is not None  # noqa: S101  (else there is a method)
            flow = self._source.volume.flow
            said = "the device's own flow", coded("DCM", "128252"), {}
        else:
            flow = retinal_flow(self._scan, self.maps)
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
            self.structure.grid,
            self._known.exam,
            self._series(FLOW),
            structure=self.structure.reference,
            timing=timing,
            method=said,
        )
        self._name_first(instance, FLOW)
        write_instance(path, instance, stored, compression=self._asked.compression)
        return instance

    def _enfaces(self, wishes: list[EnfaceWish]) -> None:
        names = bounds_above(wishes) if self._asked.form != "current" else []
        if names:
            series = self._series_named("slab bounds", BOUNDS_SERIES, "Bounds of en face slabs")

            def write_bounds(path: Path) -> Dataset:
                instance = bounds_instance(self, names, series)
                write_instance(path, instance)
                return instance

            bounds = {"bounds": names}
            self._step("slab-bounds", SURFACES, bounds, ("surfaces",), write_bounds, 0.86)
        for number, wanted in enumerate(wishes):
            try:
                self._step(
                    f"enface/{wanted.name}-{wanted.of}",
                    wanted.kind,
                    {**asdict(wanted), "form": self._asked.form},
                    (wanted.of, "surfaces", *(["slab-bounds"] if names else [])),
                    partial(self._enface, wanted),
                    0.88 + 0.12 * number / len(wishes),
                )
            except NothingThere:
                # One of the usual slabs may lie outside a volume; one that was asked for may not.
                if self._asked.slabs is not None:
                    raise

    def _enface(self, wanted: EnfaceWish, path: Path) -> Dataset:
        whole = self._paths.get("enface/retina-structure")
        return write_enface(
            path,
            self,
            wanted,
            self._series(wanted.kind),
            surfaces=self._numbered,
            form=self._asked.form,
            compression=self._asked.compression,
            signal=lambda: self._signal_db,
            localizer=reference_to(read_instance(whole).header) if whole else None,
        )

    # What the steps share.

    def _step(
        self,
        name: str,
        kind: Kind,
        parameters: Mapping[str, Any],
        inputs: tuple[str, ...],
        write: Callable[[Path], Dataset],
        share: float,
    ) -> Path:
        """Do one step, unless it was done."""
        key = step_key(
            name,
            {**parameters, "compression": self._asked.compression},
            [self._source.digest, *(self._keys[each] for each in inputs)],
        )
        self._say(name, share)
        step = self._manifest.finished(name, key)
        is_new = step is None
        if step is None:
            path = self._manifest.free_path(name)
            begin = time.perf_counter()
            instance = write(path)
            step = Step(
                name,
                key,
                path.relative_to(self._out).as_posix(),
                str(instance.SOPInstanceUID),
                str(instance.SeriesInstanceUID),
                path.stat().st_size,
                round(time.perf_counter() - begin, 3),
            )
            self._manifest.record(step)
        path = self._out / step.file
        self._keys[name], self._paths[name] = key, path
        self._made.append(Made(kind, path, step.sop_instance, step.seconds, is_new))
        return path

    def _checked_method(self) -> FlowMethod | None:
        """The flow algorithm, refused before any work if the acquisition cannot have it."""
        recorded = self._source.recorded
        return chosen_method(recorded, self._asked.algorithm) if recorded else None

    @property
    def _has_flow(self) -> bool:
        volume = self._source.volume
        return self._method is not None or (volume is not None and volume.flow is not None)

    @property
    def _structure_parameters(self) -> dict[str, Any]:
        return {"centred_on": self._known.centred_on}

    @cached_property
    def _scan(self) -> Scan:
        recorded = self._source.recorded
        assert recorded is not None and self._method is not None  # noqa: S101, PT018
        return scan(
            recorded,
            method=self._method.name,
            progress=lambda step, share: self._say(step, 0.05 + 0.65 * share),
        )

    @cached_property
    def structure(self) -> StoredVolume:
        """B, read back."""
        return read_tomography_image(self._paths["structure"])

    @cached_property
    def flow(self) -> StoredVolume:
        """C, read back."""
        return read_bscan_volume_analysis(self._paths["flow"])

    @cached_property
    def maps(self) -> SurfaceMaps:
        """D, read back."""
        return read_surface_segmentation(self._paths["surfaces"]).maps(self.structure.grid)

    @cached_property
    def structure_values(self) -> Float32:
        """B's amplitudes."""
        return self.structure.values()

    @cached_property
    def flow_values(self) -> Float32:
        """C's flow."""
        return self.flow.values()

    @cached_property
    def _signal_db(self) -> float | None:
        return scan_signal_db(self)

    @cached_property
    def _numbered(self) -> Numbered:
        """The stored surfaces that slabs are bounded by: in the newer form of a height map."""
        names = ["surfaces", *(["slab-bounds"] if "slab-bounds" in self._paths else [])]
        found: Numbered = {}
        for name in names:
            stored = read_surface_segmentation(self._paths[name])
            found |= numbered(stored.reference, stored.numbers)
        if self._asked.form == "current" and "height-map" in self._paths:
            heights = read_height_map(self._paths["height-map"])
            found |= numbered(heights.reference, heights.numbers)
        return found

    def _series(self, kind: Kind) -> Series:
        return self._series_named(f"series {kind.name}", kind.series_number, kind.title)

    def _series_named(self, name: str, number: int, description: str) -> Series:
        uid = self._manifest.uid(name)
        return Series(number, UID(uid), description, self._manifest.next_number(uid))

    def _name_first(self, instance: Dataset, kind: Kind) -> None:
        """Give the first volume of a kind the UID that the raw data points at."""
        uid = self._manifest.uid(f"first {kind.name}")
        if not self._manifest.has_instance(uid):
            instance.SOPInstanceUID = uid

    def _with_kept_uids(self, exam: Exam) -> Exam:
        """The examination with the UIDs that an earlier run gave it."""
        if self._source.exam is not None:
            return exam
        kept = UID(self._manifest.uid("frame of reference"))
        study = UID(self._manifest.uid("study"))
        return replace(in_study(exam, study), frame_of_reference=kept)


def _about(source: Source, known: Circumstances) -> str:
    """Digest of what every instance of a chain says; another one needs another folder."""
    exam = known.exam
    said = {
        "patient": [str(exam.shared.get(k)) for k in ("PatientName", "PatientID")],
        "born": str(exam.shared.PatientBirthDate),
        "sex": str(exam.shared.PatientSex),
        "eye": exam.laterality,
        "acquired": exam.acquired.isoformat(),
        "profile": known.profile.as_data() if known.profile else None,
    }
    return step_key("chain", said, [source.digest])


def _shape(volume: Float32) -> tuple[int, int, int]:
    bscans, depth, ascans = volume.shape
    return bscans, depth, ascans


def _copied(source: Path, path: Path) -> Dataset:
    """Another maker's instance, byte for byte: it is the chain's structural volume as it is."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        shutil.copyfile(source, unfinished)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise InstanceUnwritable(
            f"cannot write {path}: {error.strerror or error}", path=str(path)
        ) from error
    return read_instance(path).header
