"""The data dictionary for a check: VR, VM and name of a tag, fast.

PS3.6, with the repeating groups of PS3.5 7.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from octome.standard.library import Library

# An upper bound for a VM of `1-n`.
UNBOUNDED = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the data dictionary. `vm` is minimum, maximum and step."""

    tag: int
    keyword: str
    name: str
    vrs: tuple[str, ...]
    vm: tuple[int, int, int]
    is_retired: bool


class Dictionary:
    """The dictionary of one edition."""

    def __init__(self, library: Library, edition: str) -> None:
        self._terms = {_first_tag(term.tag): term for term in library.dictionary(edition)}
        self._entries: dict[int, Entry] = {}
        self.edition: str = library.dictionary_source(edition).partition(" ")[0]
        """The edition of the dictionary, which may be an older one."""

    @cached_property
    def vr_of(self) -> dict[int, str]:
        """The VR of each tag, several with ` or ` between, for reading Implicit VR."""
        return {tag: term.vr for tag, term in self._terms.items()}

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each tag."""
        return {tag: term.name for tag, term in self._terms.items()}

    def get(self, tag: int) -> Entry | None:
        """The entry of a tag; None for private and unknown tags."""
        found = self._entries.get(tag)
        if found is not None:
            return found
        found = self._entry(tag) or self._entry(base_tag(tag))
        if found is not None:  # tags invented by a file are not cached
            self._entries[tag] = found
        return found

    def _entry(self, tag: int) -> Entry | None:
        term = self._terms.get(tag)
        if term is None:
            return None
        return Entry(
            tag=tag,
            keyword=term.keyword,
            name=term.name,
            vrs=tuple(term.vr.split(" or ")),
            vm=multiplicity(term.vm),
            is_retired=term.is_retired,
        )

    def keyword(self, tag: int) -> str:
        """The keyword of a tag, or its eight digits if it has none."""
        entry = self.get(tag)
        return entry.keyword if entry and entry.keyword else f"{tag:08x}"


def _first_tag(tag_id: str) -> int:
    """The tag of a line of the dictionary; for a repeating group, that of its first group."""
    return int(tag_id.replace("x", "0"), 16)


def base_tag(tag: int) -> int:
    """The tag in the dictionary for one of a repeating group (PS3.5 7.6).

    Examples
    --------
    >>> f"{base_tag(0x60020010):08x}", f"{base_tag(0x00280010):08x}"
    ('60000010', '00280010')
    """
    return tag & 0xFF00FFFF if tag >> 24 in (0x50, 0x60) and not tag >> 16 & 1 else tag


def multiplicity(vm: str) -> tuple[int, int, int]:
    """A VM as minimum, maximum and step; any number if the dictionary gives none.

    Examples
    --------
    >>> multiplicity("3"), multiplicity("2-2n"), multiplicity("1-n or 1")[1] == UNBOUNDED
    ((3, 3, 1), (2, 1099511627776, 2), True)
    """
    if " or " in vm:
        parts = [multiplicity(part) for part in vm.split(" or ")]
        return min(part[0] for part in parts), max(part[1] for part in parts), 1
    least, _, most = vm.partition("-")
    if not least.isdigit():
        return 0, UNBOUNDED, 1
    if not most:
        return int(least), int(least), 1
    if most.endswith("n"):
        step = most[:-1]
        return int(least), UNBOUNDED, int(step) if step else 1
    return int(least), int(most), 1
