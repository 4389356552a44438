"""Why a condition is true or false: the attributes that decide it."""

from __future__ import annotations

from octome.conformance.rules.condition.expression import (
    Demanded,
    Expression,
    Predicate,
    Scope,
)
from octome.conformance.rules.condition.logic import Agreed, All, AnyOf, Mixed, Not
from octome.dicom.tag import TAG

# The attribute that decides a predicate, of those that one attribute decides.
DECIDED_BY = {
    "image-has-frames": TAG.NumberOfFrames,
    "referenced-image-has-frames": TAG.ReferencedSOPClassUID,
    "pixels-are-not-square": TAG.PixelAspectRatio,
    "body-part-is-paired": TAG.BodyPartExamined,
    "code-is-short": TAG.CodeValue,
    "coding-scheme-has-versions": TAG.CodingSchemeDesignator,
}


def deciding(expression: Expression, at: Scope) -> tuple[int, ...]:
    """The tags of the attributes that decide an expression, each once.

    Of parts joined by "or" the first that is true suffices; of parts joined by "and" the first
    that is false.
    """
    match expression:
        case Not(part):
            return deciding(part, at)
        case All(parts) | AnyOf(parts):
            decisive = isinstance(expression, AnyOf)
            enough = [part for part in parts if part.truth(at) is decisive]
            chosen = tuple(enough[:1]) or parts
        case Mixed(parts) | Agreed(parts):
            chosen = parts
        case Demanded():
            return ()  # the CIOD decides, and not the attribute
        case Predicate(name):
            return (DECIDED_BY[name],) if name in DECIDED_BY else ()
        case _:
            tag = getattr(expression, "tag", None)
            return () if tag is None else (tag,)
    found = [tag for part in chosen for tag in deciding(part, at)]
    return tuple(dict.fromkeys(found))
