"""Sentences with "shall" and a number, a list or another attribute, and which of them are rules.

    PYTHONPATH=tests/conformance python tests/conformance/sentences.py

prints the table of `docs/reliability.md`. `sentences.tsv` has a row for each sentence of the text
of 2020b: a digest, as the text itself is NEMA's, where it stands, its kind, and its class. A rule
names the function that checks it. `software` is about displays and services, or says what something
means; `outside` needs knowledge that no instance holds; `several` needs other instances; `open`
could be checked from one instance, and is not.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from octome.standard.library import Library, open_library
from octome.standard.model.text import Text

EDITION = "2020b"
TABLE = Path(__file__).with_name("sentences.tsv")
Kind = Literal["items", "presence", "other"]
SPLIT = re.compile(r"(?<=[.;:])\s+(?=[A-Z(])")
NUMBER = re.compile(r"\b(?:\d+|zero|one|two|three|four|single|first)\b")
ATTRIBUTE = re.compile(r"\([0-9A-Fa-f]{4},\s?[0-9A-Fa-fx]{4}\)")
TERM = re.compile(r"\"[^\"]+\"|\b(?!SOP\b|DICOM\b|UID\b|IOD\b|LUT\b|VOI\b)[A-Z][A-Z_]{2,}\b")
ITEMS = re.compile(r"Items?\)? (?:shall|are|is|may|must)|number of Items|Number of Items")
PRESENCE = re.compile(
    r"shall (?:not |only |always |also )*be (?:present|included|sent|absent|specified|provided)"
)


class Sentence(NamedTuple):
    """A sentence, where it stands, and what it is about."""

    digest: str
    place: str
    kind: Kind
    words: str


def sentences(library: Library, edition: str) -> Iterator[Sentence]:
    """Each different sentence once, in the order of modules, attributes and sections."""
    seen: set[str] = set()
    for place, text in _texts(library, edition):
        for paragraph in text.paragraphs:
            for words in SPLIT.split(" ".join(paragraph.split())):
                found = "shall" in words and any(
                    pattern.search(words) for pattern in (NUMBER, ATTRIBUTE, TERM)
                )
                if found and words not in seen:
                    seen.add(words)
                    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
                    yield Sentence(digest, place, _kind(words), words)


def _texts(library: Library, edition: str) -> Iterator[tuple[str, Text]]:
    for index in (library.module_index(edition), library.macro_index(edition)):
        for link in index.tables:
            table = library.table(link.path, edition)
            if table is not None:
                yield from _of_level(library, edition, table.level, set())
    numbers = library._stores.ask(
        edition,
        lambda reader, chosen: reader.rows(
            "SELECT number FROM section WHERE edition = ? ORDER BY position", chosen
        ),
    )
    for (number,) in numbers:
        yield number, library.section(number, edition).section.text


def _of_level(
    library: Library, edition: str, level: int, seen: set[int]
) -> Iterator[tuple[str, Text]]:
    if level in seen:
        return
    seen.add(level)
    for line in library.level(level, edition):
        text = library.text(line.text, edition) if line.text is not None else None
        if text is not None:
            yield line.keyword or line.tag, text
        if line.items is not None:
            yield from _of_level(library, edition, line.items, seen)


def _kind(words: str) -> Kind:
    if ITEMS.search(words):
        return "items"
    return "presence" if PRESENCE.search(words) else "other"


def rows() -> dict[str, list[str]]:
    """The rows of the table by their digest."""
    lines = TABLE.read_text("utf-8").splitlines()[1:]
    return {line.split("\t")[0]: line.split("\t") for line in lines}


def shares() -> dict[str, Counter[str]]:
    """How many sentences of each kind, and of all, are in each class."""
    found: dict[str, Counter[str]] = {"all": Counter()}
    for _, _, kind, class_, _ in rows().values():
        for name in (kind, "all"):
            found.setdefault(name, Counter())[class_] += 1
    return found


def main() -> None:
    """Print the table, and sentences that it does not have."""
    known = rows()
    with open_library() as library:
        unknown = [one for one in sentences(library, EDITION) if one.digest not in known]
    for kind, count in shares().items():
        checkable = count["rule"] + count["open"]
        sys.stdout.write(
            f"{kind:10}{count.total():6}{count['rule']:6}{count['open']:6}"
            f"{count['several']:6}{count['outside']:6}{count['software']:6}"
            f"{count['rule'] / checkable:8.0%}\n"
        )
    sys.stdout.write(f"not in the table: {len(unknown)}\n")


if __name__ == "__main__":
    main()
