"""The lists, parts and value representations that a search can find."""

from __future__ import annotations

from collections.abc import Iterator

from octome.standard.compile.doc import Doc
from octome.standard.model.value_representation import CONTENTS, VALUE_REPRESENTATIONS
from octome.standard.part_list import PARTS

PROTECTING = (
    "de-identification deidentification deidentify anonymization anonymisation anonymize privacy "
    "application level confidentiality profile basic profile options Table E.1-1 retain UIDs "
    "device identity institution identity patient characteristics longitudinal temporal "
    "information full dates modified dates removed safe private clean descriptors structured "
    "content graphics pixel data recognizable visual features"
)
# Source of the parts: PS3.1, section 6.
LISTS = [
    ("/ciods", "CIODs", 3, "IODs information object definitions"),
    ("/modules", "Modules", 3, ""),
    ("/macros", "Macros", 3, ""),
    ("/attributes", "Attributes", 6, "data dictionary elements tags value representation VR"),
    ("/sections", "Sections", 3, ""),
    ("/uids", "UIDs", 6, "unique identifiers registry"),
    ("/sop-classes", "SOP Classes", 4, "services"),
    ("/transfer-syntaxes", "Transfer Syntaxes", 5, "encoding"),
    ("/confidentiality", "Confidentiality profiles", 15, PROTECTING),
    ("/context-groups", "Context Groups", 16, "CIDs codes terminology DCMR"),
    ("/codes", "Codes", 16, "coding schemes SNOMED CT SCT SRT LOINC LN DCM UCUM values meanings"),
    ("/templates", "Templates", 16, "TIDs structured reports content items SR"),
]


def lists() -> Iterator[Doc]:
    """The pages that list all of a kind, also found by the part of the Standard they are from."""
    for path, title, part, alias in LISTS:
        keys = [f"part:{part}"]
        if path == "/confidentiality":
            keys.append("table:e.1-1")
        yield Doc("list", path, title, f"PS3.{part}", weight=4, keys=tuple(keys), alias=alias)


def parts() -> Iterator[Doc]:
    """The parts of the Standard, whether or not their text is here."""
    for part in PARTS.values():
        yield Doc(
            "part",
            f"/parts/{part.number}",
            part.title,
            f"PS3.{part.number}",
            weight=6 - 2 * part.is_retired,
            keys=(f"part:{part.number}",),
            alias=f"PS3.{part.number} part",
            body=part.about,
        )


def value_representations() -> Iterator[Doc]:
    """The value representations, each with the attributes that have it."""
    for vr, name in VALUE_REPRESENTATIONS.items():
        low = vr.lower()
        yield Doc(
            "value representation",
            f"/attributes/{vr}",
            name,
            vr,
            weight=0.5,
            keys=(f"name:{low}", f"name:vr{low}", f"name:{low}vr"),
            alias=f"{vr} VR value representation format length max maximum",
            body=CONTENTS[vr],
        )
