"""Where an item lies in an instance; the path is written only when it is needed."""

from __future__ import annotations

from collections.abc import Callable

# Where the data set around it lies, the tag of its sequence, and its number there.
Place = tuple["Place | None", int, int]


def path_of(place: Place | None, keyword: Callable[[int], str]) -> str:
    """The path in keywords; empty for the instance itself.

    Examples
    --------
    >>> path_of(((None, 0x00081115, 0), 0x0008114A, 2), hex)
    '0x81115[0].0x8114a[2]'
    """
    words: list[str] = []
    while place is not None:
        place, tag, number = place
        words.append(f"{keyword(tag)}[{number}]")
    return ".".join(reversed(words))
