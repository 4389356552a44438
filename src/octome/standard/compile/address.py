"""Where a link of the official HTML leads in octome: the page of its target, if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from octome.standard.compile.rows import pages_of
from octome.standard.compile.sections import EditionSection
from octome.standard.edition import UNNAMED
from octome.standard.names import code_path
from octome.standard.official import official_url, part_and_anchor, picture_url, whole_part
from octome.standard.sources.records import EditionRecords

_CID = re.compile(r"sect_CID_(\d+)")
_TID = re.compile(r"PS3\.16#(?:sect|table)_TID_+(\w+)")
# Whole chapters that octome has as data, not as text.
_DATA = {("06", "table_6-1"): "/attributes", ("06", "table_A-1"): "/uids"}


def _section_of(url: str) -> tuple[str, str]:
    """The part and section whose page an official URL is on."""
    page = url.partition("#")[0].rpartition("/")[2].removesuffix(".html")
    return part_and_anchor(url)[0], page


def _group(cid: int) -> str:
    return f"/context-groups/{cid}"


class Addresses:
    """From the addresses in one edition's text to octome's paths.

    Parameters
    ----------
    edition : EditionRecords
        The edition whose text links.
    kept : collection of str
        The paths of the CIODs, modules and macros in the current edition: a link to another one
        names its edition.
    cids : iterable of int
        The context groups that have a page.
    sections : sequence of EditionSection
        The sections of the edition.
    """

    def __init__(
        self,
        edition: EditionRecords,
        kept: Collection[str],
        cids: Iterable[int],
        sections: Sequence[EditionSection],
    ) -> None:
        self._cids = frozenset(cids)
        self._tids = frozenset(template.tid for template in edition.templates)
        self._tags = frozenset(term.tag for term in edition.terms)
        self._paths: dict[tuple[str, str], str] = dict(_DATA)
        self._edition = edition.edition
        # The pages of an edition stay where they are; the current ones change under a link.
        self._dated = None if edition.edition == UNNAMED else edition.edition
        self._pictures = edition.pictures
        pages = {
            path: path if path in kept else f"{path}?edition={edition.edition}"
            for path, _ in pages_of(edition)
        }
        for path, url in pages_of(edition):
            if url and part_and_anchor(url)[1].startswith("table_"):
                self._paths.setdefault(part_and_anchor(url), pages[path])
        for code in edition.code_definitions:
            if code.scheme == "DCM":  # Annex D has an id for each of its own codes
                self._paths["16", f"DCM_{code.value}"] = code_path(code.scheme, code.value)
        self._paths |= {("16", f"sect_CID_{cid}"): _group(cid) for cid in self._cids}
        for section in sections:
            self._paths.setdefault(section.place, section.path)
        for section in sections:
            for anchor in section.inside:
                place = (section.place[0], anchor)
                self._paths.setdefault(place, f"{self._paths[section.place]}#{anchor}")
        for part in {section.place[0] for section in sections}:
            # What names a part as a whole: its first section.
            first = next(section for section in sections if section.place[0] == part)
            self._paths.setdefault((part, f"PS3.{int(part)}"), self._paths[first.place])
        tables_in = Counter(_section_of(url) for _, url in pages_of(edition) if url)
        for path, url in pages_of(edition):
            if url is None:
                continue
            page = pages[path]
            self._paths.setdefault(part_and_anchor(url), page)
            # The table's page also stands for a section with only that table.
            if tables_in[_section_of(url)] == 1:
                self._paths.setdefault(_section_of(url), page)

    def __call__(self, url: str) -> str:
        """The path for a link's target, or the target itself, over HTTPS if it is official.

        Empty if the target is an anchor on no page of octome.
        """
        if url.startswith("#"):  # within PS3.3, as the source names no other part
            return self._paths.get(("03", url[1:]), "")
        cid = _CID.search(url)
        if cid and int(cid[1]) in self._cids:
            return _group(int(cid[1]))
        tid = _TID.fullmatch(url)
        if tid and tid[1] in self._tids:
            return f"/templates/{tid[1]}"
        known = self._paths.get(part_and_anchor(url))
        return known or (
            whole_part(url) if url.startswith("PS3.") else official_url(url, self._dated)
        )

    def at(self, place: tuple[str, str]) -> str:
        """The path of a part and an anchor in it; empty where no page has it."""
        return self._paths.get(place, "")

    def picture(self, file: str) -> str:
        """The path of a stored picture, or else its official address."""
        if file in self._pictures:
            part, name = part_and_anchor(file)
            return f"/figures/{self._edition}/{int(part)}/{name.rpartition('/')[2]}"
        return picture_url(file, self._edition) if file.startswith("PS3.") else file

    def attribute(self, tag: str) -> str | None:
        """The page of an attribute by its tag; None if the dictionary lacks the tag."""
        known = tag in self._tags or f"{tag[:2]}xx{tag[4:]}" in self._tags
        return f"/attributes/{tag}" if known else None
