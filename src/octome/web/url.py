"""Addresses: every link of every page is made here, from values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from markupsafe import Markup, escape

from octome.standard.library import Library
from octome.standard.pages.ciod import ORDERS

STATIC = files("octome.web") / "static"
INSPECTOR = "/inspect"


def static_version() -> str:
    """A digest of the static files, so that browsers may keep them until one changes."""
    digest = blake2b(digest_size=5)
    for file in sorted(STATIC.iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Urls:
    """Makes the addresses of one page: each keeps the edition and the order being read.

    Parameters
    ----------
    kept : mapping
        `edition` and `order`, each only where it is not the default.
    version : str
        What the addresses of static files end with.

    Examples
    --------
    >>> url = Urls({"edition": "2020b"})
    >>> url("/ciods#x"), url("/ciods", edition="2026b"), url("/attributes", group="0022")
    ('/ciods?edition=2020b#x', '/ciods?edition=2026b', '/attributes?group=0022&edition=2020b')
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    version: str = ""

    def __call__(self, address: str, **query: str | None) -> str:
        """The link to an address within octome, which may have a query and an anchor already.

        What is None in the query is left out.
        """
        given = {name: value for name, value in query.items() if value is not None}
        if not (self.kept or given):
            return address
        parts = urlsplit(address)
        whole = {**self.kept, **dict(parse_qsl(parts.query)), **given}
        # The page's own query first, what is kept after it.
        own = sorted(whole.items(), key=lambda item: item[0] in ("edition", "order"))
        return urlunsplit(("", "", parts.path, urlencode(own), parts.fragment))

    def static(self, name: str) -> str:
        """The address of a stylesheet, a script or an image."""
        return f"/static/{name}?v={self.version}"

    def prose(self, html: str) -> Markup:
        """Stored text of the Standard, its links to octome's pages made like all others.

        The store holds a text once for all who read it, so its links are bare paths. They become
        links of this page by one parse of the text, and only where something is kept.
        """
        if not self.kept or 'href="/' not in html:
            return Markup(html)  # noqa: S704 (the compiler has made the text safe)
        # Here, as most pages need no parser.
        from lxml import html as lxml_html

        root = lxml_html.fragment_fromstring(html, create_parent=True)
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("/"):
                link.set("href", self(target))
        children = (lxml_html.tostring(child, encoding="unicode") for child in root)
        return Markup(str(escape(root.text or "")) + "".join(children))  # noqa: S704 (as above)


def kept_query(library: Library, query: Mapping[str, str]) -> dict[str, str]:
    """What of a request's query every link of its page keeps."""
    kept = {}
    if query.get("edition") in library.editions[1:]:
        kept["edition"] = query["edition"]
    if query.get("order") in ORDERS[1:]:
        kept["order"] = query["order"]
    return kept
