"""Readings of files that several steps need, kept in memory while one process runs a plan.

A step works without them: they only avoid reading the same volume again. A reading is valid while
its files are unchanged, and `forget_readings` drops all of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_readings: list[OrderedDict[Any, Any]] = []


def keep_recent(
    most: int,
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """A decorator that keeps the newest results of a function of paths and other values.

    A callable among them only reports progress: the result does not depend on it.
    """

    def decorate(read: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        kept: OrderedDict[Any, Answer] = OrderedDict()
        _readings.append(kept)

        @wraps(read)
        def reading(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            values = (value for value in (*args, *sorted(kwargs.items())) if not callable(value))
            key = tuple(_identity(value) for value in values)
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
            # Drop old readings first: two volumes too many may exceed the memory.
            while len(kept) >= most:
                kept.popitem(last=False)
            kept[key] = answer = read(*args, **kwargs)
            return answer

        return reading

    return decorate


def forget_readings() -> None:
    """Free the memory of all readings."""
    for kept in _readings:
        kept.clear()


def _identity(value: Any) -> Any:
    """A value of a key; a file by its path, size and time."""
    if isinstance(value, tuple):
        return tuple(_identity(each) for each in value)
    if not isinstance(value, Path):
        return value
    try:
        found = value.stat()
    except OSError:
        return value
    return value, found.st_size, found.st_mtime_ns, found.st_ino
