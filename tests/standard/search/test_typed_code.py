"""Program code as a query."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.search.typed_code import without_code

NAME = "/attributes/00100010"


@pytest.mark.parametrize(
    "code",
    [
        "ds.PatientName",
        "ds.PatientName = 'Frog'",
        "ds[0x10,0x10]",
        "ds[0x0010, 0x0010].value",
        'ds["PatientName"]',
        "dcm.get('PatientName', '')",
        "getattr(ds, 'PatientName', None)",
        "Tag(0x10, 0x10)",
        "Tag('PatientName')",
    ],
)
def test_attribute_read_by_code_is_found(library: Library, code: str) -> None:
    assert library.search(code).hits[0].path == NAME


@pytest.mark.parametrize("query", ["1.2.840.10008.1.2", "a frog (green)", "PS3.3", "C.7.6", "x"])
def test_other_query_is_unchanged(query: str) -> None:
    assert without_code(query) == query
