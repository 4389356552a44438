"""A selection of key objects: its title, and what the title needs (PS3.16 TID 2010, CID 7010)."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.conformance.check.scope import code_of
from octome.conformance.check.structured_report.content_tree import ContentTree
from octome.conformance.rules.rulebook import Rulebook
from octome.dicom.tag import TAG

KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
TITLES, SETS = 7010, 7012  # context groups
MODIFIER, BEST_IN_SET = ("DCM", "113011"), ("DCM", "113013")
TEMPLATE = "PS3.16 TID 2010"
REFERENCES = ("IMAGE", "WAVEFORM", "COMPOSITE")


def key_objects(tree: ContentTree, book: Rulebook) -> Iterator[Disagreement]:
    """The title is of the context group for it, and has the modifier that it needs."""
    if tree.root.ds.text(TAG.SOPClassUID) != KEY_OBJECTS:
        return
    scheme, value = tree.root.concept
    known = book.codes(TITLES)
    if scheme == "DCM" and known.codes and (scheme, value) not in known.codes:
        is_sure = known.is_own or bool(book.meanings(value))
        yield _wrong(
            "ConceptNameCodeSequence[0]",
            f"({value}, DCM) is not a title of key objects: CID {TITLES} does not have it",
            "Use a title of the group, or a code of a scheme of your own",
            f"PS3.16 CID {TITLES}",
            "note" if is_sure and known.is_complete else "undecided",
        )
    modifiers = {
        code_of(code)
        for item in tree.root.children
        if item.concept == MODIFIER and item.relationship == "HAS CONCEPT MOD"
        for code in item.ds.items(TAG.ConceptCodeSequence)
    }
    sets = book.codes(SETS)
    if tree.root.concept == BEST_IN_SET and sets.codes and modifiers.isdisjoint(sets.codes):
        yield _wrong(
            "ContentSequence",
            f"the best in a set names the kind of set in a title modifier, of CID {SETS}",
            "Add the modifier (113011, DCM), as HAS CONCEPT MOD",
            TEMPLATE,
        )
    for item in tree.root.children:
        if item.value_type in REFERENCES and all(item.concept):
            yield _wrong(
                item.inside("ConceptNameCodeSequence"),
                f"{item.label}: a key object has no purpose of reference",
                "Remove the name: the title of the document is the purpose",
                TEMPLATE,
                "note",  # writers that people rely on give one
            )


def _wrong(
    path: str, message: str, fix: str, section: str, outcome: Outcome = "warning"
) -> Disagreement:
    return Disagreement(
        code="key-objects",
        outcome=outcome,
        path=path,
        message=message,
        fix=fix,
        section=section,
    )
