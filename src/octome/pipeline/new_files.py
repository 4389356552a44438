"""The ledger of a run that adds to a study: every step is new, and all or nothing is kept."""

from __future__ import annotations

from pathlib import Path

from octome.pipeline.free_path import free_path
from octome.pipeline.manifest import FinishedStep


class NewFiles:
    """New instances in a folder.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._steps: list[FinishedStep] = []

    def finished(self, _name: str, _key: str) -> FinishedStep | None:
        """None: what a user requests again is computed again."""
        return None

    def begin(self, name: str, key: str, path: Path) -> None:
        """Nothing to keep: a run that is stopped is not continued."""

    def record(self, step: FinishedStep) -> None:
        """Keep a step as finished until the run ends."""
        self._steps.append(step)

    def free_path(self, name: str) -> Path:
        """A file of that name that does not exist yet."""
        return free_path(self.folder, name)

    def intermediate_path(self, name: str) -> Path:
        """A hidden file."""
        return self.folder / f".{name}.npy"

    def discard(self, name: str) -> None:
        """Remove the file of an intermediate step."""
        self.intermediate_path(name).unlink(missing_ok=True)

    def abandon(self) -> None:
        """Remove what this run wrote: it is useless without the rest."""
        for step in self._steps:
            (self.folder / step.file).unlink(missing_ok=True)
