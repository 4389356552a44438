"""The texts of all editions while they are compiled: each made safe once, and numbered."""

from __future__ import annotations

import re
from html import unescape

from octome.standard.compile.address import Addresses
from octome.standard.compile.markup import markup
from octome.standard.sources.records import Fragment

# The heading that a section begins with, inside its wrappers; else a caption or a label.
HEADING = re.compile(r"\s*(?:<div>\s*)*<h\d>\s*(.*?)\s*</h\d>", re.DOTALL)
LABEL = re.compile(r"<strong>((?:Figure|Table)[^<]*)</strong>|\[<abbr>(.*?)</abbr>\]", re.DOTALL)
CONTEXT_GROUP_NAME = re.compile(r"CID\s(\d+)\s“([^”]+)”")
CITABLE = ("/sections/", "/context-groups/")


class Texts:
    """Texts by number.

    `rows` are the rows of the table `text`, `words` each text without its markup, `links` the
    sections and context groups that it refers to, and `context_group_names` what the texts call
    the context groups.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, str]] = []
        self.words: dict[int, str] = {}
        self.links: dict[int, tuple[str, ...]] = {}
        self.context_group_names: dict[int, str] = {}
        self._numbers: dict[tuple[str, Fragment], int] = {}

    def number(self, edition: str, fragment: Fragment, addresses: Addresses) -> int:
        """The number of a text, made safe and linked when it is first met."""
        number = self._numbers.setdefault((edition, fragment), len(self._numbers) + 1)
        if number > len(self.rows):
            made = markup(fragment, addresses, addresses.attribute)
            self.rows.append((number, edition, made.html))
            self.words[number] = made.words
            paths = dict.fromkeys(link.partition("#")[0] for link in made.links)
            self.links[number] = tuple(path for path in paths if path.startswith(CITABLE))
            for cid, name in CONTEXT_GROUP_NAME.findall(made.words):
                self.context_group_names.setdefault(int(cid), name)
        return number


def plain_fragment(words: str) -> Fragment:
    """Words that hold no markup, as a fragment."""
    return Fragment(words.replace("&", "&amp;").replace("<", "&lt;"))


def titled_section(html: str) -> tuple[str, str]:
    """A section's title without its number, and the rest of it.

    A figure, a table or an entry of the bibliography that is cited by itself has no heading: its
    caption or its label is its title.
    """
    heading = HEADING.match(html)
    if heading is None:
        label = LABEL.search(html)
        return (_words(label[1] or label[2]) if label else "Note"), html
    number, _, name = _words(heading[1]).partition(" ")
    title = name if re.search(r"\d", number) else f"{number} {name}"
    return title, html.replace(heading[0], "", 1)


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
