"""Addresses: every link of every page is built here, from values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from markupsafe import Markup

from octome.standard.block import Block
from octome.standard.block_html import html_of
from octome.standard.edition import UNNAMED, usual_name
from octome.standard.library import Library
from octome.standard.model.ciod import CIOD_ORDERS

STATIC = files("octome.web") / "static"
INSPECTOR = "/inspect"
BY_TAG = "tag"  # how attributes may be sorted, instead of in the Standard's order


def static_version() -> str:
    """A digest of the static files, so that browsers may keep them until one changes."""
    digest = blake2b(digest_size=5)
    for file in sorted(STATIC.iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Urls:
    """Builds the addresses of one page: each keeps its edition and order.

    Parameters
    ----------
    kept : mapping
        `edition` and `order`, each only if it is not the default.
    version : str
        The version at the end of addresses of static files.
    anchors : mapping
        Pages whose text is also on this one, by path, each with its anchor.

    Examples
    --------
    >>> url = Urls({"edition": "2020b"})
    >>> url("/ciods#x"), url("/ciods", edition="2026b"), url("/attributes", group="0022")
    ('/ciods?edition=2020b#x', '/ciods?edition=2026b', '/attributes?group=0022&edition=2020b')
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, address: str, **query: str | None) -> str:
        """The link to an address within octome, which may already have a query and an anchor.

        Query values that are None are left out.
        """
        given = {name: value for name, value in query.items() if value is not None}
        if not (self.kept or given):
            return address
        parts = urlsplit(address)
        whole = {**self.kept, **dict(parse_qsl(parts.query)), **given}
        # The page's own query first, then the kept one.
        own = sorted(whole.items(), key=lambda item: item[0] in ("edition", "order", "sort"))
        return urlunsplit(("", "", parts.path, urlencode(own), parts.fragment))

    def static(self, name: str) -> str:
        """The address of a stylesheet, a script or an image."""
        return f"/static/{name}?v={self.version}"

    def prose(self, blocks: tuple[Block, ...]) -> Markup:
        """A text of the Standard as HTML; its links lead to what is on this page, or elsewhere."""

        def address(path: str) -> str:
            return self.anchors.get(path) or self(path)

        return Markup(html_of(blocks, address))  # noqa: S704 (every word of it is escaped there)


def kept_query(library: Library, query: Mapping[str, str]) -> dict[str, str]:
    """The part of a request's query that every link of its page keeps."""
    kept = {}
    edition = usual_name(query.get("edition", ""))
    if edition in library.editions[1:]:
        kept["edition"] = edition
    if query.get("order") in CIOD_ORDERS[1:]:
        kept["order"] = query["order"]
    if query.get("sort") == BY_TAG:
        kept["sort"] = BY_TAG
    return kept


def in_editions(
    path: str, query: Mapping[str, str], editions: Sequence[str]
) -> list[tuple[str, str]]:
    """Every edition with the address of a page in it, instead of in one that is not here.

    In a comparison it replaces the edition that is not here; there is none where both are not.

    >>> in_editions("/editions/x..2026b/modules", {}, ["2026b", "2020b"])[1]
    ('2020b', '/editions/2020b..2026b/modules')
    >>> in_editions("/search", {"q": "frog", "edition": "x"}, ["2026b"])
    [('2026b', '/search?q=frog&edition=2026b')]
    """
    root, _, rest = path.removeprefix("/").partition("/")
    pair, slash, subject = rest.partition("/")
    older, dots, newer = pair.partition("..")
    if root != "editions" or not dots:
        kept = {name: value for name, value in query.items() if value}
        return [
            (name, urlunsplit(("", "", quote(path), urlencode(kept | {"edition": name}), "")))
            for name in editions
        ]
    lacks_older, lacks_newer = (
        usual_name(side) not in (*editions, UNNAMED) for side in (older, newer)
    )
    if lacks_older and lacks_newer:
        return []
    return [
        (
            name,
            quote(
                f"/editions/{name if lacks_older else older}..{name if lacks_newer else newer}"
                f"{slash}{subject}"
            ),
        )
        for name in editions
    ]
