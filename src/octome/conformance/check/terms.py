"""Values that are not in the Standard's list.

Enumerated Values may not be extended. Defined Terms may (PS3.3 5.1): another term breaks no rule,
but one that is nearly a listed term is likely a mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.location import Location
from octome.conformance.check.scope import Scope
from octome.conformance.rules.condition.expression import same
from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.value_rule import Terms

LISTED = 12  # terms in a message
LONG_ENOUGH = 4  # characters of a term of which one may be a mistake


def check_terms(
    collector: FindingCollector, rule: AttributeRule, scope: Scope, location: Location
) -> None:
    """Check an attribute's values against the lists in its description."""
    values = scope.own_values(rule.tag)
    if rule.vrs == ("AT",):
        values = tuple(f"{tag:08X}" if isinstance(tag, int) else tag for tag in values)
    for terms in rule.values.terms:
        if terms.when is not None and terms.when.truth(scope) is not True:
            continue
        chosen = values if terms.index is None else values[terms.index : terms.index + 1]
        listed = terms.values
        if rule.vrs == ("AT",):
            # Lists have tags as eight digits, some with an H for hexadecimal.
            listed = tuple(tag.removesuffix("H") for tag in listed)
        unexpected = [str(v) for v in chosen if v != "" and not _is_among(v, listed)]
        if unexpected:
            _report(collector, rule, location, terms, unexpected)


def _report(
    collector: FindingCollector,
    rule: AttributeRule,
    location: Location,
    terms: Terms,
    unexpected: list[str],
) -> None:
    which = "" if terms.index is None else f"value {terms.index + 1} of "
    listed = ", ".join(terms.values[:LISTED]) + (", …" if len(terms.values) > LISTED else "")
    list_name = "Enumerated Values" if terms.is_closed else "Defined Terms"
    found = ", ".join(map(repr, unexpected))
    outcome: Outcome
    code, outcome, fix = "enumerated", "violation", "Use one of them"
    meant: Sequence[str] = ()
    if not terms.is_closed:
        meant = [term for value in unexpected if (term := _nearly(value, terms.values))]
        code, outcome, fix = "defined-term", "note", "Use one of them if one fits"
        if not meant and rule.text_edition != collector.edition:
            return  # the list of this edition may have it
    if meant:
        outcome, fix = "warning", f"Use {', '.join(meant)} if that is what it means"
    collector.add(
        code=code,
        outcome=outcome,
        path=location.path + rule.keyword,
        message=f"{which}{rule.name} is {found}, not one of the {list_name}: {listed}",
        fix=fix,
        module=location.module,
        type=rule.type,
        section=location.section,
        link=f"{location.link}/{rule.tag_id}",
        edition=rule.text_edition,
    )


def _is_among(value: object, terms: tuple[str, ...]) -> bool:
    return value in terms or any(same(value, term) for term in terms)


def _nearly(value: str, terms: Sequence[str]) -> str | None:
    """The term that a value is, but for capitals, spaces, or one letter."""
    return next((term for term in terms if _is_misspelt(_plain(value), _plain(term))), None)


def _plain(term: str) -> str:
    return "".join(filter(str.isalnum, term)).casefold()


def _is_misspelt(value: str, term: str) -> bool:
    if value == term:
        return True
    if min(len(value), len(term)) < LONG_ENOUGH:
        return False
    changes = SequenceMatcher(None, value, term, autojunk=False).get_opcodes()
    changed = [
        (value[from_:to], term[other:end])
        for kind, from_, to, other, end in changes
        if kind != "equal"
    ]
    # Terms that differ in a digit are often a series of their own: T1 and T2.
    return len(changed) == 1 and all(not part or _is_letter(part) for part in changed[0])


def _is_letter(part: str) -> bool:
    return len(part) == 1 and part.isalpha()
