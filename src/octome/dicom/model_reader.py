"""Reads an instance of the DICOM JSON Model into a data set (PS3.18 F.2).

Values are kept as they are written: what does not fit its VR is still there for a check to find.
"""

from __future__ import annotations

import re
import struct
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from typing import Any

from octome.dicom.data_set import BULK, NUMBERS, SEQUENCE, DataSet, Element
from octome.dicom.encoding import EXPLICIT
from octome.dicom.part10 import META_GROUP, Encoded
from octome.dicom.problem import Problems
from octome.dicom.reading import MOST_ELEMENTS
from octome.dicom.tag import TAG
from octome.dicom.vr import LONG, SHORT, UNDEFINED, implicit_vr
from octome.errors import InstanceUnreadable

Model = Mapping[str, Any]
DEEPEST = 64  # sequences within sequences
VRS = frozenset({*LONG.values(), *SHORT.values()})
HAS_TAG = re.compile(r"[0-9A-Fa-f]{8}")
HOLDERS = ("Value", "InlineBinary", "BulkDataURI")
GROUPS = ("Alphabetic", "Ideographic", "Phonetic")
ITEM_TAG = b"\xfe\xff\x00\xe0"
LONGEST_NUMBER = 16  # characters of a DS, PS3.5 6.2


def read_model(
    model: Model, vr_of: Mapping[int, str], *, name: str, size: int, code: str = "json-model"
) -> Encoded:
    """Read an instance from its model.

    Parameters
    ----------
    model : mapping
        As JSON: the tag of each attribute, with its ``vr`` and its value.
    vr_of : mapping
        The VR of each tag of the data dictionary.
    name : str
        The name of the file, for errors.
    size : int
        Bytes of the file.
    code : str
        Of the problems: ``json-model`` or ``xml-model``.

    Raises
    ------
    InstanceUnreadable
        It has more elements than the limit, or is nested too deeply.
    """
    reader = _ModelReader(vr_of, name, code)
    meta, ds = reader.data_set(), reader.data_set()
    ds.is_utf8 = True
    reader.fill(ds, model, ())
    for tag in [tag for tag in ds.elements if tag >> 16 == META_GROUP]:
        meta.elements[tag] = ds.elements.pop(tag)
    reader.finish()
    return Encoded(
        meta=meta,
        data_set=ds,
        transfer_syntax=meta.text(TAG.TransferSyntaxUID),
        encoding=EXPLICIT,
        size=size,
        start=0,
        end=size,
        has_file_meta=False,
        is_whole=True,
        problems=reader.problems.found,
        is_file=False,
        unread=tuple(reader.unread),
    )


class _Wrong(Exception):
    """A value cannot be read; the message says why."""


