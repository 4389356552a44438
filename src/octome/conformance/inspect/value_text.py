"""Values as text for people: short, on one line, with the names of UIDs, tags and codes."""

from __future__ import annotations

from octome.conformance.check.checker import Checker
from octome.conformance.check.scope import code_of
from octome.dicom.data_set import BULK, NUMBERS, DataSet, Element
from octome.dicom.tag import TAG

LONGEST = 240  # characters shown of a value
FIRST_PRIVATE = 0x1000  # private elements below reserve blocks


class ValueText:
    """Values as text, with the names of one edition."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def of(self, ds: DataSet, element: Element) -> str:
        """An element's value; empty where there is none."""
        if element.items is not None:
            return self._items(element)
        if element.fragments is not None:
            count = max(len(element.fragments) - 1, 0)
            size = sum(length for _, length in element.fragments)
            return f"{size:,} bytes in {count:,} fragments"
        if not element.length:
            return ""
        values = ds.values(element.tag)
        if element.vr in BULK or (not values and element.length > 64):
            return f"{element.length:,} bytes"
        if element.vr == "UI":
            texts = [self.uid(str(value)) for value in values]
        elif element.vr == "AT":
            texts = [self._tag(int(str(value))) for value in values]
        elif element.vr in ("FL", "FD"):
            texts = [f"{value:g}" if isinstance(value, float) else str(value) for value in values]
        else:
            texts = [str(value) for value in values]
        joined = (" \\ " if element.vr in NUMBERS or len(texts) > 1 else "").join(texts)
        text = " ".join(joined.split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({element.length:,} bytes)"

    def uid(self, uid: str) -> str:
        """A UID with its registered name, if it has one."""
        name = self._checker.uid_name(uid)
        return f"{name} ({uid})" if name else uid

    def private_name(self, ds: DataSet, element: Element) -> str:
        """The owner of a private element, or that it reserves a block."""
        number = element.tag & 0xFFFF
        if not element.tag >> 16 & 1:
            return "Unknown attribute"
        if number < FIRST_PRIVATE:
            return "Private Creator"
        owner = ds.text((element.tag >> 16 << 16) + (number >> 8))
        return f"Private attribute of {owner}" if owner else "Private attribute"

    def _items(self, element: Element) -> str:
        items = element.items or []
        codes = [self._code(item) for item in items[:2]]
        if codes and all(codes) and len(items) <= 2:
            return ", ".join(code for code in codes if code)
        return f"{len(items):,} item{'s' * (len(items) != 1)}"

    def _code(self, item: DataSet) -> str:
        scheme, value = code_of(item)
        meaning = item.text(TAG.CodeMeaning)
        return f"{meaning} ({value}, {scheme})" if value and meaning else ""

    def _tag(self, tag: int) -> str:
        entry = self._checker.book.dictionary.get(tag)
        spelled = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
        return f"{spelled} {entry.name}" if entry else spelled
