"""Where a link of the official HTML leads in octome: the same thing's own page, if it has one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from octome.standard.block import Block, walk
from octome.standard.compile.markup import caption_anchor
from octome.standard.compile.rows import pages_of
from octome.standard.official import official_url, part_and_anchor, section_number
from octome.standard.sources.records import EditionRecords

_CID = re.compile(r"sect_CID_(\d+)")
# Whole chapters that octome has as data rather than as text.
_DATA = {("06", "table_6-1"): "/attributes", ("06", "table_A-1"): "/uids"}


def _section_of(url: str) -> tuple[str, str]:
    """The part and section whose page an official URL is on."""
    page = url.partition("#")[0].rpartition("/")[2].removesuffix(".html")
    return part_and_anchor(url)[0], page


def captions(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The anchors of every captioned figure and table in a section."""
    for block in walk(blocks):
        for span in block.spans:
            anchor = caption_anchor(block.words[span.start : span.end])
            if span.kind == "strong" and anchor:
                yield anchor


class Addresses:
    """From the addresses in one edition's text to octome's paths.

    Parameters
    ----------
    edition : EditionRecords
        The edition whose text links.
    kept : collection of str
        The paths of the CIODs, modules and macros that the current edition has: a link to another
        one names the edition that has it.
    cids : iterable of int
        The context groups that have a page.
    sections : mapping
        The sections of the edition, by their official address.
    """

    def __init__(
        self,
        edition: EditionRecords,
        kept: Collection[str],
        cids: Iterable[int],
        sections: Mapping[str, tuple[Block, ...]],
    ) -> None:
        self._cids = frozenset(cids)
        self._tags = frozenset(term.tag for term in edition.terms)
        self._paths: dict[tuple[str, str], str] = dict(_DATA)
        for address, blocks in sections.items():
            section = f"/sections/{section_number(address)}"
            for caption in captions(blocks):
                self._paths.setdefault(("03", caption), f"{section}#{caption}")
        for address in edition.sections:
            if section_number(address):
                section = f"/sections/{section_number(address)}"
                self._paths.setdefault(part_and_anchor(address), section)
        tables_in = Counter(_section_of(url) for _, url in pages_of(edition) if url)
        for path, url in pages_of(edition):
            if url is None:
                continue
            page = path if path in kept else f"{path}?edition={edition.edition}"
            self._paths.setdefault(part_and_anchor(url), page)
            # The table's page also answers for the section that holds nothing but the table.
            if tables_in[_section_of(url)] == 1:
                self._paths.setdefault(_section_of(url), page)

    def __call__(self, url: str) -> str:
        """The path for a link's target, or the target itself, over HTTPS if it is official.

        Empty where the target is an anchor that no page of octome has.
        """
        if url.startswith("#"):  # within PS3.3, as the source names no other part
            return self._paths.get(("03", url[1:]), "")
        cid = _CID.search(url)
        if cid and int(cid[1]) in self._cids:
            return f"/context-groups/{cid[1]}"
        return self._paths.get(part_and_anchor(url)) or official_url(url)

    def attribute(self, tag: str) -> str | None:
        """The page of an attribute by its tag; None for what only looks like one."""
        known = tag in self._tags or f"{tag[:2]}xx{tag[4:]}" in self._tags
        return f"/attributes/{tag}" if known else None
