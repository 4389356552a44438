"""Specific Character Set, PS3.3 C.12.1.1.2."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SECTION = "PS3.3 C.12.1.1.2"
# ISO registrations of one byte, which may be used with or without code extensions.
ONE_BYTE = ("13", "100", "101", "109", "110", "126", "127", "138", "144", "148", "166", "203")
EXTENSIONS = frozenset(f"ISO 2022 IR {n}" for n in (*ONE_BYTE, "6", "58", "87", "149", "159"))
# Those that stand alone: their characters have more than one byte, without code extensions.
ALONE = frozenset({"ISO_IR 192", "GB18030", "GBK"})
# Those of several bytes, which only extend another one.
SEVERAL_BYTES = frozenset(
    {"ISO 2022 IR 58", "ISO 2022 IR 87", "ISO 2022 IR 149", "ISO 2022 IR 159"}
)
TERMS = EXTENSIONS | ALONE | {f"ISO_IR {n}" for n in ONE_BYTE}


def character_sets(encoded: Encoded) -> Iterator[Disagreement]:
    """Character sets are known, and several of them are those of ISO 2022."""
    # The first value may be empty: the default repertoire.
    found = [str(value) for value in encoded.data_set.values(TAG.SpecificCharacterSet)]
    keyword = "SpecificCharacterSet"
    if unknown := [name for name in found if name and name not in TERMS]:
        yield Disagreement(
            code="defined-term",
            path=keyword,
            message=f"{', '.join(map(repr, unknown))} is not one of the Defined Terms",
            fix="Name the character set by its Defined Term; ISO_IR 192 is UTF-8",
            section=SECTION,
            outcome="warning",
        )
    elif len(found) > 1 and (wrong := [name for name in found if name in ALONE]):
        yield Disagreement(
            code="character-set",
            path=keyword,
            message=f"{wrong[0]} is used together with {len(found) - 1} other values",
            fix=f"Use {wrong[0]} alone, or only terms that begin with ISO 2022",
            section=SECTION,
        )
    elif len(found) > 1 and (wrong := [name for name in found if name.startswith("ISO_IR")]):
        yield Disagreement(
            code="character-set",
            path=keyword,
            message=f"{wrong[0]} is one of {len(found)} values, and allows no code extensions",
            fix=f"Write ISO 2022 IR {wrong[0][7:]}, or use ISO_IR 192 alone",
            section=SECTION,
        )
    elif found and found[0] in SEVERAL_BYTES:
        yield Disagreement(
            code="character-set",
            path=keyword,
            message=f"value 1 is {found[0]}, of several bytes, which can only be an extension",
            fix="Write it after the set that the text begins with, which may be empty: "
            f"\\{found[0]}",
            section=SECTION,
        )


def escape_sequences(encoded: Encoded) -> Iterator[Disagreement]:
    """A name uses code extensions only where the character sets allow them (PS3.5 6.1.2.5)."""
    ds = encoded.data_set
    terms = ds.character_sets
    if any(term.startswith("ISO 2022") for term in terms):
        return
    for tag, keyword in (
        (TAG.PatientName, "PatientName"),
        (TAG.ReferringPhysicianName, "ReferringPhysicianName"),
        (TAG.InstitutionName, "InstitutionName"),
        (TAG.StudyDescription, "StudyDescription"),
        (TAG.SeriesDescription, "SeriesDescription"),
    ):
        if b"\x1b" in ds.raw(tag):
            yield Disagreement(
                code="character",
                path=keyword,
                message="it changes its character set inside the value, but Specific Character Set "
                f"{'is ' + terms[0] if terms else 'is missing'}",
                fix="Name all character sets that are used, as ISO 2022 terms",
                section="PS3.5 6.1.2.5",
            )
