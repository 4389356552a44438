"""The page of a whole address: its path, its query, and unknown options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from octome.errors import UnknownOption
from octome.standard.model.ciod import CIOD_ORDERS
from octome.standard.model.dictionary import AttributeIndex
from octome.standard.official_address import section_of_address

if TYPE_CHECKING:
    from octome.standard.library import Library
    from octome.standard.model.page import Page

# Options of pages in an address's query, apart from the edition.
OPTIONS = ("order", "group", "q", "kind", "scheme", "page")
SERVER = re.compile(r"\Ahttps?://[^/?#]+(?=/)")


def split_address(address: str) -> tuple[str, dict[str, str]]:
    """The path and the query of an address of a page; its server and its anchor are left out.

    >>> split_address("/ciods?order=name&edition=2020b#x")
    ('/ciods', {'order': 'name', 'edition': '2020b'})
    >>> split_address("http://127.0.0.1:8571/modules/patient")
    ('/modules/patient', {})
    """
    if section := section_of_address(address):
        return f"/parts/{'/'.join(section)}", {}
    path, _, query = SERVER.sub("", address).partition("#")[0].partition("?")
    return path, dict(parse_qsl(query))


def page_for(library: Library, path: str, query: Mapping[str, str]) -> Page:
    """The page at a path, with the query of its address.

    Parameters
    ----------
    query : mapping
        `edition`, `order`, `group`, `q`, `kind`, `scheme` and `page`; others and empty ones are
        ignored.

    Raises
    ------
    UnknownPath, UnknownEdition
        See `Library.at`.
    UnknownOption
        The page does not have the order, group or kind.
    """
    options = {name: query[name] for name in OPTIONS if query.get(name)}
    order, group = options.get("order"), options.get("group")
    if order is not None and order not in CIOD_ORDERS:
        raise _unknown("order", order, CIOD_ORDERS)
    page = library.at(path, query.get("edition") or None, **options)
    if group is not None and isinstance(page, AttributeIndex) and page.group != group.lower():
        raise _unknown("group", group, [name for name, _ in page.groups])
    return page


def _unknown(option: str, found: str, known: list[str] | tuple[str, ...]) -> UnknownOption:
    some = ", ".join(known) if len(known) <= len(CIOD_ORDERS) else f"{known[0]} to {known[-1]}"
    return UnknownOption(
        f"there is no {option} {found[:100]!r}; there is {some}",
        option=option,
        found=found[:100],
        known=list(known),
    )
