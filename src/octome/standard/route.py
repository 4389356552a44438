"""From a path to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from octome.errors import UnknownPath

if TYPE_CHECKING:
    from octome.standard.model.page import Page
    from octome.standard.model.uid import UidList
    from octome.standard.pages.reader import Reader
    from octome.standard.pages.stored import StoredTable

# The sections of context groups, which have separate pages.
GROUP_SECTION = "PS3.16-CID_"
LISTS = frozenset(
    [
        "ciods",
        "modules",
        "macros",
        "attributes",
        "sections",
        "uids",
        "sop-classes",
        "transfer-syntaxes",
        "context-groups",
        "codes",
        "templates",
    ]
)
"""The lists that every edition has, if only to say that they are empty."""
# The pages of each route are imported when needed: a command shows one page, and importing all
# takes longer than building it.


def words_of(path: str) -> list[str]:
    """The words between the slashes of a path. The value of a code may contain slashes.

    Examples
    --------
    >>> words_of("/ciods/ct-image/"), words_of("/codes/UCUM/mm/s")
    (['ciods', 'ct-image'], ['codes', 'UCUM', 'mm/s'])
    """
    at_most = 2 if path.lstrip("/").startswith("codes/") else -1
    return [word for word in path.strip("/").split("/", at_most) if word]


def page_at(reader: Reader, edition: str, words: list[str], options: dict[str, str]) -> Page | None:
    """The page for the words of a path; None where the edition has none there.

    Parameters
    ----------
    options : dict
        `order` for `/ciods`, `group` and `q` for `/attributes`, `q` and `kind` for `/search`;
        `scheme`, `q` and `page` for `/codes`.
    """
    match words:
        case [] | ["ciods", *_]:
            return _ciods(reader, edition, words[1:], options)
        case ["modules" | "macros", *_]:
            return _tables(reader, edition, words)
        case ["attributes", *rest]:
            return _attributes(reader, edition, rest, options)
        case ["sections", *rest]:
            return _sections(reader, edition, rest)
        case ["parts", *rest]:
            return _parts(reader, edition, rest)
        case ["uids" | "sop-classes" | "transfer-syntaxes", *_]:
            return _uids(reader, edition, words)
        case ["context-groups", *rest]:
            return _context_groups(reader, edition, rest)
        case ["templates", *rest]:
            return _templates(reader, edition, rest)
        case ["codes" | "confidentiality", *_]:
            return _lone_pages(reader, edition, words, options)
        case ["search"]:
            from octome.standard.search.finding import search

            return search(reader, edition, options.get("q", ""), kind=options.get("kind"))
        case ["editions", *rest]:
            return _editions(reader, edition, rest)
    return None


def is_there(reader: Reader, edition: str, words: list[str]) -> bool:
    """Whether an edition has a page; without building it if that takes long."""
    match words:
        case [root] if root in LISTS:
            return True
        case ["sections", number] if not number.startswith(GROUP_SECTION):
            from octome.standard.pages.stored_section import has_section

            return has_section(reader, edition, number)
        case ["attributes", word] if (tag := reader.tag(edition, word)) is not None:
            return bool(reader.terms(edition, tag))
        case ["ciods", ciod]:
            known = "SELECT 1 FROM ciod WHERE edition = ? AND id = ?"
            return reader.row(known, edition, ciod) is not None
        case ["ciods", ciod, module, *tags]:
            path, used = f"/modules/{module}", "SELECT 1 FROM use WHERE edition = ? AND ciod = ?"
            if reader.row(f"{used} AND path = ?", edition, ciod, path) is None:
                return False
        case ["modules" | "macros" as what, id_, *tags]:
            path = f"/{what}/{id_}"
        case _:
            return page_at(reader, edition, words, {}) is not None
    table = reader.table(edition, path)
    return table is not None and (not tags or bool(reader.lines_at(edition, table.level, tags)))


def unknown_path(reader: Reader, edition: str, words: list[str]) -> UnknownPath:
    """The error for a path, with the pages nearest to it."""
    from octome.standard.nearest import known_of_private, nearest_pages, why_missing
    from octome.standard.respelling import respelled

    path = "/" + "/".join(words)
    why = why_missing(reader, edition, respelled(reader, edition, words))
    known = known_of_private(words)
    if known:
        why = "is private, in no edition of the Standard"
    return UnknownPath(
        f"{path} {why}" if why else f"there is no {path} in edition {edition}",
        path=path,
        edition=edition,
        known=known,
        nearest=[
            {"path": hit.path, "title": hit.title, "editions": list(hit.editions)}
            for hit in nearest_pages(reader, edition, words)
        ],
    )


def _ciods(reader: Reader, edition: str, words: list[str], options: dict[str, str]) -> Page | None:
    from octome.standard.model.ciod import ciod_order
    from octome.standard.pages.ciod import ciod_index, ciod_page

    match words:
        case []:
            return ciod_index(reader, edition, ciod_order(options.get("order")))
        case [ciod]:
            return ciod_page(reader, edition, ciod)
        case [ciod, module, *tags]:
            table = reader.table(edition, f"/modules/{module}")
            return _in_table(reader, edition, table, tags, ciod)
    return None


def _tables(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.table import table_index

    match words:
        case [what]:
            return table_index(reader, edition, "module" if what == "modules" else "macro")
        case [what, id_, *tags]:
            return _in_table(reader, edition, reader.table(edition, f"/{what}/{id_}"), tags)
    return None


def _in_table(
    reader: Reader,
    edition: str,
    table: StoredTable | None,
    tags: list[str],
    ciod: str | None = None,
) -> Page | None:
    """The module or macro itself, or the attribute in it that tags or keywords lead to."""
    if table is None:
        return None
    if not tags:
        from octome.standard.pages.table import table_page

        return table_page(reader, edition, table, ciod)
    from octome.standard.pages.attribute import attribute_page

    return attribute_page(reader, edition, table, tags, ciod)


def _attributes(
    reader: Reader, edition: str, words: list[str], options: dict[str, str]
) -> Page | None:
    from octome.standard.model.value_representation import VALUE_REPRESENTATIONS
    from octome.standard.pages.dictionary import attribute_entry, attribute_index

    match words:
        case []:
            given = options.get("group", ""), options.get("q", "")
            return attribute_index(reader, edition, given[0], words=given[1])
        case [vr] if vr.upper() in VALUE_REPRESENTATIONS:
            return attribute_index(reader, edition, vr=vr.upper())
        case [word]:
            return attribute_entry(reader, edition, word)
    return None


def _sections(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.part import section_index
    from octome.standard.pages.section import section_page

    match words:
        case []:
            return section_index(reader, edition)
        case [number] if number.startswith(GROUP_SECTION):
            return _context_groups(reader, edition, [number.removeprefix(GROUP_SECTION)])
        case [number]:
            return section_page(reader, edition, number) or _table_of(reader, edition, number)
    return None


def _table_of(reader: Reader, edition: str, number: str) -> Page | None:
    """The module or macro that a section consists of, in an edition without the section's text."""
    from octome.standard.pages.stored_section import own_table

    found = own_table(reader, edition, number)
    return _in_table(reader, *found, []) if found else None


