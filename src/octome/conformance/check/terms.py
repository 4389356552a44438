"""Values that are not in the Standard's list.

PS3.3 5.1: Enumerated Values may not be extended, Defined Terms may.
"""

from __future__ import annotations

from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.location import Location
from octome.conformance.check.scope import Scope
from octome.conformance.rules.condition.expression import same
from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.value_rule import Terms

LISTED = 12  # terms in a message


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
    collector.add(
        code="enumerated" if terms.is_closed else "defined-term",
        outcome="violation" if terms.is_closed else "warning",
        path=location.path + rule.keyword,
        message=f"{which}{rule.name} is {found}, not one of the {list_name}: {listed}",
        fix="Use one of them" if terms.is_closed else "Use one of them if one fits",
        module=location.module,
        type=rule.type,
        section=location.section,
        link=f"{location.link}/{rule.tag_id}",
        edition=rule.text_edition,
    )


def _is_among(value: object, terms: tuple[str, ...]) -> bool:
    return value in terms or any(same(value, term) for term in terms)
