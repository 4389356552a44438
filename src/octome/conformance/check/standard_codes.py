"""Codes of the Standard's own scheme, DCM (PS3.16 annex D)."""

from __future__ import annotations

from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Deadline
from octome.conformance.check.scope import code_of
from octome.conformance.rules.rulebook import Rulebook
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

SECTION = "PS3.16 D"
DIGITS = 6


def check_standard_codes(
    root: DataSet, book: Rulebook, collector: FindingCollector, deadline: Deadline
) -> None:
    """Check that each code of the scheme DCM may exist, and has a meaning that it is known by.

    Each code is reported once, where it is found first. A code that no context group has may be
    in annex D. A meaning may be in another language (PS3.3 8.3), so one that is not in ASCII is
    left alone.
    """
    reported: set[tuple[str, str]] = set()
    waiting = [(root, "")]
    while waiting:
        ds, path = waiting.pop()
        deadline.require()
        scheme, value = code_of(ds)
        meaning = ds.text(TAG.CodeMeaning)
        if scheme == "DCM" and value and (value, meaning) not in reported:
            reported.add((value, meaning))
            _check(value, meaning, path.rstrip("."), book, collector)
        for element in ds:
            keyword = book.dictionary.keyword(element.tag)
            for number, item in enumerate(element.items or ()):
                waiting.append((item, f"{path}{keyword}[{number}]."))


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
    elif known and words and words not in known:
        collector.add(
            code="code-meaning",
            outcome="warning",
            path=path,
            message=f"the code {value} of scheme DCM is given the meaning {meaning!r}, but it is "
            f"{' or '.join(map(repr, sorted(known)))}",
            fix="Correct the code or its meaning; a meaning in another language may stay",
            section=SECTION,
            link=f"/codes/DCM/{value}",
        )
