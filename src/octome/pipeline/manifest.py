"""The record of finished steps in a chain's folder, so that they are not run again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Any

from pydicom.uid import UID

from octome.errors import InstancesDisagree, InstanceUnreadable, InstanceUnwritable
from octome.files import new_folder, replaced_file
from octome.instances.file import read_instance
from octome.pipeline.free_path import free_path

NAME = "octome.json"
FORMAT = "octome chain 3"
MOST_BYTES = 2**24  # of a manifest; a chain's has some 10 kB
UID_TEXT = re.compile("[0-9.]{1,64}")
MOST_FILE_BYTES = 2**63
MOST_SECONDS = 1e9  # of one step: 30 years
LONGEST_NAME = 255  # bytes of one part of a path, on all file systems


@dataclass(frozen=True, kw_only=True)
class FinishedStep:
    """One finished step and the file that it wrote."""

    name: str
    key: str
    """From `step.step_keys`."""
    file: str
    """Relative to the chain's folder."""
    sop_instance: str
    """Empty for an intermediate file."""
    series: str
    """Series Instance UID; empty for an intermediate file."""
    size: int
    """Bytes."""
    seconds: float


class Manifest:
    """The finished steps of one chain, and the UIDs that were reserved when it began.

    Parameters
    ----------
    folder : Path
        Of the chain.
    chain : str
        Digest of the chain's source and metadata; another chain needs another folder.

    Raises
    ------
    InstancesDisagree
        The folder holds another chain.
    InstanceUnreadable
        Its manifest is damaged.
    """

    def __init__(self, folder: Path, chain: str) -> None:
        self.folder = folder
        self._path = folder / NAME
        self._chain = chain
        self._steps: list[FinishedStep] = []
        self._begun: dict[str, str] = {}
        self.uids: dict[str, str] = {}
        if self._path.exists():
            self._load()

    def reserved(self, name: str, uid: UID) -> UID:
        """The UID that was reserved under a name when the chain began; this one from now on."""
        return UID(self.uids.setdefault(name, str(uid)))

    def finished(self, name: str, key: str) -> FinishedStep | None:
        """The step, if its file exists unchanged.

        Raises
        ------
        InstancesDisagree
            The file of an instance was changed.
        """
        self._adopt(name, key)
        for step in self._steps:
            path = self.folder / step.file
            if (step.name, step.key) != (name, key) or not path.is_file():
                continue
            if path.stat().st_size == step.size:
                return step
            if step.sop_instance:
                raise InstancesDisagree(
                    f"{path} was changed since it was written ({path.stat().st_size} bytes, not "
                    f"{step.size}); move it away, and the next run writes it again",
                    path=str(path),
                )
        return None

    def begin(self, name: str, key: str, path: Path) -> None:
        """Record which file a step is about to write: the run may stop before it is done.

        A file appears whole: if it exists next time, the step was finished.
        """
        self._begun = {"name": name, "key": key, "file": path.relative_to(self.folder).as_posix()}
        self.save()

    def _adopt(self, name: str, key: str) -> None:
        """Record a step whose run stopped after its file and before its record."""
        begun = self._begun
        if (begun.get("name"), begun.get("key")) != (name, key):
            return
        self._begun = {}
        path = self.folder / begun["file"]
        if path.is_file() and not path.name.startswith("."):
            header = read_instance(path).header
            step = FinishedStep(
                name=name,
                key=key,
                file=begun["file"],
                sop_instance=str(header.SOPInstanceUID),
                series=str(header.SeriesInstanceUID),
                size=path.stat().st_size,
                seconds=0.0,
            )
            self.record(step)

    def free_path(self, name: str) -> Path:
        """A file of that name that does not exist yet: nothing is ever overwritten."""
        return free_path(self.folder, name)

    def intermediate_path(self, name: str) -> Path:
        """The hidden file of an intermediate step; an older one is replaced."""
        return self.folder / f".{name}.npy"

    def record(self, step: FinishedStep) -> None:
        """Keep a step as finished."""
        self._steps = [old for old in self._steps if old.file != step.file]
        self._steps.append(step)
        self._begun = {}
        self.save()

    def discard(self, name: str) -> None:
        """Remove the file of an intermediate step."""
        path = self.intermediate_path(name)
        self._remove(path)
        self._steps = [step for step in self._steps if step.file != path.name]
        self.save()

    def abandon(self) -> None:
        """Remove intermediate files; finished instances stay, and the next run goes on."""
        intermediate = [step for step in self._steps if not step.sop_instance]
        self._steps = [step for step in self._steps if step.sop_instance]
        # Report why the run failed, even if the disk is full.
        with suppress(InstanceUnwritable):
            for step in intermediate:
                self._remove(self.folder / step.file)
            self.save()

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise InstanceUnwritable(
                f"cannot remove {path}: {error.strerror or error}", path=str(path)
            ) from error

    def save(self) -> None:
        """Write it, whole or not at all."""
        data = {
            "format": FORMAT,
            "chain": self._chain,
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
            data = json.loads(_content(self._path))
            if data["format"] != FORMAT:
                raise _Damage("another version of octome wrote it")
            chain = _text(data["chain"])
            self.uids = {_text(name): _uid(uid) for name, uid in data["uids"].items()}
            self._steps = [_step(item) for item in data["steps"]]
            self._begun = _begun(data["begun"])
        # RecursionError: deeply nested arrays.
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InstanceUnreadable(
                f"cannot read {self._path}: {_reason(error)}; choose another folder, or move the "
                "file away",
                path=str(self._path),
            ) from error
        if chain != self._chain:
            raise InstancesDisagree(
                f"{self.folder} holds the chain of another acquisition, or of the same one with "
                "another patient, eye, time or device; choose another folder",
                path=str(self.folder),
            )


class _Damage(ValueError):
    """A manifest that octome did not write this way."""


def _content(path: Path) -> str:
    found = path.stat()
    # A pipe would never end.
    if not S_ISREG(found.st_mode):
        raise _Damage("it is not a file")
    if found.st_size > MOST_BYTES:
        raise _Damage(f"it has {found.st_size} bytes")
    return path.read_bytes().decode()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON ({error})"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text"
    # Python's message may quote the file.
    return f"it is damaged ({error})" if isinstance(error, _Damage) else "it is damaged"


def _step(item: Mapping[str, Any]) -> FinishedStep:
    """A step from JSON; ValueError or TypeError if it is not one."""
    step = FinishedStep(**item)
    _text(step.name)
    _text(step.key)
    _file(step.file)
    if step.sop_instance or step.series:
        _uid(step.sop_instance)
        _uid(step.series)
    if type(step.size) is not int or not 0 <= step.size < MOST_FILE_BYTES:
        raise _Damage("the size of a file is not a number of bytes")
    if type(step.seconds) not in (int, float) or not 0 <= step.seconds < MOST_SECONDS:
        raise _Damage("the time of a step is not a number of seconds")
    return step


def _begun(item: Mapping[str, Any]) -> dict[str, str]:
    """The step that was begun, or nothing."""
    if not item:
        return {}
    return {"name": _text(item["name"]), "key": _text(item["key"]), "file": _file(item["file"])}


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _Damage("a name is not text")
    return value


def _uid(value: object) -> str:
    if not isinstance(value, str) or not UID_TEXT.fullmatch(value):
        raise _Damage("a UID is not valid")
    return value


def _file(value: object) -> str:
    """A file of the chain: below its folder."""
    path = PurePosixPath(_text(value))
    is_below = path.parts and not path.is_absolute() and ".." not in path.parts
    if not is_below or any(len(part.encode()) > LONGEST_NAME for part in path.parts):
        raise _Damage("a file is not in this folder")
    return str(path)
