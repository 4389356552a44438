"""Which values a text allows: enumerated values, defined terms, context groups, items.

PS3.3 5.1 and 5.5, PS3.3 5.6 (baseline and defined context groups), PS3.3 5.4 (numbers of items).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from octome.conformance.rules.condition.expression import Expression, Unknown
from octome.conformance.rules.condition.logic import unknowns
from octome.conformance.rules.condition.parser import parsed
from octome.conformance.rules.condition.wording import Attributes
from octome.standard.stated import ContextGroup, Stated, ValueList

WHEN = re.compile(r"\b(?:if|when|where)\b(?P<when>.*)")


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of values, with its condition parsed.

    `is_closed`: Enumerated Values, which may not be extended; else Defined Terms. `index`: which
    value the list is for, from 0; None: each. `when`: when the list applies; None: always.
    """

    is_closed: bool
    values: tuple[str, ...]
    index: int | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What a text requires of values, of codes and of the number of items (minimum, maximum)."""

    terms: tuple[Terms, ...] = ()
    groups: tuple[ContextGroup, ...] = ()
    items: tuple[int, int | None] | None = None


def value_rule(stated: Stated, lists: Iterable[ValueList], attributes: Attributes) -> ValueRule:
    """What a text requires of an attribute's values, as far as that is certain.

    Parameters
    ----------
    stated : Stated
        What the text states.
    lists : iterable of ValueList
        Its lists of values, or those of the section that it refers to.
    attributes : Attributes
        The names of attributes in the edition of the text.
    """
    terms = [
        Terms(one.is_closed, one.values, one.index, _when(one.condition, attributes))
        for one in lists
    ]
    return ValueRule(_sure(terms), stated.context_groups, stated.items)


def _when(condition: str, attributes: Attributes) -> Expression | None:
    """When a list applies; None: always. `Unknown` if the text is not understood."""
    if not condition:
        return None
    when = WHEN.search(condition)
    if when is None:
        return Unknown(condition)
    expression = parsed(attributes.tokenized(when["when"]))
    return Unknown(condition) if unknowns(expression) else expression


def _sure(found: list[Terms]) -> tuple[Terms, ...]:
    """The lists that are certain.

    Several lists of Defined Terms for one value are joined; of several lists with Enumerated Values
    for one value none is complete, and all are left out.
    """
    sure: dict[tuple[int | None, Expression | None], Terms] = {}
    unsure: set[int | None] = set()
    for terms in found:
        if isinstance(terms.when, Unknown):
            continue
        key = (terms.index, terms.when)
        other = sure.setdefault(key, terms)
        if other is not terms:
            if other.is_closed or terms.is_closed:
                unsure.add(terms.index)
            sure[key] = replace(other, values=other.values + terms.values)
    mixed = {terms.index for terms in sure.values() if terms.when is not None}
    return tuple(
        terms
        for terms in sure.values()
        if terms.index not in unsure and (terms.when is not None or terms.index not in mixed)
    )
