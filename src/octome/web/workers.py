"""Processes that inspect files, separate from the pages, limited in time and memory.

A page of the Standard takes milliseconds; a file may take minutes, or be crafted to take forever. A
process can be stopped, and the pages are served meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from octome.errors import InspectionStopped

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class WorkerLimits:
    """Time and memory for the inspection of one file."""

    seconds: float = 60.0
    memory: int = 3 << 30  # bytes of address space, including what Python and numpy reserve
    processes: int = 2
    waiting: int = 8  # files; more are rejected at once


class Workers:
    """Runs functions, each in one of a few processes; one that takes too long is killed."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._limiter = CapacityLimiter(limits.processes)

    async def run(self, function: Callable[[Argument], Answer], argument: Argument) -> Answer:
        """The result of a function, from another process.

        Raises
        ------
        InspectionStopped
            It took too long or too much memory, or too many are waiting.
        """
        limits = self._limits
        if self._limiter.statistics().tasks_waiting >= limits.waiting:
            raise InspectionStopped(
                "too many files are being inspected at once: try again in a minute",
                waiting=limits.waiting,
            )
        async with self._limiter:
            try:
                with anyio.fail_after(limits.seconds):
                    return await to_process.run_sync(
                        _bounded, function, argument, limits, cancellable=True
                    )
            except TimeoutError as error:
                why = f"takes longer than {limits.seconds:g} s"
                raise _stopped(why, seconds=limits.seconds) from error
            except MemoryError as error:
                why = f"takes more than {limits.memory >> 20:,} MB of memory"
                raise _stopped(why, memory=limits.memory) from error
            except BrokenWorkerProcess as error:
                raise _stopped("has ended the process that did it") from error


def _stopped(why: str, **details: object) -> InspectionStopped:
    return InspectionStopped(f"inspecting this file {why}: check it with `octome check`", **details)


def _bounded(
    function: Callable[[Argument], Answer], argument: Argument, limits: WorkerLimits
) -> Answer:
    """The result of a function, within limits, in the process that runs it."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, 5)  # pages go first
    _bound_this_process(limits)
    return function(argument)


def _bound_this_process(limits: WorkerLimits) -> None:
    """Bound the memory of this process, and the processor time of its next function."""
    try:
        import resource
    except ImportError:  # Windows: only the server's clock limits it
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    # The server kills this process when it takes too long; without the server, this limit does.
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + 2 * limits.seconds) + 1, hard))
