"""Derivation on arrival: one study at a time, in a process of its own, while others arrive.

A process that fails or is killed costs the new instances of that study only.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from octome.errors import DerivationStopped, OctomeError

QUIET_SECONDS = 3.0  # after the end of an association: more of the study may follow in another
LESS_URGENT = 10  # niceness of the process: receiving goes on


@dataclass(frozen=True)
class Derived:
    """What was made of one study."""

    study: Path
    paths: tuple[Path, ...]
    error: OctomeError | None
    """Why the rest was not made."""


class ArrivalWorker:
    """Makes what is missing in studies, soon after they arrived.

    Parameters
    ----------
    report : callable
        Called with the outcome for each study in which something was made or failed; from a thread
        of the worker.
    """

    def __init__(self, report: Callable[[Derived], object]) -> None:
        self._report = report
        self._due: dict[Path, float] = {}
        self._current: list[Path] = []
        self._changed = threading.Condition()
        self._is_closing = self._is_stopped = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def arriving(self, study: Path) -> None:
        """An instance of a study arrived: wait for the end of its association."""
        with self._changed:
            self._due.pop(study, None)

    def arrived(self, study: Path) -> None:
        """An association that brought instances of a study has ended."""
        with self._changed:
            self._due[study] = time.monotonic() + QUIET_SECONDS
            self._changed.notify()

    def finish(self) -> None:
        """Make what is due without waiting for more to arrive, and end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._thread.is_alive()

    def stop(self) -> list[Path]:
        """End at once.

        Returns
        -------
        studies : list of Path
            Those in which something may still be missing.
        """
        with self._changed:
            self._is_closing = self._is_stopped = True
            self._changed.notify()
            if self._process is not None and self._process.is_alive():
                self._process.terminate()
        self._thread.join()
        return [*self._current, *self._due]

    def _run(self) -> None:
        while (study := self._next()) is not None:
            done = self._derived(study)
            if self._is_stopped:
                return
            self._current = []
            if done.paths or done.error:
                self._report(done)

    def _next(self) -> Path | None:
        """The next study that is due; None at the end."""
        with self._changed:
            while not self._is_stopped:
                now = time.monotonic()
                for study, when in self._due.items():
                    if when <= now or self._is_closing:
                        del self._due[study]
                        self._current = [study]
                        return study
                if self._is_closing:
                    return None
                wait = min(self._due.values(), default=None)
                self._changed.wait(None if wait is None else max(0.0, wait - now))
        return None

    def _derived(self, study: Path) -> Derived:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_derive, args=(study, there), daemon=True)
        with self._changed:
            if self._is_stopped:
                return Derived(study, (), None)
            process.start()
            self._process = process
        there.close()
        paths: list[Path] = []
        error: OctomeError | None = DerivationStopped(
            f"cannot make what is missing in {study}: the process ended before it was done",
            path=str(study),
        )
        with here, suppress(EOFError, OSError):
            while (found := here.recv()) is not None:
                if isinstance(found, Path):
                    paths.append(found)
                else:
                    error = found
                    break
            else:
                error = None
        process.join()
        return Derived(study, tuple(paths), error)


def _derive(study: Path, report: Connection) -> None:
    """Send each new file, then None or the error; in a process of its own."""
    from octome.pipeline.arrival_derivation import derive_missing

    os.nice(LESS_URGENT)
    with suppress(BrokenPipeError, KeyboardInterrupt):
        try:
            for path in derive_missing(study):
                report.send(path)
            report.send(None)
        except OctomeError as error:
            report.send(error)
        # Whatever it is, the receiver reports it and goes on.
        except Exception as error:  # noqa: BLE001
            report.send(
                DerivationStopped(
                    f"cannot make what is missing in {study}: {type(error).__name__}: {error}",
                    path=str(study),
                )
            )
