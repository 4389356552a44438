"""Tables of short names."""

from __future__ import annotations


def read_table(lines: str) -> dict[str, tuple[str, ...]]:
    """Each line: names, a colon, what they lead to, the likeliest first.

    A name is written in lower case without spaces and marks, as `squash` returns it.

    >>> read_table("frog toad: pond marsh")
    {'frog': ('pond', 'marsh'), 'toad': ('pond', 'marsh')}
    """
    found = {}
    for line in lines.strip().splitlines():
        names, _, targets = line.partition(":")
        for name in names.split():
            found[name] = tuple(targets.split())
    return found
