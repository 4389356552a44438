"""Queries that are program code: the name or tag in it."""

from __future__ import annotations

import re

from octome.standard.official_address import section_of_address

_NAME = r"[A-Za-z_]\w*"
_CODE = [
    re.compile(pattern)
    for pattern in (
        # ds[0x10,0x20].value, ds["PatientName"], ds[0x5200, 0x9229][0]
        rf"{_NAME}(?:\.\w+)*\s*\[\s*(?P<name>[^\]]*[^\]\s])\s*\].*",
        # ds.get("PatientName", ""), getattr(ds, "Rows"), Tag(0x10, 0x20), dcm.data_element("Rows")
        rf"(?:{_NAME}\.)*(?:get|get_item|data_element|Tag|BaseTag|tag_for_keyword|dictionary_\w+)"
        r"\(\s*(?P<name>[^()]+?)\s*(?:,\s*(?:None|''|\"\"))?\)(?:\.\w+)?",
        rf"(?:has|get|set|del)attr\(\s*{_NAME}\s*,\s*(?P<name>[^,()]+)(?:,.*)?\)",
        # ds.PatientName, ds.file_meta.TransferSyntaxUID, img.PixelSpacing[0]
        rf"(?:{_NAME}\.)*(?:ds|dcm|dicom|dataset|data|img|image|dataset|file|f|d|s|meta|self|item|plan|"
        rf"slice|file_meta)\.(?P<name>{_NAME})(?:\[\d\]|\.value)?(?:\s*=.*)?",
    )
]
MARKS = frozenset("[(.")  # one of which is in all code
_QUOTES = " \"'`"


def without_code(query: str) -> str:
    """What a query that is Python, or an official address, names; another query is unchanged.

    >>> without_code("ds.PatientName"), without_code("ds[0x10,0x20].value"), without_code("a frog")
    ('PatientName', '0x10,0x20', 'a frog')
    """
    if MARKS.isdisjoint(query):
        return query
    if section := section_of_address(query):
        return f"PS3.{section[0]} {section[1]}"
    for code in _CODE:
        if found := code.fullmatch(query.strip(" ;`")):
            return found["name"].strip(_QUOTES)
    return query
