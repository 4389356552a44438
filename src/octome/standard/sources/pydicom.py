"""The data dictionary, the registry of UIDs and the context groups of the package `pydicom`."""

from __future__ import annotations

from collections.abc import Mapping

from octome.standard.edition import UNNAMED
from octome.standard.sources.package import installed_version, release
from octome.standard.sources.records import (
    NO_NAME,
    Code,
    ContextGroupRecord,
    EditionRecords,
    Term,
    Uid,
)
from octome.standard.sources.source import Content

# Which edition's dictionary and registries each release has. Source: pydicom's release notes and
# the newest attributes in its dictionary.
EDITIONS = {"3.0": "2024c"}


# In the Standard and in no release of pydicom so far. Source: PS3.6 Table 6-1.
LEFT_OUT = (
    Term(
        "00060001",
        "CurrentFrameFunctionalGroupsSequence",
        "Current Frame Functional Groups Sequence",
        "SQ",
        "1",
        is_retired=False,
    ),
)


def contents() -> Mapping[str, frozenset[Content]]:
    """Everything except CIODs and modules, for one edition."""
    edition = EDITIONS.get(release(installed_version("pydicom")), UNNAMED)
    return {edition: frozenset({"uids", "context_groups"})}


def read(edition: str) -> EditionRecords:
    """The registry and the context groups."""
    return EditionRecords(
        edition=edition,
        source=f"pydicom {installed_version('pydicom')}",
        dictionary=dictionary(),
        uids=_uids(),
        context_groups=_context_groups(),
    )


def dictionary() -> str:
    """The edition of the dictionary, as far as known, and the package that has it."""
    version = installed_version("pydicom")
    return f"{EDITIONS.get(release(version), 'unknown edition')} (pydicom {version})"


def read_terms() -> list[Term]:
    """The data dictionary, repeating groups spelt as PS3.6 has them (`60xx3000`)."""
    from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary

    entries = {f"{tag:08x}": entry for tag, entry in DicomDictionary.items()} | RepeatersDictionary
    found = [
        Term(tag.lower(), keyword, name, vr, vm, bool(retired))
        for tag, (vr, vm, name, retired, keyword) in entries.items()
    ]
    return found + [term for term in LEFT_OUT if term.tag not in entries]


def _uids() -> list[Uid]:
    """The registry of UIDs, in its own order."""
    from pydicom._uid_dict import UID_dictionary

    return [
        # Retired SOP classes without a name still have a UID.
        Uid(uid, name or NO_NAME, type_, info, keyword, bool(retired))
        for uid, (name, type_, info, retired, keyword) in UID_dictionary.items()
    ]


def _context_groups() -> list[ContextGroupRecord]:
    """The context groups of PS3.16 with their codes, codes in order of scheme and meaning."""
    from pydicom.sr._cid_dict import cid_concepts, name_for_cid
    from pydicom.sr._concepts_dict import concepts

    groups = []
    for cid, keywords_of_scheme in sorted(cid_concepts.items()):
        codes = []
        for scheme, keywords in keywords_of_scheme.items():
            for keyword in keywords:
                values: dict[str, tuple[str, list[int]]] = concepts[scheme][keyword]  # type: ignore[assignment]
                codes += [
                    Code(scheme, value, meaning)
                    for value, (meaning, cids) in values.items()
                    if cid in cids
                ]
        codes.sort(key=lambda code: (code.scheme, code.meaning.casefold(), code.value))
        groups.append(
            ContextGroupRecord(cid=cid, name=None, keyword=name_for_cid[cid], entries=tuple(codes))
        )
    return groups
