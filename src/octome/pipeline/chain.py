"""An acquisition to the whole chain of instances, each step once (PS3.3 C.8.17.14.1.1)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import InstanceUnwritable, NothingThere
from octome.instances.composite import Series
from octome.instances.exam import Exam, in_study
from octome.instances.kind import FLOW, HEIGHT_MAP, KINDS, RAW, STRUCTURE, SURFACES, Kind
from octome.octa.acquisition import ScanGeometry
from octome.pipeline.enface import bounds_above
from octome.pipeline.manifest import Manifest, Step, step_key
from octome.pipeline.request import Request, circumstances
from octome.pipeline.source import Source, opened
from octome.pipeline.step_result import Made
from octome.pipeline.steps import Steps

Progress = Callable[[str, float], object]
BOUNDS_SERIES = 8


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
        return _Chain(source, out, asked, say).run()


class _Chain:
    """The order of the steps; which are done already, and where new instances go."""

    def __init__(self, source: Source, out: Path, asked: Request, say: Progress) -> None:
        self._source, self._out, self._asked, self._say = source, out, asked, say
        known = circumstances(source, asked)
        self._manifest = Manifest(out, known.about(source.digest))
        known = replace(known, exam=self._with_kept_uids(known.exam))
        self._known = known
        self._steps = Steps(source, asked, known, self, say)
        self._made: list[Made] = []
        self._keys: dict[str, str] = {}

    def run(self) -> list[Made]:
        """Make what is not there yet."""
        steps, known = self._steps, self._known
        # Before the first instance: a run that goes on later puts its own beside these.
        for kind in KINDS:
            self.series(kind)
        for kind in (STRUCTURE, FLOW):
            self.first_uid(kind)
        self.bounds_series()
        self._manifest.save()
        if self._source.acquisition is not None and self._asked.with_raw:
            self._do("raw", RAW, {}, (), steps.raw, 0.02)
        centred = {"centred_on": known.centred_on}
        self._do("structure", STRUCTURE, centred, (), steps.structure, 0.05)
        self._do("surfaces", SURFACES, {}, ("structure",), steps.surfaces, 0.7)
        if self._asked.with_height_map:
            self._do("height-map", HEIGHT_MAP, {}, ("surfaces",), steps.height_map, 0.78)
        if steps.has_flow:
            name = f"flow-{steps.method.name}" if steps.method else "flow"
            timing = {"timing": asdict(known.timing) if known.timing else None}
            self._do(name, FLOW, timing, ("structure", "surfaces"), steps.flow, 0.8)
            self._keys["flow"] = self._keys[name]
            steps.finished.paths["flow"] = steps.finished.paths[name]
        self._enfaces()
        self._say("done", 1.0)
        return self._made

    def _enfaces(self) -> None:
        steps, form = self._steps, self._asked.form
        wishes = self._asked.wishes(steps.finished.maps.rows, with_flow=steps.has_flow)
        names = bounds_above(wishes) if form != "current" else []
        of = ["surfaces"]
        if names:
            write = partial(steps.bounds, names)
            self._do("slab-bounds", SURFACES, {"bounds": names}, ("surfaces",), write, 0.86)
            of.append("slab-bounds")
        if form == "current" and self._asked.with_height_map:
            of.append("height-map")
        for number, wanted in enumerate(wishes):
            try:
                self._do(
                    f"enface/{wanted.name}-{wanted.of}",
                    wanted.kind,
                    {**asdict(wanted), "form": form},
                    (wanted.of, *of),
                    partial(steps.enface, wanted),
                    0.88 + 0.12 * number / len(wishes),
                )
            except NothingThere:
                # One of the usual slabs may lie outside a volume; one that was asked for may not.
                if self._asked.slabs is not None:
                    raise

    def _do(
        self,
        name: str,
        kind: Kind,
        parameters: Mapping[str, Any],
        inputs: tuple[str, ...],
        write: Callable[[Path], Dataset],
        share: float,
    ) -> None:
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
            self._manifest.begin(name, key, path)
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
        self._keys[name], self._steps.finished.paths[name] = key, path
        self._made.append(Made(kind, path, step.sop_instance, step.seconds, is_new))

    # Where new instances go.

    def series(self, kind: Kind) -> Series:
        """The series of a kind, with the next number in it."""
        return self._series_named(f"series {kind.name}", kind.series_number, kind.title)

    def bounds_series(self) -> Series:
        """The series of surfaces that only bound slabs."""
        return self._series_named("slab bounds", BOUNDS_SERIES, "Bounds of en face slabs")

    def first_uid(self, kind: Kind) -> UID:
        """The UID that the first instance of a kind will have."""
        return UID(self._manifest.uid(f"first {kind.name}"))

    def name_first(self, instance: Dataset, kind: Kind) -> None:
        """Give it that UID, if it is the first."""
        uid = self.first_uid(kind)
        if not self._manifest.has_instance(uid):
            instance.SOPInstanceUID = uid

    def _series_named(self, name: str, number: int, description: str) -> Series:
        uid = self._manifest.uid(name)
        return Series(number, UID(uid), description, self._manifest.next_number(uid))

    def _with_kept_uids(self, exam: Exam) -> Exam:
        """The examination with the UIDs that an earlier run gave it."""
        if self._source.exam is not None:
            return exam
        kept = UID(self._manifest.uid("frame of reference"))
        study = UID(self._manifest.uid("study"))
        return replace(in_study(exam, study), frame_of_reference=kept)
