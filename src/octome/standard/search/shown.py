"""What is shown of each result: its matched words, and a line of its text."""

from __future__ import annotations

from collections.abc import Container, Sequence

from octome.standard.model.search import Hit, Marks
from octome.standard.pages.reader import Reader
from octome.standard.search.rows import Row
from octome.standard.search.wording import singular, spellings

WIDTH = 160  # characters of a line
BEFORE = 50  # of them before the first matched word
MOST_SEARCHED = 6  # first results whose texts are searched for a line
AFTER_NAMES = 2  # the same where others were found by name
MOST_TEXTS = 6  # of an attribute that are searched for the words
# With the longest word; the first few are enough to find one with all words. Texts of more blocks
# are tables of thousands of rows.
LINES_OF_TEXTS = (
    "SELECT words FROM block WHERE text IN (?, ?, ?, ?, ?, ?) AND position < 1000 "
    "AND instr(lower(words), ?) LIMIT 10"
)
LINES_OF_CODES = (
    "SELECT meaning || ' (' || value || ', ' || scheme || ')' FROM code "
    "WHERE cid = ? AND instr(lower(meaning || value), ?) LIMIT 10"
)

Forms = tuple[str, ...]


def hits(
    reader: Reader, found: Sequence[Row], words: list[str], by_text: Container[int]
) -> tuple[Hit, ...]:
    """The results with their marks and lines: the best line for results found by their text."""
    forms = _forms(words)
    of_text = [row.id for row in found if row.id in by_text]
    # After results found by name, few people read so far.
    searched = set(of_text[: MOST_SEARCHED if len(of_text) == len(found) else AFTER_NAMES])
    return tuple([_hit(reader, row, words, forms, is_searched=row.id in searched) for row in found])


def _hit(reader: Reader, row: Row, words: list[str], forms: Forms, *, is_searched: bool) -> Hit:
    line = row.line
    if is_searched and not _has_all(line, words):
        line = _line_with(reader, row, words) or line
    marks = _marks(forms, line) if line else ()
    if len(line) > WIDTH:
        line, marks = _cut(line, marks)
    return Hit(
        kind=row.kind,
        title=row.title,
        detail=row.detail,
        path=row.path,
        editions=tuple(row.edition.split()),
        context=line,
        text_edition=row.text_edition if line else "",
        title_marks=_marks(forms, row.title),
        context_marks=marks,
    )


def _forms(words: list[str]) -> Forms:
    """The beginnings of words that match, the longest first."""
    forms = {form for word in words for form in spellings(word)}
    return tuple(sorted(forms, key=len, reverse=True))


def _marks(forms: Forms, text: str) -> Marks:
    """Where words of a text begin with one of the forms, or are a form of one or two letters."""
    folded = text.lower()
    if len(folded) != len(text):
        return ()  # of a few letters the small one is longer
    found: dict[int, int] = {}
    for form in forms:
        end = 0
        length = len(form)
        while (at := folded.find(form, end)) >= 0:
            end = at + length
            if at in found or (at and folded[at - 1].isalnum()):
                continue
            if length > 2 or not folded[end : end + 1].isalnum():
                found[at] = end
    return tuple(sorted(found.items()) if len(found) > 1 else found.items())


def _has_all(line: str, words: list[str]) -> bool:
    folded = line.lower()
    return all(singular(word) in folded for word in words)


def _line_with(reader: Reader, row: Row, words: list[str]) -> str:
    """The first line of a result's texts, or of a context group's codes, with all matched words.

    If none has all, the first with the longest word.
    """
    longest = max(map(singular, words), key=len)
    if row.texts:
        texts = [int(text) for text in row.texts.split(" ", MOST_TEXTS)[:MOST_TEXTS]]
        padded = texts + [0] * (MOST_TEXTS - len(texts))
        lines = reader.rows(LINES_OF_TEXTS, *padded, longest)
    elif row.kind == "context group":
        lines = reader.rows(LINES_OF_CODES, int(row.path.rpartition("/")[2]), longest)
    else:
        return ""
    first = lines[0][0] if lines else ""
    return str(next((line for (line,) in lines if _has_all(line, words)), first))


def _cut(line: str, marks: Marks) -> tuple[str, Marks]:
    """A shortened line, from a little before its first matched word, with its marks."""
    start = max(0, marks[0][0] - BEFORE) if marks else 0
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = start + WIDTH
    end = len(line) if end >= len(line) else max(line.rfind(" ", start, end), start + WIDTH // 2)
    lead = "… " if start else ""
    by = len(lead) - start
    kept = tuple((first + by, last + by) for first, last in marks if last <= end)
    return f"{lead}{line[start:end]}{' …' if end < len(line) else ''}", kept
