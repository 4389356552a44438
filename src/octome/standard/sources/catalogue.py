"""Which source each edition's records are read from."""

from __future__ import annotations

from collections.abc import Sequence

from octome.errors import StoreUnavailable
from octome.standard.edition import current_edition, edition_key, fallback_edition
from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import CONTENTS, Content, Source


class Catalogue:
    """What several sources have, by edition.

    Parameters
    ----------
    sources : sequence of Source
        In order of preference. `text` is read from the same source as the `facts` of its edition.

    Raises
    ------
    StoreUnavailable
        No source has the facts of any edition, or what a source states it has makes no sense.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources: dict[tuple[str, Content], Source] = {}
        for source in sources:
            for edition, contents in source.contents().items():
                _check(source, edition, contents)
                has_facts = (edition, "facts") in self._sources
                for content in sorted(contents):
                    if not (has_facts and content == "text"):
                        self._sources.setdefault((edition, content), source)
        self.editions = tuple(self._having("facts"))
        """The editions that have pages, the oldest first."""
        if not self.editions:
            raise StoreUnavailable("no source has the facts of any edition")
        self.current = current_edition(self.editions)
        self._last: tuple[Source, EditionRecords] | None = None

    def has(self, edition: str, content: Content) -> bool:
        """Whether a source has some content of an edition."""
        return (edition, content) in self._sources

    def fallback(self, edition: str) -> str | None:
        """The edition whose text an edition borrows, if it borrows any."""
        return fallback_edition(edition, self._having("text"))

    def read(self, edition: str, content: Content = "facts") -> EditionRecords:
        """The records of the source that has some content of an edition.

        Raises
        ------
        StoreUnavailable
            The source is damaged or incomplete.
        """
        source = self._sources[edition, content]
        # What was read last is often needed again at once: one source has several contents.
        if self._last is None or self._last[0] is not source or self._last[1].edition != edition:
            self._last = (source, source.read(edition))
        return self._last[1]

    def read_newest(self, content: Content) -> EditionRecords | None:
        """The records of the newest edition of which a source has some content, if one has."""
        having = self._having(content)
        return self.read(having[-1], content) if having else None

    def _having(self, content: Content) -> list[str]:
        having = {edition for edition, found in self._sources if found == content}
        return sorted(having, key=edition_key)


def _check(source: Source, edition: str, contents: frozenset[Content]) -> None:
    edition_key(edition)  # a name that cannot be sorted is an error at once, not in the middle
    if not contents <= CONTENTS or ("text" in contents and "facts" not in contents):
        raise StoreUnavailable(
            f"the source {source.name} states that it has {', '.join(sorted(contents))} of "
            f"edition {edition}: only {', '.join(sorted(CONTENTS))} are known, and no text "
            "without facts",
            source=source.name,
            edition=edition,
        )
