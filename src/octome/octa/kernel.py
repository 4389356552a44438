"""How the fast loops are compiled, and how they are shared among the cores.

A kernel runs serially and without Python's lock; whole B-scans are dealt out to threads. That is
as fast as numba's own parallel loops here, compiles in a fraction of their time, and may be
called from any thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from numba import njit

# Sums may be reordered for the processor's wide registers; NaN and infinity keep their meaning.
FAST = {"reassoc", "contract", "arcp", "nsz"}


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled at its first call and kept on disk; it lets other threads run."""
    try:
        compiled = njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)(function)
    except RuntimeError:
        # Neither this folder nor the home folder is writable: each process compiles again.
        compiled = njit(nogil=True, error_model="numpy", fastmath=FAST)(function)
    return cast("Callable[..., Any]", compiled)


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def blocks(count: int, size: int) -> Iterator[slice]:
    """The slices of at most `size` that 0..count falls into.

    >>> list(blocks(5, 2))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def share(work: Callable[[slice], object], count: int, size: int = 0) -> None:
    """Call `work` for each block of 0..count, on all cores; an error in one is raised here.

    Parameters
    ----------
    work : callable
        Takes a slice along the first axis and writes its result where no other block writes.
    count : int
        Length of the first axis.
    size : int
        Rows to a block; 0 for four blocks to a core, enough to even out unequal ones.
    """
    threads = cores()
    slices = list(blocks(count, size or max(1, -(-count // (4 * threads)))))
    if threads == 1 or len(slices) == 1:
        for block in slices:
            work(block)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, slices):
            pass
