"""`/context-groups` and `/context-groups/<cid>`."""

from __future__ import annotations

from octome.standard.model.context_group import (
    Code,
    ContextGroupIndex,
    ContextGroupPage,
    ContextGroupSummary,
)
from octome.standard.pages.reader import Reader
from octome.standard.pages.section import citations

URL = "https://dicom.nema.org/medical/dicom/current/output/chtml/part16/sect_CID_{}.html"


def context_group_index(reader: Reader, edition: str) -> ContextGroupIndex:
    """The context groups, by number."""
    return ContextGroupIndex(
        path="/context-groups",
        edition=edition,
        title="Context groups",
        groups=tuple(
            ContextGroupSummary(cid, name, f"/context-groups/{cid}", codes)
            for cid, name, codes in reader.rows(
                "SELECT g.cid, g.name, count(c.cid) FROM context_group g "
                "LEFT JOIN code c ON c.cid = g.cid GROUP BY g.cid ORDER BY g.cid"
            )
        ),
    )


def context_group_page(reader: Reader, edition: str, cid: str) -> ContextGroupPage | None:
    """One context group with its codes; None where it is unknown."""
    number = cid.removeprefix("CID").removeprefix("cid").strip()
    found = (
        reader.row("SELECT cid, name FROM context_group WHERE cid = ?", number)
        if number.isdecimal()
        else None
    )
    if found is None:
        return None
    return ContextGroupPage(
        path=f"/context-groups/{found[0]}",
        edition=edition,
        title=found[1],
        cid=found[0],
        codes=tuple(
            Code(*row)
            for row in reader.rows(
                "SELECT scheme, value, meaning FROM code WHERE cid = ? ORDER BY position", found[0]
            )
        ),
        dictionary=reader.meta("context groups"),
        cited_by=citations(reader, edition, f"/context-groups/{found[0]}"),
        standard_url=URL.format(found[0]),
    )
