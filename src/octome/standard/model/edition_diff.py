"""What changed between two editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.page import Link, Page
from octome.standard.model.vocabulary import require_one_of

ChangeKind = Literal["added", "removed", "renamed", "changed", "nested otherwise"]
"""`nested otherwise`: an attribute that is one sequence deeper in one of the editions."""
FOLDING: tuple[ChangeKind, ...] = ("added", "removed", "nested otherwise")
"""If a sequence differs so, what is in its items does for that reason."""
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

COMPARED_WITH = "Compared with "
NEWER = "Attributes newer than "
SPELLING = (
    "Differences only in hyphens, quotes, spaces, capitals or abbreviated names are left out."
)
DiffKind = Literal[
    "ciods",
    "modules",
    "macros",
    "terms",
    "uids",
    "context_groups",
    "templates",
    "protected",
    "attributes",
    "codes",
    "template_rows",
    "sections",
    "properties",
]
DIFF_KINDS: tuple[DiffKind, ...] = get_args(DiffKind)

HEADINGS: dict[DiffKind, str] = {
    "ciods": "CIODs",
    "modules": "Modules",
    "macros": "Macros",
    "terms": "Data dictionary",
    "uids": "UIDs",
    "context_groups": "Context groups",
    "templates": "Templates",
    "protected": "Confidentiality profiles",
    "attributes": "Attributes",
    "codes": "Codes",
    "template_rows": "Rows",
    "sections": "Sections",
    "properties": "Properties",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between two editions; `before` and `after` are the values that differ.

    `path` is a page of `edition`: of the older one if the newer one does not have it. `group` is
    the macro, and the sequence in which it is, if several of its attributes differ alike; else
    empty.
    """

    what: ChangeKind
    title: str
    path: str
    edition: str
    before: str | None = None
    after: str | None = None
    group: str = ""

    def __post_init__(self) -> None:
        require_one_of(CHANGE_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many differences of each kind there are; `path` lists them."""

    path: str
    added: int
    removed: int
    renamed: int
    changed: int

    @property
    def changes(self) -> int:
        """How many differ at all."""
        return self.added + self.removed + self.renamed + self.changed


@dataclass(frozen=True, kw_only=True)
class KindChanges(Counts):
    """How many differ of one kind of thing, such as modules.

    `older` and `newer` are what was compared: the registers of an edition here may be of another.
    `not_compared` is why, if they were not; empty otherwise.
    """

    kind: DiffKind
    title: str
    older: str
    newer: str
    not_compared: str = ""

    def __post_init__(self) -> None:
        require_one_of(DIFF_KINDS, self.kind, "kind")


@dataclass(frozen=True, kw_only=True)
class PartChanges(Counts):
    """How many sections of one part differ."""

    part: int


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Paragraphs of a text that differ; None on the side that has none there.

    `within` is the section that they are in, if it is one within the compared section.
    """

    what: ChangeKind
    before: str | None
    after: str | None
    within: Link | None = None

    def __post_init__(self) -> None:
        require_one_of(CHANGE_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class EditionDiff(Page):
    """What changed from one edition to another: in all, in one list, or in one thing."""

    older: str
    newer: str
    subject: Link | None
    notes: tuple[str, ...]
    """What the sources of the two leave out, and what cannot be compared for that."""
    is_compared: bool = True
    """False where nothing could be compared; `notes` or `summary` say why."""
    summary: tuple[KindChanges, ...] = ()
    """Of two whole editions: how many things of each kind differ."""
    ciods: tuple[Change, ...] = ()
    modules: tuple[Change, ...] = ()
    macros: tuple[Change, ...] = ()
    terms: tuple[Change, ...] = ()
    """Attributes of the data dictionary."""
    uids: tuple[Change, ...] = ()
    context_groups: tuple[Change, ...] = ()
    """Also those that list one code."""
    templates: tuple[Change, ...] = ()
    """Also those that name one code."""
    protected: tuple[Change, ...] = ()
    """Attributes in PS3.15 Table E.1-1, with the actions that differ."""
    properties: tuple[Change, ...] = ()
    """Of one thing: its name, VR, Type, version and the like."""
    attributes: tuple[Change, ...] = ()
    """Of one module or macro."""
    codes: tuple[Change, ...] = ()
    """Of one context group, and the groups that it includes."""
    template_rows: tuple[Change, ...] = ()
    """Of one template."""
    parts: tuple[PartChanges, ...] = ()
    """The parts of which both have the text, those without a change too."""
    sections: tuple[Change, ...] = ()
    """Of one part, or within one section."""
    passages: tuple[Passage, ...] = ()
    """Of one section with those within it, or of a description: the paragraphs that differ."""

    @property
    def is_partial(self) -> bool:
        """Whether something of the subject was not compared."""
        return any(not note.startswith((SPELLING, COMPARED_WITH)) for note in self.notes)

    @property
    def no_changes(self) -> str:
        """What to say where nothing differs: of all, or of what is known."""
        if not self.is_compared:
            return "Nothing was compared."
        if holes := [note for note in self.notes if note.startswith(NEWER)]:
            return f"No difference in what is known here: {holes[0][:1].lower()}{holes[0][1:]}"
        return f"No differences{' in what was compared' * self.is_partial}."

    @property
    def lists(self) -> tuple[tuple[DiffKind, str, tuple[Change, ...]], ...]:
        """Each list that has changes, with its heading."""
        lists: dict[DiffKind, tuple[Change, ...]] = {
            kind: getattr(self, kind) for kind in DIFF_KINDS
        }
        return tuple((kind, HEADINGS[kind], found) for kind, found in lists.items() if found)

    @property
    def has_changes(self) -> bool:
        """Whether anything differs."""
        return bool(self.lists or self.passages or any(part.changes for part in self.parts))
