"""The executor of a plan: each step runs once, in order; finished ones are not run again.

Only this module knows where steps run: a task is picklable and holds all that its step needs, so
another `perform` can run it elsewhere. The loop here waits for each task in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from octome.errors import NothingThere, SurfaceMissing
from octome.instances.composite import Reference
from octome.pipeline.manifest import FinishedStep
from octome.pipeline.recent import forget_readings
from octome.pipeline.step import (
    InstanceJob,
    InstanceStep,
    IntermediateStep,
    Job,
    Progress,
    Step,
    StoredFile,
    Task,
    perform,
    step_keys,
)
from octome.pipeline.step_result import StepResult

Perform = Callable[[Task, Progress], Reference | None]


class Ledger(Protocol):
    """The finished steps of a run, and the names of new files."""

    @property
    def folder(self) -> Path:
        """The folder of the files."""

    def finished(self, name: str, key: str) -> FinishedStep | None:
        """The step, if its file exists unchanged."""

    def begin(self, name: str, key: str, path: Path) -> None:
        """A step is about to write its file."""

    def record(self, step: FinishedStep) -> None:
        """A step is finished."""

    def free_path(self, name: str) -> Path:
        """A file of that name that does not exist yet."""

    def intermediate_path(self, name: str) -> Path:
        """The file of an intermediate step."""

    def discard(self, name: str) -> None:
        """Remove the file of an intermediate step."""

    def abandon(self) -> None:
        """The run has failed: remove what is useless without the rest."""


def run_plan(
    steps: Sequence[Step],
    ledger: Ledger,
    *,
    progress: Progress = lambda _label, _share: None,
    perform: Perform = perform,
) -> list[StepResult]:
    """Run the steps of a plan that are not finished yet.

    Parameters
    ----------
    steps : sequence of Step
        Each after the steps whose files it reads.
    ledger : Ledger
    progress : callable, optional
        Called with the current step and the share of the whole that is done.
    perform : callable, optional
        Runs one task; in this process if None.

    Returns
    -------
    results : list of StepResult
        For each instance, in the order of the plan; optional ones may be missing.

    Raises
    ------
    OctomeError
        A step failed. Finished instances stay.
    """
    run = _Run(steps, ledger, progress, perform)
    try:
        return run.results()
    except BaseException:
        ledger.abandon()
        raise
    finally:
        forget_readings()


class _Run:
    """One run of one plan."""

    def __init__(
        self, steps: Sequence[Step], ledger: Ledger, progress: Progress, perform: Perform
    ) -> None:
        self._steps, self._ledger, self._perform = steps, ledger, perform
        self._keys = step_keys(steps)
        # Looked up before any step runs: a changed file is an error at once.
        self._finished = {
            step.name: found
            for step in steps
            if (found := ledger.finished(step.name, self._keys[step.name])) is not None
        }
        self._paths = {name: ledger.folder / found.file for name, found in self._finished.items()}
        self._progress = _Shares(steps, progress)

    def results(self) -> list[StepResult]:
        """Run the remaining steps, and report every instance."""
        results = []
        for step in self._steps:
            self._progress.enter(step)
            result = self._result(step)
            if result is not None:
                results.append(result)
            self._discard_unneeded(after=step)
        self._progress.end()
        return results

    def _result(self, step: Step) -> StepResult | None:
        found, is_new = self._finished.get(step.name), False
        if found is None and self._is_needed(step):
            found, is_new = self._run(step), True
        if found is None or isinstance(step, IntermediateStep):
            return None
        path = self._ledger.folder / found.file
        return StepResult(
            kind=step.kind,
            path=path,
            sop_instance=found.sop_instance,
            seconds=found.seconds,
            is_new=is_new,
        )

    def _is_needed(self, step: Step) -> bool:
        """Whether a step must run: an intermediate one only if a step that reads it will."""
        if isinstance(step, InstanceStep):
            return True
        return any(step.name in later.steps_before for later in self._unfinished())

    def _unfinished(self) -> list[Step]:
        return [step for step in self._steps if step.name not in self._finished]

    def _run(self, step: Step) -> FinishedStep | None:
        """Run a step and record it; None if it is optional and has nothing to write."""
        key = self._keys[step.name]
        if isinstance(step, IntermediateStep):
            path = self._ledger.intermediate_path(step.name)
        else:
            path = self._ledger.free_path(step.name)
        task = self._task(step, path)
        self._ledger.begin(step.name, key, path)
        begin = time.perf_counter()
        try:
            reference = self._perform(task, self._progress)
        except (NothingThere, SurfaceMissing):
            if isinstance(step, InstanceStep) and step.is_optional:
                return None
            raise
        finished = FinishedStep(
            name=step.name,
            key=key,
            file=path.relative_to(self._ledger.folder).as_posix(),
            sop_instance=str(reference.sop_instance) if reference else "",
            series=str(reference.series) if reference else "",
            size=path.stat().st_size,
            seconds=round(time.perf_counter() - begin, 3),
        )
        self._ledger.record(finished)
        self._finished[step.name], self._paths[step.name] = finished, path
        return finished

    def _task(self, step: Step, path: Path) -> Task:
        """A step with the files of its inputs."""
        inputs = self._files(step.inputs)
        if isinstance(step, IntermediateStep):
            return Task(step.run, Job(inputs=inputs, output=path, parameters=step.parameters))
        job = InstanceJob(
            inputs=inputs,
            references=self._files(step.references),
            output=path,
            parameters=step.parameters,
            exam=step.exam,
            series=step.series,
        )
        return Task(step.run, job)

    def _files(self, inputs: Mapping[str, StoredFile | str]) -> dict[str, Path]:
        """By role; without those of optional steps that wrote nothing."""
        found = {
            role: self._paths.get(source) if isinstance(source, str) else source.path
            for role, source in inputs.items()
        }
        return {role: path for role, path in found.items() if path is not None}

    def _discard_unneeded(self, after: Step) -> None:
        """Remove intermediate files that no later step reads."""
        later = self._steps[self._steps.index(after) + 1 :]
        needed = {name for step in later for name in step.steps_before}
        for step in self._steps:
            is_written = isinstance(step, IntermediateStep) and step.name in self._paths
            if is_written and step.name not in needed:
                self._ledger.discard(step.name)
                del self._paths[step.name]


class _Shares:
    """The progress of a step as a part of the progress of all."""

    def __init__(self, steps: Sequence[Step], progress: Progress) -> None:
        self._whole = sum(step.weight for step in steps) or 1.0
        self._progress = progress
        self._begin, self._part = 0.0, 0.0

    def enter(self, step: Step) -> None:
        """The next step begins."""
        self._begin += self._part
        self._part = step.weight / self._whole
        self._progress(step.name, min(self._begin, 1.0))

    def __call__(self, label: str, share: float) -> None:
        self._progress(label, min(self._begin + self._part * share, 1.0))

    def end(self) -> None:
        """All steps are done."""
        self._progress("done", 1.0)
