"""An attribute at its place, `/ciods/<ciod>/<module>/<tag>[/<tag>…]` and the like."""

from __future__ import annotations

import re

from octome.standard.block import walk
from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.model.attribute import Alternative, AttributePage
from octome.standard.model.page import Link
from octome.standard.model.section import SectionText
from octome.standard.model.text import Text
from octome.standard.model.usage import FunctionalGroupUse
from octome.standard.pages.bound_group import (
    bound_groups,
    lost_text_on_codes,
)
from octome.standard.pages.ciod_use import functional_groups, modules
from octome.standard.pages.confidentiality import protection
from octome.standard.pages.history import history_of_attribute
from octome.standard.pages.lacking_text import lacking_text
from octome.standard.pages.reader import Reader
from octome.standard.pages.recursion import follow
from octome.standard.pages.section import section_text
from octome.standard.pages.stored import StoredLine, StoredTable, any_of, merged
from octome.standard.pages.table import crumbs_of, table_url

# The words in which a text states when an attribute is there.
CONDITION = re.compile(r"\b(?:required|present|included|specified|otherwise)\b", re.IGNORECASE)


def attribute_page(
    reader: Reader,
    edition: str,
    table: StoredTable,
    words: list[str],
    ciod: str | None = None,
) -> AttributePage | None:
    """The attribute that a path of tags or keywords leads to; None where it leads nowhere.

    Parameters
    ----------
    table : StoredTable
        The module or macro that the path begins in.
    words : list of str
        Tags or keywords from the root of the table down, at least one.
    ciod : str, optional
        The CIOD that the path is in.
    """
    crumbs = crumbs_of(reader, edition, table, ciod)
    tags = [tag for word in words if (tag := reader.tag(edition, word))]
    if crumbs is None or len(tags) < len(words):
        return None
    trail = follow(reader, edition, table.level, tags)
    if trail is None:
        return None
    path, found = crumbs[-1].path, trail.lines
    keywords = []
    for tag, levels in zip(trail.tags[:-1], trail.levels, strict=False):
        above = reader.lines_of(edition, levels, tag)[0]
        path = f"{path}/{tag}"
        keywords.append(above.keyword)
        crumbs = (*crumbs, Link(path, above.name))
    again = trail.repetition(reader)
    repeats = crumbs[again.depth + len(crumbs) - len(trail.tags)] if again else None
    path = f"{path}/{trail.tags[-1]}"
    line, *others = found
    below = trail.levels[-1]
    own = [line.text for line in found if line.text is not None]
    of_items = inclusion_texts(reader, below)
    texts = list(dict.fromkeys((*own, *of_items)))
    on_codes = reader.texts_on_codes(below)
    on_codes += lost_text_on_codes(reader, edition, "/".join((table.path, *tags)))
    description = reader.text(line.text, line.place)
    return AttributePage(
        path=path,
        edition=edition,
        title=line.name,
        attribute=line.use(path),
        crumbs=crumbs,
        keywords=(*keywords, line.keyword),
        description=description,
        why_no_description="" if description else lacking_text(reader, edition),
        is_condition_known=is_condition_known(edition, line, description),
        alternatives=tuple(
            Alternative(other.use(path), reader.text(other.text, other.place)) for other in others
        ),
        items=tuple(item.use(f"{path}/{item.tag}") for item in items_of(reader, edition, found)),
        includes=tuple(
            inclusion for level in below for inclusion in reader.inclusions(edition, level)
        ),
        repeats=repeats,
        sections=cited_sections(reader, edition, texts),
        context_groups=bound_groups(reader, (*own, *on_codes), of_items),
        protection=protection(reader, edition, line.tag),
        history=history_of_attribute(reader, edition, table, trail.tags),
        functional_group=functional_group(reader, edition, ciod, list(trail.tags))
        if ciod
        else None,
        standard_url=table_url(reader, edition, table),
    )


def is_condition_known(edition: str, line: StoredLine, text: Text | None) -> bool:
    """Whether a text states when an attribute is required, if that depends on a condition.

    A text of the edition itself is taken as it is.
    """
    if line.type not in ("1C", "2C"):
        return True
    return text is not None and (
        text.edition == edition or any(CONDITION.search(block.words) for block in walk(text.blocks))
    )


def inclusion_texts(reader: Reader, levels: list[int]) -> list[int]:
    """The numbers of what some levels add to the macros that they include."""
    return [
        text
        for level in levels
        for (text,) in reader.rows(
            "SELECT text FROM inclusion WHERE level = ? AND text IS NOT NULL ORDER BY position",
            level,
        )
    ]


def functional_group(
    reader: Reader, edition: str, ciod: str, tags: list[str]
) -> FunctionalGroupUse | None:
    """The functional group whose sequence a path of tags leads to; None if it is not one."""
    if len(tags) != 2 or tags[0] not in (SHARED, PER_FRAME):
        return None
    groups = functional_groups(reader, edition, ciod, modules(reader, edition, ciod))
    return next((group for group in groups if group.tag == tags[1]), None)


def items_of(reader: Reader, edition: str, alternatives: list[StoredLine]) -> list[StoredLine]:
    """The attributes in the items of a sequence, or of several that are alternatives."""
    sequences = [line for line in alternatives if line.items is not None]
    levels = [(sequence, reader.lines(edition, sequence.items or 0)) for sequence in sequences]
    items = []
    for item in merged(line for _, level in levels for line in level):
        parents = [
            parent for parent, level in levels if any(line.tag == item.tag for line in level)
        ]
        is_in_all = len(parents) == len(sequences)
        value_types = item.value_types if is_in_all else any_of(*parents)
        items.append(item._replace(value_types=value_types))
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


def description_at(reader: Reader, edition: str, path: str) -> Text | None:
    """The description of the attribute at a path below a module or macro."""
    _, what, id_, *tags = path.split("/")
    table = reader.table(edition, f"/{what}/{id_}")
    found = reader.lines_at(edition, table.level, tags) if table else []
    return reader.text(found[0].text, found[0].place) if found else None
