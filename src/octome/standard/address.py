"""Where a link of the official HTML leads in octome: the same thing's own page, if it has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from octome.standard.markup import captions
from octome.standard.official import official_url, part_and_anchor, section_number
from octome.standard.sources.records import EditionRecords

_CID = re.compile(r"sect_CID_(\d+)")
# Whole chapters that octome has as data rather than as text.
_DATA = {("06", "table_6-1"): "/attributes", ("06", "table_A-1"): "/uids"}


class Addresses:
    """From the addresses in one edition's text to octome's paths.

    Parameters
    ----------
    edition : EditionRecords
        The edition whose text links.
    cids : iterable of int
        The context groups that have a page.
    """

    def __init__(self, edition: EditionRecords, cids: Iterable[int]) -> None:
        self._cids = frozenset(cids)
        self._paths: dict[tuple[str, str], str] = dict(_DATA)
        for url, html in edition.sections.items():
            path = f"/sections/{section_number(url)}"
            for caption in captions(html):
                self._paths.setdefault(("03", caption), f"{path}#{caption}")
        for url in edition.sections:
            if section_number(url):
                self._paths.setdefault(part_and_anchor(url), f"/sections/{section_number(url)}")
        self._add_pages({f"/ciods/{ciod.id}": ciod.url for ciod in edition.ciods})
        self._add_pages({f"/modules/{module.id}": module.url for module in edition.modules})
        self._add_pages({f"/macros/{macro.id}": macro.url for macro in edition.macros})

    def _add_pages(self, url_of_path: Mapping[str, str | None]) -> None:
        """A table's page also answers for the section that holds nothing but the table."""
        for path, url in url_of_path.items():
            if url:
                part, anchor = part_and_anchor(url)
                self._paths.setdefault((part, anchor), path)
                section = url.partition("#")[0].rpartition("/")[2].removesuffix(".html")
                self._paths.setdefault((part, section), path)

    def __call__(self, url: str) -> str:
        """The path for a link's target, or the target itself, over HTTPS if it is official.

        Empty where the target is an anchor that no page of octome has.
        """
        if url.startswith("#"):  # within PS3.3, where the source says no more
            return self._paths.get(("03", url[1:]), "")
        cid = _CID.search(url)
        if cid and int(cid[1]) in self._cids:
            return f"/context-groups/{cid[1]}"
        return self._paths.get(part_and_anchor(url)) or official_url(url)
