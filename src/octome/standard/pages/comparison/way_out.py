"""How to get what could not be compared."""

from __future__ import annotations

from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Sides
from octome.standard.pages.part import LISTS, part_of

WHOLE = "octome sync EDITION fetches an edition whole, so that all of it can be compared."
PART_OF_LIST = {path.strip("/"): part for part, lists in LISTS.items() for path, _ in lists}


def with_way_out(sides: Sides, words: list[str], found: Found) -> Found:
    """With one more note: how to fetch what was not compared, as an edition does not have it here.

    Parameters
    ----------
    words : list of str
        The path of what is compared, which says what part of the Standard it is in.
    """
    why = " ".join(note for note in found.notes if note.startswith("Not compared"))
    part = part_of(words)
    number = str(part.number if part else PART_OF_LIST.get(words[0], ""))
    commands = []
    for reader, edition in sides:
        whole = reader.whole_parts[edition]
        if number and number not in whole and edition in why:
            commands.append(f"octome sync {edition}" + (f" --parts {number}" if whole else ""))
    if not commands:
        return found
    way = f"{' and '.join(commands)} fetch{'es' if len(commands) == 1 else ''} it."
    return found._replace(notes=(*found.notes, way))
