"""An attribute at its place, `/ciods/<ciod>/<module>/<tag>[/<tag>…]` and the like."""

from __future__ import annotations

from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.model import (
    Alternative,
    AttributePage,
    FunctionalGroupUse,
    Link,
    SectionText,
    Text,
)
from octome.standard.pages.ciod import functional_groups, modules
from octome.standard.pages.reader import Reader, StoredLine, StoredTable, any_of, merged
from octome.standard.pages.section import section_text
from octome.standard.pages.table import table_url


def attribute_page(
    reader: Reader,
    edition: str,
    table: StoredTable,
    crumbs: tuple[Link, ...],
    tags: list[str],
    ciod: str | None = None,
) -> AttributePage | None:
    """The attribute that a path of tags leads to; None where it leads nowhere.

    Parameters
    ----------
    table : StoredTable
        The module or macro that the path begins in.
    crumbs : tuple of Link
        The pages above, the last one being the module's or macro's.
    tags : list of str
        From the root of the table down, at least one.
    ciod : str, optional
        The CIOD that the path is in.
    """
    levels = [table.level]
    path = crumbs[-1].path
    twins: list[StoredLine] = []
    for depth, tag in enumerate(tags):
        twins = reader.lines_of(edition, levels, tag)
        if not twins:
            return None
        path = f"{path}/{tag}"
        levels = list(dict.fromkeys(line.items for line in twins if line.items is not None))
        if depth < len(tags) - 1:
            crumbs = (*crumbs, Link(path, twins[0].name))
    line, *others = twins
    items = items_of(reader, edition, twins)
    texts = list(dict.fromkeys(twin.text for twin in twins if twin.text is not None))
    return AttributePage(
        path=path,
        edition=edition,
        title=line.name,
        attribute=line.use(path),
        crumbs=crumbs,
        description=reader.text(line.text, line.place),
        alternatives=tuple(
            Alternative(other.use(path), reader.text(other.text, other.place)) for other in others
        ),
        items=tuple(item.use(f"{path}/{item.tag}") for item in items),
        sections=cited_sections(reader, edition, texts),
        context_groups=cited_context_groups(reader, texts),
        functional_group=functional_group(reader, edition, ciod, tags) if ciod else None,
        standard_url=table_url(reader, edition, table),
    )


def functional_group(
    reader: Reader, edition: str, ciod: str, tags: list[str]
) -> FunctionalGroupUse | None:
    """The functional group whose sequence a path of tags leads to; None if it is none."""
    if len(tags) != 2 or tags[0] not in (SHARED, PER_FRAME):
        return None
    groups = functional_groups(reader, edition, ciod, modules(reader, edition, ciod))
    return next((group for group in groups if group.tag == tags[1]), None)


def items_of(reader: Reader, edition: str, twins: list[StoredLine]) -> list[StoredLine]:
    """The attributes in a sequence's items; of twins, for which of them each stands."""
    whole = [twin for twin in twins if twin.items is not None]
    lines = [(twin, reader.lines(edition, twin.items or 0)) for twin in whole]
    items = []
    for item in merged(line for _, level in lines for line in level):
        holders = [twin for twin, level in lines if any(line.tag == item.tag for line in level)]
        is_in_all = len(holders) == len(whole)
        own = item.value_types if is_in_all else any_of(*holders)
        items.append(item._replace(value_types=own))
    return items


def cited_sections(reader: Reader, edition: str, texts: list[int]) -> tuple[SectionText, ...]:
    """The full text of every section that some texts refer to, in the order that they do."""
    numbers = dict.fromkeys(
        path.removeprefix("/sections/")
        for text in texts
        for (path,) in reader.rows(
            "SELECT path FROM link WHERE text = ? AND path LIKE '/sections/%' ORDER BY position",
            text,
        )
    )
    sections = (section_text(reader, edition, number) for number in numbers)
    return tuple(section for section in sections if section is not None)


def cited_context_groups(reader: Reader, texts: list[int]) -> tuple[Link, ...]:
    """The context groups that some texts name."""
    return tuple(
        dict.fromkeys(
            Link(path, f"CID {path.rpartition('/')[2]} {name}")
            for text in texts
            for path, name in reader.rows(
                "SELECT l.path, g.name FROM link l "
                "JOIN context_group g ON l.path = '/context-groups/' || g.cid "
                "WHERE l.text = ? ORDER BY l.position",
                text,
            )
        )
    )


def description_at(reader: Reader, edition: str, path: str) -> Text | None:
    """What is said of the attribute at a path below a module or macro."""
    _, what, id_, *tags = path.split("/")
    table = reader.table(edition, f"/{what}/{id_}")
    found = reader.lines_at(edition, table.level, tags) if table else []
    return reader.text(found[0].text, found[0].place) if found else None
