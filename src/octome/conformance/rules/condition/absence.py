"""What an expression is where no attribute that it names is in the instance.

Most attributes that conditions name are in no one instance: their conditions need no evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.rules.condition.expression import Expression, Truth, Unknown
from octome.conformance.rules.condition.logic import Agreed, All, AnyOf, Mixed, Not


class _Nowhere:
    """A scope in which every attribute is missing, and nothing else is known."""

    def presence(self, _tag: int) -> Truth:
        return False

    def has_value(self, _tag: int) -> Truth:
        return False

    def values(self, _tag: int) -> Sequence[Sequence[object]] | None:
        return ()

    def codes(self, _tag: int) -> Sequence[tuple[str, str]] | None:
        return ()

    def number_of_items(self, _tag: int) -> int | None:
        return 0

    def is_demanded(self, _tag: int) -> Truth:
        return None

    def predicate(self, _name: str) -> Truth:
        return None


def false_without(expression: Expression) -> frozenset[int] | None:
    """The attributes without which an expression is false, whatever else an instance has.

    None if it may be true, or undecided, without them.

    Examples
    --------
    >>> from octome.conformance.rules.condition.expression import Predicate, Present
    >>> sorted(false_without(All((Present(8), Predicate("item-is-the-root")))))
    [8]
    >>> false_without(Not(Present(8))) is None
    True
    """
    return _named(expression) if expression.truth(_Nowhere()) is False else None


def _named(expression: Expression) -> frozenset[int]:
    """The tags of the attributes that an expression names."""
    match expression:
        case Not(part):
            return _named(part)
        case All(parts) | AnyOf(parts) | Mixed(parts) | Agreed(parts):
            return frozenset().union(*map(_named, parts))
        case Unknown():
            return frozenset()
    tag = getattr(expression, "tag", None)
    return frozenset() if tag is None else frozenset((tag,))
