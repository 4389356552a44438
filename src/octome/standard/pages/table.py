"""`/modules`, `/macros`, `/modules/<module>`, `/macros/<macro>`, `/ciods/<ciod>/<module>`."""

from __future__ import annotations

import json

from octome.standard.model.page import Link
from octome.standard.model.table import (
    AttributeOrder,
    TableIndex,
    TableKind,
    TablePage,
    TableSummary,
)
from octome.standard.model.usage import CiodUse
from octome.standard.official import official_url
from octome.standard.pages.history import history_of_table
from octome.standard.pages.reader import Reader
from octome.standard.pages.stored import StoredLine, StoredTable

TITLES: dict[TableKind, str] = {"module": "Modules", "macro": "Macros"}

EXPANDED = "The source of this edition writes macros out where they are included."


def table_index(reader: Reader, edition: str, what: TableKind) -> TableIndex:
    """The list of modules or of macros, by name."""
    tables = [
        TableSummary(
            id=id_,
            name=name,
            path=path,
            ciods=ciods,
            only_ciod=Link(f"/ciods/{ciod}", ciod_name) if ciods == 1 else None,
        )
        for id_, name, path, ciods, ciod, ciod_name in reader.rows(
            "SELECT t.id, t.name, t.path, count(u.ciod), min(c.id), min(c.name) "
            "FROM attribute_table t "
            "LEFT JOIN use u ON u.edition = t.edition AND u.path = t.path "
            "LEFT JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
            "WHERE t.edition = ? AND t.path LIKE ? GROUP BY t.path",
            edition,
            f"/{what}s/%",
        )
    ]
    tables.sort(key=lambda table: (table.name.casefold(), table.id))
    return TableIndex(
        path=f"/{what}s",
        edition=edition,
        title=TITLES[what],
        what=what,
        tables=tuple(tables),
        note="" if tables else reader.why_empty(edition) or EXPANDED,
        listed_in=None if tables else _listed_in(reader, f"/{what}s/%"),
    )


def _listed_in(reader: Reader, paths: str) -> str | None:
    """The first edition at hand that has tables at such paths."""
    query = "SELECT DISTINCT edition FROM attribute_table WHERE path LIKE ?"
    found = {edition for ready in reader.ready() for (edition,) in ready.rows(query, paths)}
    return next((edition for edition in reader.editions if edition in found), None)


def users(reader: Reader, edition: str, tables: list[str]) -> dict[str, list[CiodUse]]:
    """The CIODs that use each of some modules and macros, in the Standard's order."""
    found: dict[str, list[CiodUse]] = {}
    for table, ciod, name, usage in reader.rows(
        "SELECT u.path, c.id, c.name, u.usage FROM use u "
        "JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
        "WHERE u.edition = ? AND u.path IN (SELECT value FROM json_each(?)) ORDER BY c.position",
        edition,
        json.dumps(tables),
    ):
        _, what, id_ = table.split("/")
        path = f"/ciods/{ciod}/{id_}" if what == "modules" else f"/ciods/{ciod}"
        found.setdefault(table, []).append(CiodUse(Link(f"/ciods/{ciod}", name), path, usage))
    return found


def table_page(
    reader: Reader, edition: str, table: StoredTable, ciod: str | None = None
) -> TablePage | None:
    """A module or macro, alone or within a CIOD; None where the CIOD does not use it."""
    use, ciod_link, path = (None, None, None), None, table.path
    if ciod is not None:
        found = reader.row(
            "SELECT c.name, u.usage, u.information_entity, u.condition FROM use u "
            "JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
            "WHERE u.edition = ? AND u.ciod = ? AND u.path = ? AND u.group_tag IS NULL",
            edition,
            ciod,
            table.path,
        )
        if found is None:
            return None
        ciod_link, use = Link(f"/ciods/{ciod}", found[0]), found[1:]
        path = f"/ciods/{ciod}/{table.id}"
    usage, entity, condition = use
    lines = reader.lines(edition, table.level)
    return TablePage(
        path=path,
        edition=edition,
        title=table.name,
        id=table.id,
        what="macro" if table.path.startswith("/macros/") else "module",
        ciod=ciod_link,
        usage=usage,
        information_entity=entity,
        condition=reader.text(condition),
        description=reader.text(table.text),
        order=order_of(lines, is_known=reader.is_in_standard_order[edition]),
        note=reader.notes[edition],
        attributes=tuple(line.use(f"{path}/{line.tag}") for line in lines),
        includes=reader.inclusions(edition, table.level),
        used_by=tuple(users(reader, edition, [table.path]).get(table.path, ())),
        standard_url=table_url(reader, edition, table),
        in_editions=tuple(
            other
            for ready in reader.ready()
            for (other,) in ready.rows(
                "SELECT edition FROM attribute_table WHERE path = ?", table.path
            )
        ),
        history=history_of_table(reader, edition, table),
    )


def table_url(reader: Reader, edition: str, table: StoredTable) -> str | None:
    """The official page of a table, in its edition unless that is the current one."""
    if table.url is None:
        return None
    return official_url(table.url, reader.dated(edition))


def crumbs_of(
    reader: Reader, edition: str, table: StoredTable, ciod: str | None
) -> tuple[Link, ...] | None:
    """The pages above an attribute in a table; None where the CIOD does not use the table."""
    if ciod is None:
        return (Link(table.path, table.name),)
    found = reader.row(
        "SELECT c.name FROM use u JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
        "WHERE u.edition = ? AND u.ciod = ? AND u.path = ? AND u.group_tag IS NULL",
        edition,
        ciod,
        table.path,
    )
    if found is None:
        return None
    return Link(f"/ciods/{ciod}", found[0]), Link(f"/ciods/{ciod}/{table.id}", table.name)


def order_of(lines: list[StoredLine], *, is_known: bool) -> AttributeOrder:
    """Whose order some lines are in, as `TablePage.order` has it.

    A line that has its text from the same place in another edition has its order from there too.
    """
    borrowed = [line.text is not None and line.place is None for line in lines]
    if is_known or all(borrowed):
        return "standard"
    return "partly" if any(borrowed) else "tag"
