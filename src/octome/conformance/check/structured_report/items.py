"""Content items: their value types and relationships, and references by place."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.conformance.rules.structured_report.relationship import (
    RELATIONSHIPS,
    TABLES_OF,
    Relationships,
)

# Value types that a table may lack because they are newer than it.
VALUE_TYPES = {
    *("TEXT", "CODE", "NUM", "DATETIME", "DATE", "TIME", "UIDREF", "PNAME", "CONTAINER"),
    *("SCOORD", "SCOORD3D", "TCOORD", "COMPOSITE", "IMAGE", "WAVEFORM"),
}
FIX = "Use a relationship or a value type that the SOP Class allows, or another class"
PLACE_SECTION = "PS3.3 C.17.3.2.5"


def items_related(tree: ContentTree, rules: Relationships | None) -> Iterator[Disagreement]:
    """Items are of value types and relationships that the SOP Class allows (PS3.3 A.35)."""
    if tree.root.value_type != "CONTAINER":
        yield _disagreement(tree.root, "ValueType", "the root of a report is a CONTAINER", None)
    for item in tree.items[1:]:
        if not item.relationship:
            yield _disagreement(
                item, "RelationshipType", "it has no relationship to what it is in", None
            )
        elif item.relationship not in RELATIONSHIPS:
            message = f"{item.relationship!r} is not a relationship of the Standard"
            yield _disagreement(item, "RelationshipType", message, None)
        elif rules is not None and item.parent is not None:
            target = tree.at(item.reference) if item.reference else item
            if target is not None:
                yield from _allowed(item, item.parent, target, rules)


def _allowed(
    item: ContentItem, source: ContentItem, target: ContentItem, rules: Relationships
) -> Iterator[Disagreement]:
    """What the table has for one item, by value or by reference."""
    if not {source.value_type, target.value_type} <= VALUE_TYPES | rules.value_types:
        return
    what = f"{source.value_type} {item.relationship} {target.value_type}"
    allowed = rules.targets(source.value_type, item.relationship)
    if target.value_type not in allowed and "*" not in allowed:
        why = (
            f"here it may be {', '.join(sorted(allowed))}"
            if allowed
            else f"a {source.value_type} has no such relationship"
        )
        yield _disagreement(item, "ValueType", f"{what}: {why}", rules)


def references_by_place(tree: ContentTree, rules: Relationships | None) -> Iterator[Disagreement]:
    """An item referred to by its place is there, may be, and is not above (PS3.3 C.17.3.2.5)."""
    keyword = "ReferencedContentItemIdentifier"
    targets = {item: tree.at(item.reference) for item in tree.items[1:] if item.reference}
    leading_back = _leading_back(tree, targets) if targets else set()
    for item, target in targets.items():
        shown = ".".join(map(str, item.reference))
        if rules is not None and rules.by_reference is False:
            message = "the SOP Class has no references by place: each item is given by value"
            yield _disagreement(item, keyword, message, rules, fix="Repeat the item here by value")
        if target is None:
            yield _reference(
                item,
                f"there is no content item at {shown}",
                "Give the place of the item, counted from 1 at each level",
            )
        elif item in leading_back:
            yield _reference(
                item,
                f"it refers to {target.label}, which leads back to this item",
                "Refer to an item that does not contain or refer to this one",
            )
        elif rules is not None and rules.is_certain and _is_by_value(item, target):
            message = f"{item.relationship} {target.value_type} is by value, never by reference"
            yield _reference(item, message, "Repeat the item here by value")
        if item.value_type:
            message = f"it refers to {shown} and has a value of its own"
            yield _reference(item, message, "Keep the reference or the value, not both")


def _is_by_value(item: ContentItem, target: ContentItem) -> bool:
    """Whether items so related are by value, also where references by place are allowed."""
    return item.relationship == "HAS CONCEPT MOD" or (
        item.relationship == "CONTAINS" and target.value_type == "CONTAINER"
    )


def _leading_back(
    tree: ContentTree, targets: dict[ContentItem, ContentItem | None]
) -> set[ContentItem]:
    """The references that close a loop: from an item, down and along references, back to it."""
    found: set[ContentItem] = set()
    on_the_way: set[ContentItem] = set()
    done: set[ContentItem] = set()
    waiting: list[tuple[ContentItem, bool]] = [(tree.root, False)]
    while waiting:
        item, is_left = waiting.pop()
        if is_left:
            on_the_way.discard(item)
            done.add(item)
        elif item not in on_the_way and item not in done:
            on_the_way.add(item)
            waiting.append((item, True))
            target = targets.get(item)
            if target in on_the_way:
                found.add(item)
            elif target is not None:
                waiting.append((target, False))
            waiting += [(child, False) for child in item.children]
    return found


def _disagreement(
    item: ContentItem,
    keyword: str,
    message: str,
    rules: Relationships | None,
    *,
    fix: str = FIX,
) -> Disagreement:
    outcome: Outcome = "violation" if rules is None or rules.is_certain else "warning"
    since = (
        ""
        if rules is None or rules.is_certain
        else (f" (as of {TABLES_OF}; later editions may allow it)")
    )
    return Disagreement(
        code="content-item",
        outcome=outcome,
        path=item.inside(keyword),
        message=f"{item.label}: {message}{since}",
        fix=fix,
        section=rules.section if rules else "PS3.3 C.17.3",
    )


def _reference(item: ContentItem, message: str, fix: str) -> Disagreement:
    return Disagreement(
        code="content-reference",
        path=item.inside("ReferencedContentItemIdentifier"),
        message=f"{item.label}: {message}",
        fix=fix,
        section=PLACE_SECTION,
    )
