"""The texts of all editions while they are compiled: each read once, linked and numbered."""

from __future__ import annotations

import re

from octome.standard.block import Block, words_of
from octome.standard.compile.address import Addresses
from octome.standard.compile.linking import linked, targets
from octome.standard.compile.markup import read_html
from octome.standard.sources.records import Fragment, Passage, SourceText

CONTEXT_GROUP_NAME = re.compile(r"CID\s(\d+)\s“([^”]+)”")
CITABLE = ("/sections/", "/context-groups/", "/templates/")


class Texts:
    """Texts by number.

    `blocks` is each text, `words` the same without its structure, and `links` the sections,
    context groups and templates that it refers to. Texts are added edition by edition, the oldest
    first.
    """

    def __init__(self) -> None:
        self.editions: dict[int, str] = {}
        self.blocks: dict[int, tuple[Block, ...]] = {}
        self.words: dict[int, str] = {}
        self.links: dict[int, tuple[str, ...]] = {}
        self._context_group_names: dict[tuple[str, int], str] = {}
        self._numbers: dict[tuple[str, SourceText], int] = {}

    def number(self, edition: str, text: SourceText, addresses: Addresses) -> int:
        """The number of a source's text, which is read at its first use."""
        key = (edition, text)
        if key not in self._numbers:
            blocks = text.blocks if isinstance(text, Passage) else read_html(text)
            self._numbers[key] = self.add(edition, blocks, addresses)
        return self._numbers[key]

    def add(self, edition: str, blocks: tuple[Block, ...], addresses: Addresses) -> int:
        """Link a text and give it a number."""
        number = len(self.blocks) + 1
        self.editions[number] = edition
        self.blocks[number] = blocks = linked(
            blocks, addresses, addresses.attribute, addresses.picture
        )
        self.words[number] = words = words_of(blocks)
        paths = dict.fromkeys(target.partition("#")[0] for target in targets(blocks))
        self.links[number] = tuple(path for path in paths if path.startswith(CITABLE))
        for cid, name in CONTEXT_GROUP_NAME.findall(words):
            self._context_group_names.setdefault((edition, int(cid)), name)
        return number

    def context_group_names(self) -> dict[int, str]:
        """The name of each context group in the text of the newest edition that names it."""
        return {cid: name for (_, cid), name in self._context_group_names.items()}


def plain_fragment(words: str) -> Fragment:
    """Words without markup, as a fragment."""
    return Fragment(words.replace("&", "&amp;").replace("<", "&lt;"))
