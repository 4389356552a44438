"""A source of the Standard: a name, a fingerprint, and records of one or more editions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol, get_args

# Imported when a source is read: a store is opened at each start.
if TYPE_CHECKING:
    from octome.standard.sources.records import EditionRecords

Content = Literal["facts", "text", "uids", "context_groups", "templates", "protected_attributes"]
"""What a source may have of an edition.

`facts` are CIODs, modules, attributes, types, the data dictionary and SOP classes; `text` is what
the Standard states of them, and its sections; `uids` is the registry of PS3.6 Annex A;
`context_groups` are those of PS3.16 with their codes; `templates` are those of PS3.16;
`protected_attributes` are the rows of PS3.15 Table E.1-1.
"""
CONTENTS: frozenset[str] = frozenset(get_args(Content))


class Source(Protocol):
    """One source of the Standard. `listed.SOURCES` lists them all.

    `name` and `fingerprint` are needed whenever a store is opened: they take a millisecond at most,
    and import none of the packages that a source is read from.
    """

    @property
    def name(self) -> str:
        """The name of the source, a word without spaces."""

    def fingerprint(self) -> str:
        """A text that changes whenever the content of the source changes, such as its version.

        Raises
        ------
        StoreUnavailable
            The source is not installed.
        """

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What the source has of each edition, by the edition's name.

        `text` only with the `facts` it belongs to.
        """

    def read(self, edition: str) -> EditionRecords:
        """Everything that the source has of one of its editions.

        Raises
        ------
        StoreUnavailable
            The source is damaged or incomplete.
        """
