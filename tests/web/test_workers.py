"""A function in another process gets so much time and memory, and no more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import pytest

from octome.errors import InspectionStopped
from octome.web.workers import WorkerLimits, Workers


def in_a_loop(function: Callable[..., object], *arguments: object) -> object:
    """What an asynchronous function answers; in a thread, as Playwright leaves a loop in ours."""
    with ThreadPoolExecutor() as executor:
        return executor.submit(anyio.run, function, *arguments).result()


def run(limits: WorkerLimits, function: Callable[[int], object], argument: int) -> object:
    return in_a_loop(partial(Workers(limits).run, function), argument)


def test_a_function_runs_in_another_process() -> None:
    # 0 is the process that asks.
    assert run(WorkerLimits(), os.getsid, 0) == os.getsid(0)
    assert run(WorkerLimits(), partial(os.getpriority, os.PRIO_PROCESS), 0) == 5


def test_what_takes_too_long_is_stopped() -> None:
    begin = time.monotonic()
    with pytest.raises(InspectionStopped, match="takes longer than 1 s") as stopped:
        run(WorkerLimits(seconds=1), time.sleep, 600)
    assert stopped.value.details == {"seconds": 1}
    assert time.monotonic() - begin < 60


def test_what_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(InspectionStopped, match="takes more than 1,024 MB"):
        run(WorkerLimits(memory=1 << 30), bytes, 2 << 30)


def test_a_process_that_ends_is_a_refusal() -> None:
    with pytest.raises(InspectionStopped, match="has ended the process"):
        run(WorkerLimits(), os._exit, 3)


def test_an_error_of_the_function_comes_back() -> None:
    with pytest.raises(ValueError, match="negative"):
        run(WorkerLimits(), bytes, -1)


def test_more_than_may_wait_are_refused_at_once() -> None:
    async def three() -> list[object]:
        workers = Workers(WorkerLimits(processes=1, waiting=1))
        found: list[object] = []

        async def one() -> None:
            try:
                found.append(await workers.run(time.sleep, 1))
            except InspectionStopped as error:
                found.append(error.details)

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(one)
        return found

    assert in_a_loop(three) == [{"waiting": 1}, None, None]
