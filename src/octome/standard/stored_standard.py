"""The stored Standard, for callers that read all of it, such as the check.

Numbers of levels and texts are those of one edition's store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.standard.stores import Stores

if TYPE_CHECKING:
    from octome.standard.model.text import Text
    from octome.standard.pages.reader import Reader
    from octome.standard.pages.stored import StoredLine, StoredTable, StoredTerm
    from octome.standard.pages.stored_section import StoredSection
    from octome.standard.stated import Stated


class StoredStandard:
    """Queries that return stored values, not pages.

    If a method takes an edition, None is the current one; it raises `UnknownEdition` for an unknown
    one.
    """

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def table(self, path: str, edition: str | None = None) -> StoredTable | None:
        """A stored module or macro by its path; None if the edition does not have it."""
        return self._stores.ask(edition, lambda r, chosen: r.table(chosen, path))

    def level(self, number: int, edition: str | None = None) -> tuple[StoredLine, ...]:
        """The attributes of one level: a table's root, or the items of a sequence.

        For callers that read many tables fast; others should use pages.
        """
        return self._stores.ask(edition, lambda r, chosen: tuple(r.lines(chosen, number)))

    def text(self, number: int, edition: str | None = None) -> Text | None:
        """A text by its number in a stored line of an edition."""
        return self._stores.ask(edition, lambda r, _: r.text(number))

    def stated(self, number: int, edition: str | None = None) -> Stated:
        """What a text of an edition states about values: lists, context groups, item counts."""
        return self._stores.ask(edition, lambda r, _: r.stated(number))

    def code_statements(self, level: int, edition: str | None = None) -> tuple[Stated, ...]:
        """What a level's inclusions of the Code Sequence Macro state about its codes."""
        return self._stores.ask(
            edition, lambda r, _: tuple(r.stated(text) for text in r.texts_on_codes([level]))
        )

    def stored_section(self, number: str, edition: str | None = None) -> StoredSection | None:
        """A section by its number, without its text; None if no edition has it."""
        from octome.standard.pages.stored_section import stored_section

        return self._stores.ask(edition, lambda r, chosen: stored_section(r, chosen, number))

    def uid_name(self, uid: str, edition: str | None = None) -> str:
        """The title of a UID's page; empty if it has none."""
        from octome.standard.pages.uid_name import uid_name

        return self._stores.ask(edition, lambda r, chosen: uid_name(r, chosen, uid))

    def uses(self, tag: str, edition: str | None = None) -> int:
        """How many modules and macros of an edition have an attribute, at any depth."""
        return self._stores.ask(edition, lambda r, chosen: r.uses(chosen, tag))

    def has_section(self, number: str, edition: str | None = None) -> bool:
        """Whether an edition has a page for a section."""
        from octome.standard.pages.stored_section import has_section

        return self._stores.ask(edition, lambda r, chosen: has_section(r, chosen, number))

    def dictionary(self, edition: str | None = None) -> tuple[StoredTerm, ...]:
        """The whole stored data dictionary of an edition, by tag."""
        return self._stores.ask(edition, lambda r, chosen: tuple(r.terms(chosen)))

    def dictionary_source(self, edition: str | None = None) -> str:
        """The edition of an edition's dictionary, as text; it may be an older one."""
        return self._stores.ask(edition, lambda r, chosen: r.dictionaries[chosen])

    def ciod_of(self, sop_class_uid: str, edition: str | None = None) -> str | None:
        """The id of the CIOD that a SOP Class stores; None if the edition has none."""

        def ciod(reader: Reader, chosen: str) -> str | None:
            found = reader.row(
                "SELECT ciod FROM sop_class WHERE edition = ? AND uid = ?",
                chosen,
                sop_class_uid,
            )
            return str(found[0]) if found else None

        return self._stores.ask(edition, ciod)
