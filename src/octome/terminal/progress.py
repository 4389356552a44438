"""A progress bar on standard error, for long work on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self


class ProgressBar:
    """A bar that appears when the work begins to tell of itself, and goes when it is done."""

    def __init__(self) -> None:
        self._bar: object | None = None

    def __enter__(self) -> Self:
        return self

    def say(self, line: str) -> None:
        """Print a line, then show the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        console.print(line, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description:<42}"),
            BarColumn(30),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._progress.start()
        self._task = self._progress.add_task("", total=1.0)
        self._bar = self._progress

    def update(self, step: str, share: float) -> None:
        """Show the step that begins and the share that is done."""
        if self._bar is not None:
            self._progress.update(self._task, description=step, completed=share)

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._progress.stop()
