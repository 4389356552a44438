"""The owners of private elements. Source: pydicom's private dictionary, read when needed."""

from __future__ import annotations

from functools import cache
from importlib.machinery import SourceFileLoader
from types import ModuleType

from octome.standard.counted import counted
from octome.standard.search.squash import squash
from octome.standard.sources.package import package_folder

MOST = 12
MOST_NAMED = 5  # elements with the same last digits
# The creators of the most common files first.
COMMON = (
    "siemens",
    "gems",
    "philips",
    "toshiba",
    "canon",
    "carlzeiss",
    "heidelberg",
    "fuji",
    "agfa",
)
SOME = 5
SHORTEST_CREATOR = 4

Elements = dict[str, tuple[str, str, str, str]]
"""From tags such as `0029xx10` to VR, VM, name, and whether it is retired."""


def private_tag(group: str, element: str) -> tuple[str, ...]:
    """What is known about a private element, with a few creators that have it.

    The block is chosen when a file is written: only the last two digits identify the element.

    >>> private_tag("0029", "0001")
    ('(0029,0001) is in a private group, where this element is not allowed.',)
    """
    said = f"({group},{element})".upper()
    number = int(element, 16)
    if 0x10 <= number <= 0xFF:
        block = element[2:].upper()
        return (
            f"{said} is a Private Creator: it names the owner of the elements "
            f"({said[1:5]},{block}00) to ({said[1:5]},{block}FF).",
        )
    if number < 0x1000:
        return (f"{said} is in a private group, where this element is not allowed.",)
    found = [
        f"{name} ({vr}) of {creator}"
        for creator, elements in _dictionaries().items()
        for name, vr in [_named(elements, group, element)]
        if name
    ]
    found.sort(key=_rarity)
    block = f"{number >> 8:02X}"
    lead = (
        f"{said} is private: the Private Creator ({group.upper()},00{block}) of the file names "
        "its owner."
    )
    if not found:
        return (lead, "No known creator has an element with these last two digits.")
    more = [counted(len(found) - MOST_NAMED, "other")] if len(found) > MOST_NAMED else []
    *others, last = [*found[:MOST_NAMED], *more]
    return (lead, f"It may be {', '.join(others)} or {last}." if others else f"It may be {last}.")


def is_private_creator(query: str) -> bool:
    """Whether a query is the whole name of a known private creator."""
    return len(squash(query)) >= SHORTEST_CREATOR and squash(query) in dict(_creators())


def private_creator(query: str) -> tuple[str, ...]:
    """What is known about private creators whose names begin this way; empty if there are none."""
    squashed = squash(query)
    if len(squashed) < SHORTEST_CREATOR:
        return ()
    known = _dictionaries()
    found = [creator for name, creator in _creators() if name.startswith(squashed)]
    found.sort(key=lambda creator: (squash(creator) != squashed, creator))
    lines = []
    for creator in found[:MOST]:
        elements = known[creator]
        groups = ", ".join(sorted({tag[:4].upper() for tag in elements}))
        some = "; ".join(f"({tag[:4]},{tag[4:]}) {row[2]}" for tag, row in _some(elements))
        more = " and more" if len(elements) > SOME else ""
        lines.append(
            f"{creator} is a private creator; known elements, {len(elements)}, are in group "
            f"{groups}: {some}{more}."
        )
    return tuple(lines)


def _rarity(line: str) -> tuple[bool, int]:
    creator = squash(line.rpartition(" of ")[2])
    common = [at for at, name in enumerate(COMMON) if creator.startswith(name)]
    return line.startswith(("Unknown", "?")), common[0] if common else len(COMMON)


def _some(elements: Elements) -> list[tuple[str, tuple[str, str, str, str]]]:
    return list(elements.items())[:SOME]


def _named(elements: Elements, group: str, element: str) -> tuple[str, str]:
    """The name and VR of an element by its group and last two digits; empty if there is none."""
    row = elements.get(f"{group}xx{element[2:]}".upper().replace("XX", "xx"))
    return (row[2], row[0]) if row else ("", "")


@cache
def _creators() -> list[tuple[str, str]]:
    """The creators, each with its squashed name."""
    return [(squash(creator), creator) for creator in _dictionaries()]


@cache
def _dictionaries() -> dict[str, Elements]:
    """The dictionary of each creator, from its file: all of pydicom takes 50 times as long."""
    file = package_folder("pydicom") / "_private_dict.py"
    module = ModuleType(file.stem)
    SourceFileLoader(file.stem, str(file)).exec_module(module)
    found: dict[str, Elements] = module.private_dictionaries
    return found
