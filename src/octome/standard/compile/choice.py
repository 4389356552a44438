"""Attributes that a Content Item has only with some Value Types.

PS3.3 Table C.17-5 includes one macro of C.18 for each Value Type. The sources write them out one
after the other, so that a Content Item seems to need all of them at once; this table restores the
Value Types of each attribute.
"""

from __future__ import annotations

from collections.abc import Sequence

VALUE_TYPE = "0040a040"
CONTINUITY_OF_CONTENT = "0040a050"

# tag -> Value Types, in the order of Table C.17-5.
VALUE_TYPES: dict[str, tuple[str, ...]] = {
    "0040a160": ("TEXT",),  # C.17-5
    "0040a120": ("DATETIME",),  # C.17-5
    "0040a121": ("DATE",),  # C.17-5
    "0040a122": ("TIME",),  # C.17-5
    "0040a123": ("PNAME",),  # C.17-5
    "0040a124": ("UIDREF",),  # C.17-5
    "0040a300": ("NUM",),  # C.18.1
    "0040a301": ("NUM",),  # C.18.1
    "0040a168": ("CODE",),  # C.18.2
    "00081199": ("COMPOSITE", "IMAGE", "WAVEFORM"),  # C.18.3, C.18.4, C.18.5
    "00700022": ("SCOORD", "SCOORD3D"),  # C.18.6, C.18.9
    "00700023": ("SCOORD", "SCOORD3D"),  # C.18.6, C.18.9
    "00480301": ("SCOORD",),  # C.18.6
    "0070031a": ("SCOORD", "SCOORD3D"),  # C.18.6, C.18.9
    "0040a130": ("TCOORD",),  # C.18.7
    "0040a132": ("TCOORD",),  # C.18.7
    "0040a138": ("TCOORD",),  # C.18.7
    "0040a13a": ("TCOORD",),  # C.18.7
    "0040a050": ("CONTAINER",),  # C.18.8
    "0040a504": ("CONTAINER",),  # C.18.8
    "30060024": ("SCOORD3D",),  # C.18.9
    "0040a801": ("TABLE",),  # C.18.10
}


def value_types(tags: Sequence[str]) -> list[str | None]:
    """For each attribute of an item, the Value Types that the item may have; None: any.

    If a tag occurs several times, once for each macro, each gets its own Value Type in the
    order of the table.

    Examples
    --------
    >>> value_types(["0040a040", "00081199", "00081199", "00081199", "0040a050"])
    [None, 'COMPOSITE', 'IMAGE', 'WAVEFORM', 'CONTAINER']
    >>> value_types(["0040a040", "00081199", "0040a050"])
    [None, 'COMPOSITE, IMAGE or WAVEFORM', 'CONTAINER']
    >>> value_types(["00081199"])
    [None]
    """
    if VALUE_TYPE not in tags or CONTINUITY_OF_CONTENT not in tags:
        return [None] * len(tags)
    seen: dict[str, int] = {}
    choices: list[str | None] = []
    for tag in tags:
        types = VALUE_TYPES.get(tag)
        if types is None:
            choices.append(None)
        elif list(tags).count(tag) == len(types):
            choices.append(types[seen.get(tag, 0)])
            seen[tag] = seen.get(tag, 0) + 1
        else:
            choices.append(_or(types))
    return choices


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
