"""The data dictionary, the registry of UIDs and the context groups that `pydicom` carries."""

from __future__ import annotations

from importlib.metadata import version

from octome.standard.sources.records import Code, ContextGroupRecord, Term, Uid

PACKAGE = "pydicom"


# Which edition's dictionary a version carries. Source: pydicom's release notes and the newest
# attributes in its dictionary.
DICTIONARIES = {"3.0": "2024c"}


def dictionary() -> str:
    """The edition of the dictionary, as far as it is known, and the package that carries it."""
    edition = DICTIONARIES.get(version(PACKAGE).rpartition(".")[0], "unknown edition")
    return f"{edition} ({source()})"


def source() -> str:
    """The package and its version, for the reader to see."""
    return f"{PACKAGE} {version(PACKAGE)}"


def read_terms() -> list[Term]:
    """The data dictionary, repeating groups spelt as PS3.6 has them (`60xx3000`)."""
    from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary

    entries = {f"{tag:08x}": entry for tag, entry in DicomDictionary.items()} | RepeatersDictionary
    return [
        Term(tag.lower(), keyword, name, vr, vm, bool(retired))
        for tag, (vr, vm, name, retired, keyword) in entries.items()
    ]


def read_uids() -> list[Uid]:
    """The registry of UIDs, in its own order."""
    from pydicom._uid_dict import UID_dictionary

    return [
        # Retired SOP classes that lost their name still have a number.
        Uid(uid, name or "(no name)", type_, info, keyword, bool(retired))
        for uid, (name, type_, info, retired, keyword) in UID_dictionary.items()
    ]


def read_context_groups() -> list[ContextGroupRecord]:
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
        groups.append(ContextGroupRecord(cid, name_for_cid[cid], tuple(codes)))
    return groups
