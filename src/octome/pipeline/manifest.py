"""What a chain's folder keeps of its steps, so that a finished one is not done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from octome.errors import InstancesDisagree, InstanceUnreadable, InstanceUnwritable
from octome.files import new_folder, replaced_file
from octome.instances.composite import VERSION
from octome.instances.file import read_instance
from octome.instances.uid import new_uid

NAME = "octome.json"
FORMAT = "octome chain 1"


@dataclass(frozen=True)
class Step:
    """One finished step and the instance that it made."""

    name: str
    key: str
    """Digest of the step's name, its parameters, what went into it, and octome's version."""
    file: str
    """From the chain's folder."""
    sop_instance: str
    series: str
    """Series Instance UID."""
    size: int
    """Bytes."""
    seconds: float


def step_key(name: str, parameters: Mapping[str, Any], inputs: list[str]) -> str:
    """The key of a step.

    >>> len(step_key("surfaces", {}, ["aa"]))
    64
    """
    said = json.dumps([name, dict(parameters), inputs, VERSION], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


class Manifest:
    """The steps of one chain, and the UIDs that it was given at its beginning.

    Raises
    ------
    InstancesDisagree
        The folder holds the chain of something else.
    InstanceUnreadable
        Its manifest is damaged.
    """

    def __init__(self, folder: Path, about: str) -> None:
        self.folder = folder
        self._path = folder / NAME
        self._about = about
        self._steps: list[Step] = []
        self._begun: dict[str, str] = {}
        self.uids: dict[str, str] = {}
        if self._path.exists():
            self._load()

    def uid(self, name: str) -> str:
        """The UID of that name: the one given before, or a new one."""
        if name not in self.uids:
            self.uids[name] = str(new_uid())
        return self.uids[name]

    def finished(self, name: str, key: str) -> Step | None:
        """The step, if it was finished and its file is as it was left."""
        self._adopt(name, key)
        for step in self._steps:
            path = self.folder / step.file
            if (step.name, step.key) == (name, key) and path.is_file():
                if path.stat().st_size == step.size:
                    return step
                raise InstancesDisagree(
                    f"{path} is not as it was written ({path.stat().st_size} bytes, not "
                    f"{step.size}); move it away to have it made anew",
                    path=str(path),
                )
        return None

    def begin(self, name: str, key: str, path: Path) -> None:
        """Keep which file a step is about to make, in case that it is the last thing that is done.

        A file appears whole: if it is there next time, the step was finished.
        """
        self._begun = {"name": name, "key": key, "file": path.relative_to(self.folder).as_posix()}
        self.save()

    def _adopt(self, name: str, key: str) -> None:
        """Record the step that was stopped between its file and its record."""
        begun, self._begun = self._begun, {}
        if (begun.get("name"), begun.get("key")) != (name, key):
            self._begun = begun
            return
        path = self.folder / begun["file"]
        if path.is_file():
            header = read_instance(path).header
            uids = str(header.SOPInstanceUID), str(header.SeriesInstanceUID)
            self.record(Step(name, key, begun["file"], *uids, path.stat().st_size, 0.0))

    def has_instance(self, sop_instance: str) -> bool:
        """Whether a finished step made it."""
        return any(step.sop_instance == sop_instance for step in self._steps)

    def next_number(self, series: str) -> int:
        """A number that no instance of a series has."""
        return 1 + sum(step.series == series for step in self._steps)

    def free_path(self, name: str) -> Path:
        """A file of that name that is not there yet: nothing is ever overwritten."""
        path = self.folder / f"{name}.dcm"
        number = 2
        while path.exists():
            path = self.folder / f"{name}-{number}.dcm"
            number += 1
        return path

    def record(self, step: Step) -> None:
        """Keep a step as finished."""
        self._steps = [old for old in self._steps if old.file != step.file]
        self._steps.append(step)
        self._begun = {}
        self.save()

    def save(self) -> None:
        """Write it, whole or not at all."""
        data = {
            "format": FORMAT,
            "about": self._about,
            "uids": self.uids,
            "steps": [asdict(step) for step in self._steps],
            "begun": self._begun,
        }
        try:
            new_folder(self.folder)
            with replaced_file(self._path) as file:
                file.write(json.dumps(data, indent=1).encode() + b"\n")
        except OSError as error:
            raise InstanceUnwritable(
                f"cannot write {self._path}: {error.strerror or error}", path=str(self._path)
            ) from error

    def _load(self) -> None:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            is_ours = data["format"] == FORMAT
            about = str(data["about"])
            uids = {str(name): str(uid) for name, uid in data["uids"].items()}
            steps = [_step(item) for item in data["steps"]]
            begun = {str(name): str(value) for name, value in data["begun"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InstanceUnreadable(
                f"cannot read {self._path}: {error}; choose another folder, or move it away",
                path=str(self._path),
            ) from error
        if not is_ours or about != self._about:
            raise InstancesDisagree(
                f"{self.folder} holds the chain of another acquisition, or of the same one with "
                "another patient, eye, time or device; choose another folder",
                path=str(self.folder),
            )
        self.uids, self._steps, self._begun = uids, steps, begun


def _step(item: Mapping[str, Any]) -> Step:
    """A step as JSON has it; a TypeError if it is none."""
    step = Step(**item)
    texts = (step.name, step.key, step.file, step.sop_instance, step.series)
    if not all(isinstance(text, str) for text in texts) or not isinstance(step.size, int):
        raise TypeError("a step is not as it was written")
    return step
