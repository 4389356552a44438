"""The steps of a plan as data: what each produces, from which files, with which function.

A step does not depend on its plan or on the executor. Its function is a plain function of files and
parameters, so a step can be pickled and run in another process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from octome.instances.composite import VERSION, Reference, Series
from octome.instances.exam import Exam
from octome.instances.instance_kind import InstanceKind

Parameters = TypeVar("Parameters")
"""A frozen dataclass: what a step's result depends on in addition to its inputs."""
Progress = Callable[[str, float], object]
"""Called with the current step and the share of it that is done."""


@dataclass(frozen=True)
class StoredFile:
    """A file that exists before the plan begins."""

    path: Path
    digest: str
    """Identifies its content."""


@dataclass(frozen=True, kw_only=True)
class Job(Generic[Parameters]):
    """The files and parameters of a step's function."""

    inputs: Mapping[str, Path]
    """By role. The output of an optional step may be missing."""
    output: Path
    """The file to write; it does not exist yet."""
    parameters: Parameters


@dataclass(frozen=True, kw_only=True)
class InstanceJob(Job[Parameters]):
    """The same for a step that writes an instance."""

    exam: Exam
    series: Series
    references: Mapping[str, Path] = field(default_factory=dict)
    """By role: instances that the new one only refers to."""


@dataclass(frozen=True, kw_only=True)
class StepBase(Generic[Parameters]):
    """What both types of step share."""

    name: str
    """Of the step and its file."""
    inputs: Mapping[str, StoredFile | str]
    """By role: a file, or the name of a step before this one."""
    parameters: Parameters
    weight: float = 0.01
    """Its share of the whole time, about."""

    @property
    def steps_before(self) -> list[str]:
        """The steps whose files it reads."""
        return [source for source in self.inputs.values() if isinstance(source, str)]


@dataclass(frozen=True)
class SharedSeries:
    """What the instances of one series have in common."""

    parameters: tuple[object, ...]
    steps: tuple[str, ...]
    """Steps whose results all of them depend on."""


@dataclass(frozen=True, kw_only=True)
class InstanceStep(StepBase[Parameters]):
    """A step that writes one instance."""

    kind: InstanceKind
    exam: Exam
    series: Series
    shared_series: SharedSeries | None = None
    """What identifies its series; None where it is alone in it."""
    references: Mapping[str, StoredFile | str] = field(default_factory=dict)
    """By role, like `inputs`; its instance only refers to them, and they are not in its key."""
    depends_on: Mapping[str, StoredFile | str] | None = None
    """The inputs in its key, if its result does not depend on all of them."""
    is_optional: bool = False
    """Whether the plan continues without it if a surface or every value is missing."""
    run: Callable[[InstanceJob[Parameters], Progress], Reference]
    """A function at the top level of a module; it returns a reference to its instance."""


@dataclass(frozen=True, kw_only=True)
class IntermediateStep(StepBase[Parameters]):
    """A step that writes a file for later steps only; the file is removed after its last use."""

    run: Callable[[Job[Parameters], Progress], None]
    """A function at the top level of a module."""


Step = InstanceStep[Any] | IntermediateStep[Any]


@dataclass(frozen=True)
class Task:
    """A step's function with its job: what another process needs to run it."""

    run: Callable[[Any, Progress], Reference | None]
    job: Job[Any]


def perform(task: Task, progress: Progress = lambda _label, _share: None) -> Reference | None:
    """Run a step on its files, in the calling process."""
    return task.run(task.job, progress)


def step_keys(steps: Sequence[Step]) -> dict[str, str]:
    """The key of each step: a digest of everything that its result depends on.

    These are its name, its parameters, the keys of its inputs, and octome's version.
    """
    keys: dict[str, str] = {}
    for step in steps:
        sources = step.inputs
        if isinstance(step, InstanceStep) and step.depends_on is not None:
            sources = step.depends_on
        inputs = {
            role: keys[source] if isinstance(source, str) else source.digest
            for role, source in sources.items()
        }
        keys[step.name] = digest_of([step.name, asdict(step.parameters), inputs, VERSION])
    return keys


def digest_of(data: Any) -> str:
    """SHA-256 of data as JSON; types that JSON lacks are taken as text.

    >>> len(digest_of({"slab": "ILM..BM"}))
    64
    """
    text = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