def _parts(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.part import part_page, section_numbers

    match words:
        case []:
            return _sections(reader, edition, [])
        case [part] if part.isdecimal():
            return part_page(reader, edition, int(part))
        case [part, section] if part.isdecimal():
            numbers = section_numbers(int(part), section)
            pages = (_sections(reader, edition, [number]) for number in numbers)
            return next(filter(None, pages), None)
    return None


def _uids(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.uid import uid_index, uid_page

    match words:
        case [which]:
            return uid_index(reader, edition, cast("UidList", which))
        case [_, uid]:
            return uid_page(reader, edition, uid)
    return None


def _context_groups(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.context_group import context_group_index, context_group_page

    match words:
        case []:
            return context_group_index(reader, edition)
        case [cid]:
            return context_group_page(reader, edition, cid)
    return None


def _lone_pages(
    reader: Reader, edition: str, words: list[str], options: dict[str, str]
) -> Page | None:
    match words:
        case ["codes"] | ["codes", _]:
            from octome.standard.pages.code_index import code_index

            scheme = unquote(words[1]) if words[1:] else options.get("scheme", "")
            narrowed = (options.get("q", ""), options.get("page", "1"))
            found = code_index(reader, edition, scheme, *narrowed)
            return found if found.scheme or not words[1:] else None
        case ["codes", scheme, value]:
            from octome.standard.pages.code import code_page

            return code_page(reader, edition, scheme, value)
        case ["confidentiality"]:
            from octome.standard.pages.confidentiality import confidentiality_index

            return confidentiality_index(reader, edition)
    return None


def _templates(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.template import template_index, template_page

    match words:
        case []:
            return template_index(reader, edition)
        case [tid]:
            return template_page(reader, edition, tid)
    return None


def _editions(reader: Reader, edition: str, words: list[str]) -> Page | None:
    from octome.standard.pages.comparison.edition_diff import edition_diff
    from octome.standard.pages.edition import edition_index

    match words:
        case []:
            return edition_index(reader, edition)
        case [pair, *rest] if ".." in pair:
            older, _, newer = pair.partition("..")
            subject = "".join(f"/{word}" for word in rest)
            return edition_diff(reader, older, newer, subject)
    return None
