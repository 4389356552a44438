"""Where an edition's text comes from while it is written: its own source, or another edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from octome.standard.compile.address import Addresses
from octome.standard.compile.forest import Forest, Macros
from octome.standard.compile.texts import Texts, plain_fragment
from octome.standard.sources.records import CiodRecord, SourceText, Table, Use


class TextAndUrl(NamedTuple):
    """The number of a description, and the official address of the page it is on."""

    text: int | None = None
    url: str | None = None


class GroupUse(NamedTuple):
    """How a CIOD uses a functional group: the path of its macro (or empty), usage, condition.

    `usage_edition` is the edition that the usage is borrowed from, if it is.
    """

    path: str = ""
    usage: str | None = None
    usage_edition: str | None = None
    condition: int | None = None


class EditionText(Protocol):
    """What `EditionWriter` needs in addition to the facts."""

    def names(self) -> Mapping[str, str]:
        """Names of modules and CIODs by id, for a source that has only ids."""

    def level(self, path: str, table: Table) -> int:
        """The root level of a module or macro, with text and order as far as known."""

    def of_table(self, path: str, table: Table) -> TextAndUrl:
        """The description of a module or macro."""

    def of_ciod(self, ciod: CiodRecord) -> TextAndUrl:
        """The description of a CIOD."""

    def condition(self, path: str, use: Use) -> int | None:
        """The condition under which a CIOD uses the module or macro at a path."""

    def group(self, ciod: str, tag: str) -> GroupUse:
        """How a CIOD uses a functional group, if the source has only its tag."""


class OwnText:
    """The text of the edition's own source, as far as it has any."""

    def __init__(
        self,
        edition: str,
        forest: Forest,
        texts: Texts,
        addresses: Addresses,
        macros: Macros,
    ) -> None:
        self._edition = edition
        self._forest = forest
        self._texts = texts
        self._addresses = addresses
        self._macros = macros

    def number(self, text: SourceText | None) -> int | None:
        """The number of a text of this edition."""
        if text is None:
            return None
        return self._texts.number(self._edition, text, self._addresses)

    def names(self) -> Mapping[str, str]:
        """None: a source with text has names."""
        return {}

    def level(self, _path: str, table: Table) -> int:
        """The table as the source has it."""
        return self._forest.add_outline(
            table.rows, lambda text: self.number(text) or 0, self._macros
        )

    def of_table(self, _path: str, table: Table) -> TextAndUrl:
        """The table's own description."""
        return TextAndUrl(self.number(table.description), table.url)

    def of_ciod(self, ciod: CiodRecord) -> TextAndUrl:
        """The CIOD's own description."""
        return TextAndUrl(self.number(ciod.description), ciod.url)

    def condition(self, _path: str, use: Use) -> int | None:
        """The condition that the source states."""
        condition = use.condition
        if isinstance(condition, str):
            return self.number(plain_fragment(condition)) if condition else None
        return self.number(condition)

    def group(self, _ciod: str, _tag: str) -> GroupUse:
        """Nothing: this source has functional groups as macros."""
        return GroupUse()
