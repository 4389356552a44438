"""A progress bar on standard error, for long work on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressBar:
    """A bar that appears when the work begins, and disappears when it is done."""

    def __init__(self) -> None:
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Self:
        return self

    def begin(self, title: str) -> None:
        """Print a line, and show the bar below it."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        console.print(title, highlight=False)
        progress = Progress(
            TextColumn("{task.description:<42}"),
            BarColumn(30),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        progress.start()
        self._bar = progress, progress.add_task("", total=1.0)

    def update(self, step: str, share: float) -> None:
        """Show the current step and the share that is done; does nothing before `begin`."""
        if self._bar is not None:
            progress, task = self._bar
            progress.update(task, description=step, completed=share)

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar[0].stop()
