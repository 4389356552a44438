"""An encoded instance as a pydicom data set, its values decoded as far as possible."""

from __future__ import annotations

import struct
from collections.abc import Collection
from contextlib import suppress

from pydicom.charset import convert_encodings, default_encoding
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.errors import BytesLengthException
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

MOST_BYTES = 1 << 29  # of all values of a header; meshes are in it
# What pydicom raises for a value that does not follow its VR.
UNDECODABLE = (
    ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError,
    NotImplementedError, struct.error, BytesLengthException,
)  # fmt: skip
Charset = str | list[str]


def pydicom_header(encoded: Encoded, tags: Collection[int] | None = None) -> Dataset:
    """The header of an instance for pydicom, with its file meta information.

    Parameters
    ----------
    encoded : Encoded
    tags : collection of int, optional
        The attributes to take; all if None.

    Returns
    -------
    header : Dataset
        All decodable values are decoded; the others stay raw and raise when used.

    Raises
    ------
    InstanceUnreadable
        Its values have more than 512 MB.
    """
    converter = _Converter(is_implicit=not encoded.encoding.is_explicit)
    header = converter.data_set(encoded.data_set, default_encoding, tags)
    meta = _Converter(is_implicit=False).data_set(encoded.meta, default_encoding)
    header.file_meta = FileMetaDataset(meta)
    return header


class _Converter:
    """Builds pydicom's data sets of one instance."""

    def __init__(self, *, is_implicit: bool) -> None:
        self.is_implicit = is_implicit
        self._bytes_left = MOST_BYTES

    def data_set(
        self, ds: DataSet, charset: Charset, tags: Collection[int] | None = None
    ) -> Dataset:
        """A data set and its items, decoded."""
        raw: dict[BaseTag, DataElement | RawDataElement] = {
            BaseTag(each.tag): self._raw(ds, each)
            for each in ds
            if each.items is None and (tags is None or each.tag in tags)
        }
        found = Dataset(raw, parent_encoding=charset)
        if TAG.SpecificCharacterSet in ds:
            with suppress(*UNDECODABLE):
                charset = convert_encodings(list(ds.character_sets))
        found.set_original_encoding(self.is_implicit, ds.is_little_endian, charset)
        for element in ds:
            if element.items is not None and (tags is None or element.tag in tags):
                items = [self.data_set(item, charset) for item in element.items]
                found[BaseTag(element.tag)] = DataElement(
                    BaseTag(element.tag), SEQUENCE, Sequence(items)
                )
        _decode(found)
        return found

    def _raw(self, ds: DataSet, element: Element) -> RawDataElement:
        self._bytes_left -= element.length
        if self._bytes_left < 0:
            raise InstanceUnreadable("it has impossibly many bytes before its pixels")
        vr = "UN" if element.is_unknown else None if self.is_implicit else element.vr
        at = ds.start(element)
        value = ds.buffer[at : at + element.length]
        return RawDataElement(
            tag=BaseTag(element.tag),
            VR=vr,
            length=element.length,
            value=value,
            value_tell=at,
            is_implicit_VR=self.is_implicit,
            is_little_endian=ds.is_little_endian,
        )


def _decode(ds: Dataset) -> None:
    """Decode all values now: pydicom would do it when they are first used."""
    for tag in list(ds.keys()):
        # Many attributes are never needed: damage in them is not a reason to reject the pixels.
        with suppress(*UNDECODABLE):
            ds[tag]