class _ModelReader:
    """Fills data sets whose values lie one after the other in one buffer."""

    def __init__(self, vr_of: Mapping[int, str], name: str, code: str) -> None:
        self.problems = Problems()
        self.unread: list[tuple[int, ...]] = []
        self._vr_of = vr_of
        self._name = name
        self._code = code
        self._values = bytearray()
        self._made: list[DataSet] = []
        self._left = MOST_ELEMENTS

    def data_set(
        self, parent: DataSet | None = None, sequence: int = 0, number: int = 0
    ) -> DataSet:
        """An empty data set."""
        ds = DataSet(
            b"",
            is_little_endian=True,
            parent=parent,
            parent_sequence=sequence,
            item_number=number,
        )
        self._made.append(ds)
        return ds

    def finish(self) -> None:
        """Give the data sets their values."""
        whole = bytes(self._values)
        for ds in self._made:
            ds.buffer = whole

    def fill(self, ds: DataSet, model: Model, path: tuple[int, ...]) -> None:
        """Read all attributes of a data set."""
        attributes: dict[int, Model] = {}
        for key, attribute in model.items():
            self._count()
            if not HAS_TAG.fullmatch(key):
                self._report(f"{key[:40]!r} is not a tag of eight hexadecimal digits", path)
            elif not isinstance(attribute, Mapping):
                self._report("it is not an object with a VR", (*path, int(key, 16)))
            else:
                attributes[int(key, 16)] = attribute
        for tag in sorted(attributes):
            ds.elements[tag] = self._element(ds, tag, attributes[tag], path)

    def _element(self, ds: DataSet, tag: int, model: Model, path: tuple[int, ...]) -> Element:
        here = (*path, tag)
        vr = model.get("vr")
        if not isinstance(vr, str) or vr not in VRS:
            self._report("it has no VR" if vr is None else f"{str(vr)[:40]!r} is not a VR", here)
            is_sequence = any(isinstance(each, Mapping) for each in _listed(model.get("Value")))
            vr = implicit_vr(self._vr_of, tag, UNDEFINED if is_sequence else 0)
        element = Element(tag, vr, len(self._values), 0)
        if vr == "UN" and "InlineBinary" in model:
            known = implicit_vr(self._vr_of, tag, 0)
            if known not in (SEQUENCE, "UN"):
                element.vr, element.is_unknown = known, True
        if len([each for each in HOLDERS if each in model]) > 1:
            self._report("its value is there in several forms", here)
        try:
            if "BulkDataURI" in model:
                self._leave(element, here)
            elif vr == SEQUENCE:
                element.items = self._items(ds, tag, model, here)
            else:
                self._write(element, model, here)
        except _Wrong as wrong:
            self._report(str(wrong), here)
            self._leave(element, here)
        return element

    def _items(self, ds: DataSet, tag: int, model: Model, path: tuple[int, ...]) -> list[DataSet]:
        if len(path) > 2 * DEEPEST:
            why = f"cannot read {self._name}: sequences are nested more than {DEEPEST} deep"
            raise InstanceUnreadable(why, path=self._name)
        items = []
        for number, each in enumerate(_values(model)):
            self._count()
            item = self.data_set(ds, tag, number)
            if isinstance(each, Mapping):
                self.fill(item, each, (*path, number))
            elif each is not None:
                self._report(f"item {number} is not an object", path)
            items.append(item)
        return items

    def _write(self, element: Element, model: Model, path: tuple[int, ...]) -> None:
        """Append the value of an element that is not a sequence."""
        inline = model.get("InlineBinary")
        if inline is not None:
            value = _binary(inline)
            if value.startswith(ITEM_TAG):  # encapsulated: fragments in one value
                self._leave(element, path)
                return
        elif element.vr in BULK and "Value" in model:
            raise _Wrong(f"a {element.vr} is written as InlineBinary or BulkDataURI")
        else:
            value = self._encoded(element.vr, _values(model), path)
        element.length = len(value)
        self._values += value

    def _encoded(self, vr: str, values: list[Any], path: tuple[int, ...]) -> bytes:
        if vr in NUMBERS or vr == "AT":
            return b"".join(_number(vr, value) for value in values)
        texts = []
        for value in values:
            if isinstance(value, Mapping) and vr == "PN":
                groups = [str(value.get(group) or "") for group in GROUPS]
                texts.append("=".join(groups).rstrip("="))
            elif isinstance(value, str):
                if vr == "PN":
                    self._report("a name is written as an object with its groups", path)
                texts.append(value)
            elif value is None:
                texts.append("")
            elif _is_number(value) and vr in ("DS", "IS"):
                texts.append(_decimal(value))
            else:
                raise _Wrong(f"{str(value)[:40]} is not a value of {vr}")
        # A lone surrogate is not a character.
        return "\\".join(texts).encode("utf-8", "replace")

    def _leave(self, element: Element, path: tuple[int, ...]) -> None:
        """Leave a value unread: nothing is claimed about it."""
        element.is_unread = True
        self.unread.append(path)

    def _report(self, message: str, path: tuple[int, ...]) -> None:
        self.problems.add(self._code, message, path)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            why = f"cannot read {self._name}: it has more than {MOST_ELEMENTS:,} elements"
            raise InstanceUnreadable(why, path=self._name)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _values(model: Model) -> list[Any]:
    value = model.get("Value", [])
    if not isinstance(value, list):
        raise _Wrong("its Value is not a list")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _binary(text: object) -> bytes:
    if not isinstance(text, str):
        raise _Wrong("its InlineBinary is not text")
    try:
        return a2b_base64(text, strict_mode=True)
    except ValueError as error:
        raise _Wrong(f"its InlineBinary is not Base64: {error}") from error


def _number(vr: str, value: Any) -> bytes:
    """The bytes of one number, which JSON may write as text (PS3.18 F.2.3)."""
    is_real = vr in ("FL", "FD")
    convert: Callable[[Any], Any] = float if is_real else int
    is_rounded = isinstance(value, float) and not is_real and not value.is_integer()
    wrong = _Wrong(f"{str(value)[:40]!r} is not a value of {vr}")
    if is_rounded or isinstance(value, bool):
        raise wrong
    try:
        if vr == "AT":
            tag = int(value, 16)
            return struct.pack("<HH", tag >> 16, tag & 0xFFFF)
        return struct.pack(f"<{NUMBERS[vr]}", convert(value))
    except (ValueError, TypeError, OverflowError, struct.error) as error:
        raise wrong from error


def _decimal(value: float) -> str:
    """A number as text; JSON does not limit its digits, so a DS gets as many as it may have."""
    text = str(int(value)) if value == value // 1 and abs(value) < 1e15 else repr(value)
    digits = LONGEST_NUMBER
    while len(text) > LONGEST_NUMBER and digits > 1:
        digits -= 1
        text = f"{value:.{digits}g}"
    return text
