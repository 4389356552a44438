"""Where an item lies in an instance, in keywords."""

from __future__ import annotations

from collections.abc import Callable

from octome.dicom.data_set import DataSet


def path_of(ds: DataSet, keyword: Callable[[int], str]) -> str:
    """The path in keywords; empty for the instance itself.

    Examples
    --------
    >>> image = DataSet(b"", is_little_endian=True)
    >>> item = DataSet(b"", True, parent=image, parent_sequence=1, item_number=2)
    >>> path_of(image, hex), path_of(item, hex)
    ('', '0x1[2]')
    """
    return ".".join(f"{keyword(tag)}[{number}]" for tag, number in ds.place)
