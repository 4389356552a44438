"""`/context-groups` and `/context-groups/<cid>`."""

from __future__ import annotations

from octome.standard.model.context_group import (
    ContextGroupIndex,
    ContextGroupPage,
    ContextGroupSummary,
    GroupCode,
    GroupInclusion,
)
from octome.standard.model.page import Link
from octome.standard.names import code_path
from octome.standard.pages.reader import Reader
from octome.standard.pages.register_history import history_of_group
from octome.standard.pages.section import citations

URL = "https://dicom.nema.org/medical/dicom/{}/output/chtml/part16/sect_CID_{}.html"


def context_group_index(reader: Reader, edition: str) -> ContextGroupIndex:
    """The context groups, by number."""
    return ContextGroupIndex(
        path="/context-groups",
        edition=edition,
        title="Context groups",
        groups=tuple(
            ContextGroupSummary(
                cid=cid,
                name=name,
                path=group_path(cid),
                codes=codes,
                is_extensible=boolean(extensible),
            )
            for cid, name, extensible, codes in reader.rows(
                "SELECT cid, name, is_extensible, codes FROM counted_group ORDER BY cid"
            )
        ),
        dictionary=reader.meta("context groups"),
    )


def context_group_page(reader: Reader, edition: str, cid: str) -> ContextGroupPage | None:
    """One context group with its codes; None where it is unknown."""
    number = cid.removeprefix("CID").removeprefix("cid").strip()
    found = (
        reader.row(
            "SELECT cid, name, uid, version, is_extensible, text, url FROM context_group "
            "WHERE cid = ?",
            number,
        )
        if number.isdecimal()
        else None
    )
    if found is None:
        return None
    at, name, uid, version, extensible, text, url = found
    listing = Listing(reader, at)
    source = reader.meta("context groups")  # the edition first
    return ContextGroupPage(
        path=group_path(at),
        edition=edition,
        title=name,
        cid=at,
        uid=uid,
        version=version,
        is_extensible=boolean(extensible),
        notes=reader.text(text),
        codes=tuple(listing.codes),
        includes=tuple(listing.includes),
        included_by=tuple(
            Link(group_path(by), f"CID {by} {title}")
            for by, title in reader.rows(
                "SELECT DISTINCT g.cid, g.name FROM included_group i "
                "JOIN context_group g ON g.cid = i.cid WHERE i.included = ? ORDER BY g.cid",
                at,
            )
        ),
        is_in_standard_order=bool(reader.meta("context groups in order")),
        dictionary=source,
        history=history_of_group(reader, at),
        cited_by=citations(reader, edition, group_path(at)),
        standard_url=url or URL.format(source.partition(" ")[0] or "current", at),
    )


class Listing:
    """The codes of a context group, with the codes of included groups in their place.

    Each group is listed once, so that groups that include each other terminate.
    """

    def __init__(self, reader: Reader, cid: int) -> None:
        self._reader = reader
        self._listed: set[int] = set()
        self.codes: list[GroupCode] = []
        self.includes: list[GroupInclusion] = []
        self._add(cid, included_from=None)

    def _add(self, cid: int, included_from: int | None) -> None:
        self._listed.add(cid)
        for scheme, value, meaning, included, _ in self._reader.rows(
            "SELECT scheme, value, meaning, NULL, position FROM code WHERE cid = ?1 UNION ALL "
            "SELECT '', '', '', included, position FROM included_group WHERE cid = ?1 "
            "ORDER BY position",
            cid,
        ):
            if included is None:
                self.codes.append(
                    GroupCode(
                        scheme=scheme,
                        value=value,
                        meaning=meaning,
                        path=code_path(scheme, value),
                        included_from=included_from,
                    )
                )
            else:
                self._include(included, by=cid)

    def _include(self, cid: int, by: int) -> None:
        before, at = len(self.codes), len(self.includes)
        found = self._reader.row("SELECT name FROM context_group WHERE cid = ?", cid)
        is_new = cid not in self._listed
        if found and is_new:
            self._add(cid, included_from=cid)
        self.includes.insert(
            at,  # before those within it
            GroupInclusion(
                cid=cid,
                name=found[0] if found else "",
                path=group_path(cid) if found else "",
                by=by,
                before=before,
                codes=len(self.codes) - before,
                expansion="absent" if not found else "expanded" if is_new else "listed already",
            ),
        )


def group_path(cid: int) -> str:
    """The path of the page of a context group."""
    return f"/context-groups/{cid}"


def boolean(stored: int | None) -> bool | None:
    """A stored truth value, NULL if unknown."""
    return None if stored is None else bool(stored)
