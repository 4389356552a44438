"""The check of a closed vocabulary, when a value is created."""

from __future__ import annotations

from collections.abc import Collection


def require_one_of(allowed: Collection[str], value: str | None, name: str) -> None:
    """Raise for a value that is not allowed.

    Raises
    ------
    ValueError
        It is not allowed. The message lists the allowed values.

    Examples
    --------
    >>> require_one_of(("M", "C", "U"), "X", "usage")
    Traceback (most recent call last):
    ...
    ValueError: usage is 'X', which is not one of M, C, U
    """
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, which is not one of {', '.join(allowed)}")
