"""What people call coding schemes."""

from __future__ import annotations

from octome.standard.search.short_names.schemes import SCHEMES


def test_names_lead_to_designators() -> None:
    assert (SCHEMES["snomed"], SCHEMES["loinc"], SCHEMES["ucum"]) == ("SCT", "LN", "UCUM")
