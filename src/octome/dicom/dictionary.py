"""The data dictionary for readers without an edition: pydicom's (PS3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def pydicom_vrs() -> Mapping[int, str]:
    """The VR of each tag; a repeating group (PS3.5 7.6) is listed by its first tag."""
    from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary

    found = {tag: entry[0] for tag, entry in DicomDictionary.items()}
    for mask, entry in RepeatersDictionary.items():
        found.setdefault(int(mask.replace("x", "0"), 16), entry[0])
    return found
