"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """How many of something.

    Examples
    --------
    >>> counted(1, "figure"), counted(0, "part"), counted(1200, "row")
    ('1 figure', '0 parts', '1,200 rows')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
