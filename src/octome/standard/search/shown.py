"""What is shown of each result: its matched words, and a line of its text."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from octome.standard.model.search import Hit, Marks
from octome.standard.pages.reader import Reader
from octome.standard.search.rows import Row
from octome.standard.search.wording import singular, spellings

WIDTH = 160  # characters of a line
BEFORE = 50  # of them before the first matched word
MOST_SEARCHED = 6  # first results whose texts are searched for a line
MOST_TEXTS = 6  # of an attribute that are searched for the words


def hits(
    reader: Reader, found: Sequence[Row], words: list[str], by_text: Container[int]
) -> tuple[Hit, ...]:
    """The results with their marks and lines: the best line for results found by their text."""
    pattern = _pattern(words)
    lines = _first_lines(reader, found)
    searched = set([row.id for row in found if row.id in by_text][:MOST_SEARCHED])
    shown = []
    for row in found:
        title_marks = _marks(pattern, row.title)
        line = lines.get(row.id, "")
        if row.id in searched:
            line = _line_with(reader, row, words) or line
        line = _cut(pattern, line)
        shown.append(
            Hit(
                kind=row.kind,
                title=row.title,
                detail=row.detail,
                path=row.path,
                editions=tuple(row.edition.split()),
                context=line,
                title_marks=title_marks,
                context_marks=_marks(pattern, line),
            )
        )
    return tuple(shown)


def _pattern(words: list[str]) -> re.Pattern[str] | None:
    """The beginnings of words that match."""
    forms = {form for word in words for form in spellings(word)}
    if not forms:
        return None
    any_of = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{any_of})", re.IGNORECASE)


def _marks(pattern: re.Pattern[str] | None, text: str) -> Marks:
    return tuple(match.span() for match in pattern.finditer(text)) if pattern and text else ()


def _first_lines(reader: Reader, found: Sequence[Row]) -> dict[int, str]:
    """The first line of each result's text, by its number."""
    first = {row.id: int(row.texts.partition(" ")[0]) for row in found if row.texts}
    marks = ", ".join("?" * len(first))
    words = dict(
        reader.rows(
            f"SELECT text, words FROM block WHERE position = 0 AND text IN ({marks})",
            *first.values(),
        )
    )
    return {id_: words.get(text, "") for id_, text in first.items()}


def _line_with(reader: Reader, row: Row, words: list[str]) -> str:
    """The first line of a result's texts, or of a context group's codes, with all matched words.

    If none has all, the first with the longest word.
    """
    if row.texts:
        texts = row.texts.split(" ", MOST_TEXTS)[:MOST_TEXTS]
        column = "words"
        lines = f"SELECT words FROM block WHERE text IN ({', '.join(texts)})"
    elif row.kind == "context group":
        column = "(meaning || value)"
        cid = int(row.path.rpartition("/")[2])
        lines = (
            f"SELECT meaning || ' (' || value || ', ' || scheme || ')' FROM code WHERE cid = {cid}"
        )
    else:
        return ""
    patterns = [f"%{singular(word)}%" for word in sorted(words, key=len, reverse=True)]
    for some in dict.fromkeys((tuple(patterns), tuple(patterns[:1]))):
        tests = "".join(f" AND {column} LIKE ?" for _ in some)
        if some and (line := reader.row(f"{lines}{tests} LIMIT 1", *some)):
            return str(line[0])
    return ""


def _cut(pattern: re.Pattern[str] | None, line: str) -> str:
    """A shortened line, from a little before its first matched word."""
    if len(line) <= WIDTH:
        return line
    first = pattern.search(line) if pattern else None
    start = max(0, first.start() - BEFORE) if first else 0
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = start + WIDTH
    end = len(line) if end >= len(line) else max(line.rfind(" ", start, end), start + WIDTH // 2)
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"
