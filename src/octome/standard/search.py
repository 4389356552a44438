"""Search over everything that has a page: names first, then text, then names nearly spelt so."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from octome.standard.model.search import Hit, HitKind, SearchPage
from octome.standard.pages.reader import Reader

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"\(?\s*([0-9a-f]{4}|[0-9a-f]{2}xx)\s*,?\s*([0-9a-f]{0,4})\s*\)?", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:section\s+|cid\s*|ps3\.\d+\s+)?([a-z]{0,3}\.?[\d.]*\d[\d.a-z-]*)", re.IGNORECASE
)
LONGEST_QUERY = 200
MOST_WORDS = 8
MOST_HITS = 30
MOST_CANDIDATES = 80
MOST_CORRECTED = 4  # each costs a look at every known word
NEAR = 0.7  # share of letters that agree, edits and swaps counted
DOC = "doc.kind, doc.title, doc.detail, doc.path, doc.edition, doc.folded, doc.weight"

Row = tuple[HitKind, str, str, str, str, str, float]


def search(reader: Reader, edition: str, query: str, limit: int = MOST_HITS) -> SearchPage:
    """What a query finds, the likeliest first.

    Names and other names (keyword, tag in any spelling, UID, section or CID number) come before
    text that holds the words. If nothing does, words are put right by the nearest known ones.
    """
    query = " ".join(query.split())[:LONGEST_QUERY]
    words = WORD.findall(query.casefold())[:MOST_WORDS]
    corrected = None
    found = _find(reader, edition, query, words, limit)
    if not found and words:
        nearest = _nearest_words(reader, words)
        if nearest and nearest != words:
            corrected = " ".join(nearest)
            found = _find(reader, edition, corrected, nearest, limit)
    hits = tuple(
        Hit(kind=kind, title=title, detail=detail, path=path, editions=tuple(editions.split()))
        for kind, title, detail, path, editions, _, _ in found[:limit]
    )
    path = f"/search?{urlencode({'q': query})}"
    return SearchPage(
        path=path,
        edition=edition,
        title=f"Search: {query}",
        query=query,
        corrected=corrected if hits else None,
        hits=hits,
    )


def _find(reader: Reader, edition: str, query: str, words: list[str], limit: int) -> list[Row]:
    found = {row[3]: row for row in _by_number(reader, query, limit)}
    # A query that is a number of something is not searched for in text.
    if words and not found:
        for row in _by_name(reader, edition, query, words):
            found.setdefault(row[3], row)
        if len(found) < limit:
            for row in _by_text(reader, words, limit):
                found.setdefault(row[3], row)
    return list(found.values())


def _by_number(reader: Reader, query: str, limit: int) -> list[Row]:
    """Things whose tag, UID, section or CID number begins with the query."""
    tag = TAG.fullmatch(query)
    numbered = NUMBERED.fullmatch(query)
    keys = {tag[1] + tag[2]} if tag else set()
    # A member of a repeating group is in the dictionary as the group, (60xx,3000).
    keys |= {f"{tag[1][:2]}xx{tag[2]}"} if tag and len(tag[2]) == 4 else set()
    keys |= {numbered[1]} if numbered else set()
    rows: list[Row] = []
    for key in sorted(key.lower() for key in keys):
        rows += reader.rows(
            f"SELECT {DOC} FROM doc WHERE key >= ? AND key < ? "
            "ORDER BY key <> ?, length(key) - length(?) > 4, weight DESC, key LIMIT ?",
            key,
            f"{key}\x7f",
            key,
            key,
            limit,
        )
    return rows


def _by_name(reader: Reader, edition: str, query: str, words: list[str]) -> list[Row]:
    """Things whose title or other name has every word, or begins with it."""
    folded = query.casefold()
    starts = reader.rows(
        f"SELECT {DOC} FROM doc WHERE folded >= ? AND folded < ? "
        "ORDER BY folded <> ?, weight DESC, length(folded) LIMIT 20",
        folded,
        f"{folded}\U0010ffff",
        folded,
    )
    # One or two letters begin thousands of words: the titles that begin so are enough.
    if len("".join(words)) > 2:
        starts += reader.rows(
            f"SELECT {DOC} FROM (SELECT rowid AS id FROM name_index WHERE name_index MATCH ? "
            "ORDER BY bm25(name_index, 3, 1) LIMIT ?) JOIN doc USING (id)",
            _expression(words),
            MOST_CANDIDATES,
        )
    return sorted(dict.fromkeys(starts), key=lambda row: _badness(row, edition, folded, words))


def _badness(row: Row, edition: str, query: str, words: list[str]) -> float:
    """How far back a found name belongs; the smaller the better."""
    editions, title, weight = row[4], row[5], row[6]
    title_words = WORD.findall(title)
    score = len(title_words) * 0.4 - weight
    score += 0 if title == query else 6
    score += 0 if title.startswith(query) else 2
    # A word of the title, whole, is a better match than the beginning of a longer one.
    score -= 1.5 * sum(word in title_words for word in words)
    if editions and f" {edition} " not in editions:
        score += 6
    return score


def _by_text(reader: Reader, words: list[str], limit: int) -> list[Row]:
    """Things whose text has every word."""
    if len("".join(words)) <= 2:
        return []
    found: list[Row] = reader.rows(
        f"SELECT {DOC} FROM text_index JOIN doc ON doc.id = text_index.rowid "
        "WHERE text_index MATCH ? ORDER BY doc.weight DESC LIMIT ?",
        _expression(words),
        limit,
    )
    return found


def _expression(words: list[str]) -> str:
    """Every word, or its beginning, as FTS5 asks for it."""
    return " ".join(f'"{word}"*' for word in words)


def _nearest_words(reader: Reader, words: list[str]) -> list[str]:
    """The words with unknown ones put right; one that is like none is left out."""
    nearest = []
    unknown = 0
    for at, word in enumerate(words):
        if _is_known(reader, word):
            nearest.append(word)
            continue
        unknown += 1
        if unknown <= MOST_CORRECTED:
            near = _nearest_word(reader, word)
            if not near and at == len(words) - 1:
                near = _nearest_beginning(reader, word)
            nearest += [near] if near else []
    return nearest


def _is_known(reader: Reader, word: str) -> bool:
    """Whether a word begins a known one; words of one or two letters pass."""
    query = "SELECT 1 FROM word WHERE word >= ? AND word < ?"
    return len(word) <= 2 or reader.row(query, word, f"{word}\U0010ffff") is not None


def _nearest_word(reader: Reader, word: str) -> str:
    """The known word nearest to one that is misspelt; empty where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    # Words of other lengths cannot have so many letters in common.
    alike = [
        known
        for length, words in reader.vocabulary.items()
        if NEAR * len(word) <= length <= len(word) / NEAR
        for known in words
    ]
    near = process.extractOne(word, alike, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return near[0] if near else ""


def _nearest_beginning(reader: Reader, word: str) -> str:
    """The known word whose beginning is nearest to one that is still being typed; or empty.

    Its first letter is taken for right.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    beginnings = {
        known: known[: len(word)]
        for length, words in reader.vocabulary.items()
        if length > len(word)
        for known in words
        if known[0] == word[0]
    }
    near = process.extractOne(word, beginnings, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return near[2] if near else ""
