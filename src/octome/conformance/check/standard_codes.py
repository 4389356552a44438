"""Codes of the Standard's own scheme, DCM (PS3.16 annex D), of SNOMED CT and LOINC, and units."""

from __future__ import annotations

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Deadline
from octome.conformance.check.place import path_of
from octome.conformance.check.scope import CODE_VALUES, code_of
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.structured_report.check_digit import wrong_code
from octome.conformance.rules.structured_report.ucum import (
    meaning_of_others,
    suggestion,
    unknown_part,
)
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

SECTION = "PS3.16 D"
UNITS_SECTION = "PS3.16 7.2.2"
SCHEMES_SECTION = "PS3.16 8"
DIGITS = 6
MOST_CODES = 2_000  # different ones of an instance that are looked up
CHECKED_SCHEMES = frozenset({b"DCM", b"UCUM", b"SCT", b"LN"})
NUMBERS = range(109_000, 140_000)  # all that have been given, and those that may be given next
CODE = (TAG.CodingSchemeDesignator, *CODE_VALUES, TAG.CodeMeaning)
Raw = tuple[bytes, ...]


def check_standard_codes(
    root: DataSet, book: Rulebook, collector: FindingCollector, deadline: Deadline
) -> None:
    """Check that each code of these schemes may exist, and one of DCM or UCUM has its meaning.

    Each code is reported once, where it is found first. A code that no context group has may be
    in annex D. A meaning may be in another language (PS3.3 8.3), so one that is not in ASCII is
    left alone.
    """
    seen: set[Raw] = set()
    reported: set[tuple[str, str, str]] = set()
    for ds in root.everywhere(TAG.CodingSchemeDesignator):
        deadline.require()
        if ds.raw(TAG.CodingSchemeDesignator).strip(b" \0") not in CHECKED_SCHEMES:
            continue
        elements = ds.elements
        raw = tuple([ds.raw(tag) if tag in elements else b"" for tag in CODE])
        if raw in seen and not ds.character_sets:
            continue
        seen.add(raw)
        scheme, value = code_of(ds)
        meaning = ds.text(TAG.CodeMeaning)
        code = (scheme, value, meaning)
        if value and code not in reported:
            reported.add(code)
            if len(reported) > MOST_CODES:
                continue
            path = path_of(ds, book.dictionary.keyword)
            if scheme == "DCM":
                _check(value, meaning, path, book, collector)
            elif scheme == "UCUM":
                _check_unit(value, meaning, path, collector)
            else:
                _check_digits(scheme, value, path, book, collector)

    if len(reported) > MOST_CODES:
        collector.add(
            code="not-checked",
            outcome="undecided",
            path="",
            message=f"{len(reported) - MOST_CODES:,} more codes are not looked up: the first "
            f"{MOST_CODES:,} are",
            section=SECTION,
        )


def _check(
    value: str, meaning: str, path: str, book: Rulebook, collector: FindingCollector
) -> None:
    known = book.meanings(value)
    words = " ".join(meaning.casefold().split()) if meaning.isascii() else ""
    if value.isdigit() and len(value) != DIGITS:
        collector.add(
            code="code-unknown",
            outcome="warning",
            path=path,
            message=f"scheme DCM has no code {value}: its numbers have {DIGITS} digits",
            fix="Use a code of the Standard, or a scheme of your own",
            section=SECTION,
        )
    elif not known:
        _check_existence(value, path, book, collector)
    elif words and words not in known:
        collector.add(
            code="code-meaning",
            outcome="warning",
            path=path,
            message=f"the code {value} of scheme DCM is given the meaning {meaning!r}, but it is "
            f"{' or '.join(map(repr, sorted(known.values())))}",
            fix="Correct the code or its meaning; a meaning in another language may stay",
            section=SECTION,
            link=f"/codes/DCM/{value}",
        )


def _check_existence(value: str, path: str, book: Rulebook, collector: FindingCollector) -> None:
    """A code that the edition does not have; where its Annex D is not here, that of pydicom."""
    listed = book.library.codes_known(book.edition)
    outcome: Outcome = "violation"
    if not (listed.has_annex_d and listed.edition == book.edition):
        if _is_in_pydicom(value):
            return
        is_outside = value.isdigit() and int(value) not in NUMBERS
        outcome = "warning" if is_outside or book.edition <= listed.edition else "undecided"
    newer = "; a newer edition may have it" if outcome == "undecided" else ""
    collector.add(
        code="code-unknown",
        outcome=outcome,
        path=path,
        message=f"{value} is not a code of scheme DCM in edition {listed.edition}{newer}",
        fix="Use a code of the Standard, or a scheme of your own",
        section=SECTION,
    )


def _is_in_pydicom(value: str) -> bool:
    from pydicom.sr._concepts_dict import concepts

    of_scheme: dict[str, dict[str, object]] = concepts["DCM"]  # type: ignore[assignment]
    return any(value in codes for codes in of_scheme.values())


def _check_digits(
    scheme: str, value: str, path: str, book: Rulebook, collector: FindingCollector
) -> None:
    why = wrong_code(scheme, value)
    if why and not book.library.code_meanings(scheme, value, book.edition):
        collector.add(
            code="code-unknown",
            outcome="warning",
            path=path,
            message=f"scheme {scheme} has no code {value}: {why}",
            fix="Correct the code, or its scheme",
            section=SCHEMES_SECTION,
        )


def _check_unit(unit: str, meaning: str, path: str, collector: FindingCollector) -> None:
    part = unknown_part(unit)
    others = meaning_of_others(unit, meaning)
    if part is not None:
        meant = suggestion(unit)
        what = f"{unit!r} is not a unit of UCUM"
        collector.add(
            code="unit",
            outcome="violation",
            path=path,
            message=what if part == unit else f"{what}: it has no {part!r}",
            fix=f"Use {meant!r} if that is meant" if meant else "Use a unit of UCUM",
            section=UNITS_SECTION,
        )
    elif others:
        collector.add(
            code="unit",
            outcome="warning",
            path=path,
            message=f"the unit {unit} is given the meaning {meaning!r}, which is that of "
            f"{' or '.join(others)}",
            fix="Correct the unit or its meaning",
            section=UNITS_SECTION,
        )
