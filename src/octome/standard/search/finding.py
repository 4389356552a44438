"""Search over everything that has a page: numbers, short names, names, values, then text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from octome.errors import UnknownOption
from octome.standard.model.search import HIT_KINDS, SearchPage
from octome.standard.pages.reader import Reader
from octome.standard.part_list import is_topic
from octome.standard.search import by_number
from octome.standard.search.abbreviation import keys_of_short
from octome.standard.search.code_meaning import named_codes, titled_codes, with_meaning
from octome.standard.search.described import described
from octome.standard.search.numbers import Number, number_within, numbers
from octome.standard.search.part_topic import topic_rows
from octome.standard.search.questions import answers
from octome.standard.search.ranking import Sought, badness, has_all, mixed, sought_by
from octome.standard.search.renamed import with_own_names
from octome.standard.search.rows import LAST, Row, by_folded, by_key, by_name, by_text, rows
from octome.standard.search.scoped import INSTANCES, scoped
from octome.standard.search.shouted import shouted_values, shouted_vr
from octome.standard.search.shown import hits
from octome.standard.search.spelling import are_known, joined, nearest_words, whole_words
from octome.standard.search.squash import squash
from octome.standard.search.synonyms import without_question
from octome.standard.search.typed_code import without_code
from octome.standard.search.within import names_joined, names_within
from octome.standard.search.wording import (
    KINDS_OF_TWO_WORDS,
    expression,
    humps,
    named_kind,
    text_expression,
    words_of_query,
)
from octome.standard.search.written_out import respelt, with_frame_of_reference

LONGEST_QUERY = 200
MOST_HITS = 30
MOST_CANDIDATES = 80
MOST_BEGUN = 20
MOST_VALUES = 5
ENOUGH_NAMED = 8  # found by name: then no text is searched
MOST_TEXTS_OF_NAME = 4
FEW_DESCRIBED = 3  # before codes
# The attribute; "CT modality" and "modality CT" name a kind of images.
MODALITY_OF = re.compile(r"(?:the\s+)?modality\s+(?:of|in|for)\s", re.IGNORECASE)
FEW = 3  # found by name: then other words for the query are tried too


@dataclass(kw_only=True)
class Found:
    """The results so far, in order, each once; and the notes."""

    rows: dict[int, Row] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    corrected: str | None = None
    words: list[str] = field(default_factory=list)
    by_text: set[int] = field(default_factory=set)
    topics: list[Row] = field(default_factory=list)  # sections about it, or parts not here
    shouted: list[Row] = field(default_factory=list)  # with values that the query has in capitals
    is_topic: bool = False  # the whole query is one

    def add(self, more: Iterable[Row], *, by_text: bool = False) -> None:
        """Add new results; `by_text`: found by the words of their text."""
        for row in more:
            if row.id not in self.rows:
                self.rows[row.id] = row
                if by_text:
                    self.by_text.add(row.id)

    def add_written_out(self, reader: Reader, words: list[str]) -> None:
        """Add a few pages that have the words that a query abbreviates."""
        for longer in respelt(words):
            match = text_expression(longer, whole_words(reader, longer))
            if named := by_name(reader, match, FEW) or titled_codes(reader, longer):
                self.add(named)
            else:
                self.add(by_text(reader, match, FEW), by_text=True)

    def add_described(self, reader: Reader, words: list[str]) -> None:
        """Add pages that have other words for the query, or that some of its words name."""
        whole, most = described(reader, words)
        self.add(whole[:FEW_DESCRIBED])
        meant = [word for word in words if word not in INSTANCES] or words
        for spelt in (meant, *respelt(meant)):
            self.add(titled_codes(reader, spelt))
        self.add(whole)
        self.add(names_within(reader, words))
        self.add(most)


def search(
    reader: Reader, edition: str, query: str, limit: int = MOST_HITS, kind: str | None = None
) -> SearchPage:
    """The results of a query, the likeliest first.

    A number of some kind (tag, UID, section, template, code) leads to its page, and nothing else is
    searched. Then come short names, names and other names, values, and text with the words. If
    nothing is found, unknown words are replaced by the nearest known ones.

    Parameters
    ----------
    kind : str, optional
        The only kind of result to show, one of `HIT_KINDS` in any case.

    Raises
    ------
    UnknownOption
        There is no such kind.
    """
    kind = _known_kind(kind)
    query = " ".join(query.split())[:LONGEST_QUERY]
    typed = with_frame_of_reference(without_code(query))
    found = Found(words=words_of_query(typed))
    if (
        not any(
            number and _find_number(reader, edition, number, found, limit)
            for number in (typed, number_within(typed))
        )
        and not _find_scoped_tag(reader, typed, found, limit)
        and found.words
    ):
        _find_words(reader, edition, typed, found, limit)
    if kind and found.words and not numbers(query):
        # The other kinds may have used up the limit.
        whole = whole_words(reader, found.words)
        found.add(_by_text(reader, found.words, whole, limit, kind), by_text=True)
    ranked = with_own_names(reader, edition, found.rows.values())
    kinds = [row.kind for row in ranked]
    chosen = [row for row in ranked if kind in (None, row.kind)][:limit]
    return SearchPage(
        path=f"/search?q={quote_plus(query)}{f'&kind={quote_plus(kind)}' if kind else ''}",
        edition=edition,
        title=f"Search: {query}",
        query=query,
        corrected=found.corrected if ranked else None,
        hits=hits(reader, chosen, found.words, found.by_text),
        notes=(*by_number.keyword_not_here(reader, edition, query, ranked), *found.notes),
        kind=kind,
        kinds=tuple((each, kinds.count(each)) for each in dict.fromkeys(kinds)),
    )


def _known_kind(kind: str | None) -> str | None:
    """A kind of result in its usual spelling."""
    if kind is None:
        return None
    for known in HIT_KINDS:
        if known.casefold() == kind.casefold():
            return known
    raise UnknownOption(
        f"there is no kind {kind[:100]!r}; the kinds are {', '.join(HIT_KINDS)}",
        option="kind",
        found=kind[:100],
        known=list(HIT_KINDS),
    )


def _find_number(reader: Reader, edition: str, query: str, found: Found, limit: int) -> bool:
    """Find results for the query as a number; returns whether it can be nothing else."""
    if keys_of_short(squash(query)):
        return False
    known = numbers(query)
    sure = [number for number in known if _add_number(reader, number, found, limit)]
    if sure or found.rows:
        found.words = [known[-1].said.casefold()]
    if sure and (not found.rows or sure[0].kind == "part"):
        _note_missing(reader, edition, sure[0], found, limit)
    return bool(sure) or bool(found.rows)


def _find_scoped_tag(reader: Reader, query: str, found: Found, limit: int) -> bool:
    """Find a short tag in something, such as "28,30 in CT"."""
    tagged, scope = by_number.scoped_tag(reader, query, limit)
    found.add(tagged)
    found.words = scope if tagged else found.words
    return bool(tagged)


def _add_number(reader: Reader, number: Number, found: Found, limit: int) -> bool:
    """Add results with a number; returns whether the query can be nothing else."""
    if number.kind == "code":
        found.add(by_number.with_code(reader, number, limit), by_text=True)
    else:
        found.add(by_number.found_by(reader, number, limit))
    return number.is_sure


def _note_missing(reader: Reader, edition: str, number: Number, found: Found, limit: int) -> None:
    if number.kind == "tag" and (private := _private(number)):
        found.notes += private
        return
    if ending := by_number.ending(reader, number, limit):
        found.add(ending)
        return
    found.notes.append(by_number.not_here(reader, number, edition))
    found.add(by_number.near(reader, number, limit))
    if number.part:
        found.add(by_key(reader, f"part:{number.part}")[:1])
    if number.kind not in ("tag", "UID", "part") and not (number.part and number.kind == "section"):
        found.add(by_number.mentions(reader, number.said, limit), by_text=True)


def _private(number: Number) -> tuple[str, ...]:
    """The notes for a tag of an odd group; none for another tag."""
    group, element = number.said[1:5], number.said[6:10]
    try:
        is_private = int(group, 16) % 2 == 1 and int(group, 16) > 8 and int(element, 16) >= 0
    except ValueError:
        return ()
    if not is_private:
        return ()
    from octome.standard.search.private import private_tag

    return private_tag(group.lower(), element.lower())


def _find_words(reader: Reader, edition: str, query: str, found: Found, limit: int) -> None:
    kind, words = (None, found.words) if MODALITY_OF.match(query) else named_kind(found.words)
    found.words = words = joined(reader, words)
    notes, found.topics = topic_rows(
        reader, edition, " ".join(words) if kind in KINDS_OF_TWO_WORDS.values() else query
    )
    found.notes += notes
    found.is_topic = is_topic(query)
    found.shouted = shouted_vr(reader, query) or shouted_values(reader, query)
    found.add(names_joined(reader, query))
    found.add(named_codes(reader, query, limit))
    found.add(answers(reader, query, words))
    _find_named(reader, sought_by(edition, query, words, kind), words, found, limit)
    if kind and not any(row.kind == kind for row in found.rows.values()):
        # The word does not name a kind here: "modality list" is no list of CIODs.
        words, kind = words_of_query(query), None
        found.rows, found.words = {}, words
        _find_named(reader, sought_by(edition, query, words, kind), words, found, limit)
    if not found.rows and (split := words_of_query(humps(query))) != words:
        found.words = split
        _find_named(reader, sought_by(edition, query, split, kind), split, found, limit)
    if found.by_text.issuperset(found.rows):
        # At most texts mention it.
        found.notes += by_number.nowhere(numbers(query), edition)
        from octome.standard.search.private import is_private_creator, private_creator

        if not found.rows or is_private_creator(query):
            found.notes += (creators := private_creator(query))
            if creators:
                return
    if found.rows:
        return
    nearest = nearest_words(reader, words)
    if nearest and nearest != words:
        found.words, found.corrected = nearest, " ".join(nearest)
        sought = sought_by(edition, found.corrected, nearest, kind)
        _find_named(reader, sought, nearest, found, limit)
    if not found.rows:
        found.add_described(reader, words)
    if not found.rows and len(words) > 1:
        # No page has all the words: take those with most of them.
        known = nearest or words
        found.add(_by_any_name(reader, sought_by(edition, query, known, kind), known))
        if found.rows:
            found.corrected = None
            found.notes.append("No page has all these words; these have some of them.")


def _find_named(reader: Reader, sought: Sought, words: list[str], found: Found, limit: int) -> None:
    """Find by short name, name, value and text."""
    whole = whole_words(reader, words)
    named = _by_name(reader, sought, words, whole)
    short = _by_short_name(reader, sought, words)
    exact = [row for row in named if row.folded == sought.name and not row.edition]
    is_begun = bool(named) and named[0].folded.startswith(sought.name)
    if all(row.kind != sought.kind for row in short[:1]):
        found.add(row for row in named[:1] if row.kind == sought.kind)
    found.add(short[:1])
    found.add(exact[:1])
    is_one = len(words) == 1 and not (short or has_all(named[:1], sought))
    if is_one and not (exact or by_key(reader, f"name:{sought.name}")):
        found.add_written_out(reader, words)
    if is_begun or not found.is_topic:
        found.add(named[:1])
    found.add(found.topics)
    found.add(short)
    # A context group may have the name of what is in images: "PET units".
    if not short and len(words) > 1 and all(row.kind == "context group" for row in exact):
        found.add(scoped(reader, sought.edition, words))
    if not (exact or short) and len(words) > 1:
        found.add(found.shouted)
        short = _by_short_names(reader, words)
        found.add(short)
    values = by_key(reader, f"value:{sought.name}")[:MOST_VALUES] if sought.name else []
    if not (is_begun or short) or (sought.is_shouted and not exact):
        found.add(values)
    if len(named) >= FEW and len(words) > 1 and whole.issuperset(words) and not (is_begun or short):
        # All words, but as part of longer names: another name may mean just that.
        found.add(named[:2])
        meant = described(reader, words)[0]
        found.add([row for row in meant if row not in named][:1])
    found.add(named)
    found.add(values)
    if not (named or short or values):
        found.add(with_meaning(reader, sought.name))
    is_known = bool(named or found.topics) or are_known(reader, words)
    texts: list[Row] = []
    if len(found.rows) < min(limit, ENOUGH_NAMED):
        # A whole name was typed: a few texts are enough.
        most = min(limit, MOST_TEXTS_OF_NAME) if exact else limit
        texts = _by_text(reader, words, whole, most)
    if (is_known or texts) and len(named) < FEW and not (short or values or exact):
        _find_other_words(reader, sought, words, found)
    if len(found.rows) < min(limit, ENOUGH_NAMED):
        found.add(texts, by_text=True)


def _find_other_words(reader: Reader, sought: Sought, words: list[str], found: Found) -> None:
    """Find by the words of a question, by abbreviations, and by what the words mean."""
    for other in (*without_question(words), *respelt(words)):
        same = sought_by(sought.edition, " ".join(other), other, sought.kind)
        found.add(_by_short_name(reader, same, other))
        found.add(_by_name(reader, same, other, whole_words(reader, other)))
    found.add_described(reader, words)


def _by_short_name(reader: Reader, sought: Sought, words: list[str]) -> list[Row]:
    """The pages that the query abbreviates."""
    keys = keys_of_short(sought.name) or keys_of_short("".join(words))
    if not keys and len(words) == 2:
        keys = keys_of_short("".join(reversed(words)))
    found = [row for key in keys for row in by_key(reader, key)]
    if sought.kind == "SOP class":
        found += [sop for row in found for sop in by_folded(reader, f"{row.folded}storage")]
    if sought.kind:
        found.sort(key=lambda row: row.kind != sought.kind)
    return found


def _by_short_names(reader: Reader, words: list[str]) -> list[Row]:
    """The pages that each word of the query abbreviates; none unless all do."""
    of_each = [keys_of_short(word) for word in words]
    return [row for keys in of_each for row in by_key(reader, keys[0])] if all(of_each) else []


def _by_name(reader: Reader, sought: Sought, words: list[str], whole: set[str]) -> list[Row]:
    """Pages whose title or other name has every word, or begins with it if not all are whole."""
    names = dict.fromkeys((sought.name, squash("".join(words))))
    found = [row for name in names for row in by_key(reader, f"name:{name}")]
    keyed = {row for row in found if sought.kind in (None, row.kind) or row.folded == sought.name}
    for name in filter(None, names):
        found += rows(
            reader,
            "SELECT id FROM doc WHERE folded >= ? AND folded < ? ORDER BY folded <> ?, id LIMIT ?",
            name,
            name + LAST,
            name,
            MOST_BEGUN,
        )
    # One or two letters begin thousands of words: only titles are searched.
    if len("".join(words)) > 2:
        is_whole = whole.issuperset(words)
        match = text_expression(words, whole) if is_whole else expression(words)
        found += by_name(reader, match, MOST_CANDIDATES)
    by_rank = sorted(dict.fromkeys(found), key=lambda row: badness(row, sought))
    if len(sought.words) == 1:
        by_rank = mixed(by_rank)
    return sorted(by_rank, key=lambda row: row not in keyed)


def _by_any_name(reader: Reader, sought: Sought, words: list[str]) -> list[Row]:
    """Pages whose names have some of the words, those with more of them first."""
    long = [word for word in words if len(word) > 2]
    if not long:
        return []
    found = by_name(reader, " OR ".join(f'"{word}"*' for word in long), MOST_CANDIDATES)
    return sorted(found, key=lambda row: badness(row, sought))


def _by_text(
    reader: Reader, words: list[str], whole: set[str], limit: int, kind: str | None = None
) -> list[Row]:
    """Pages, of one kind or of any, whose text has every word."""
    if len("".join(words)) <= 2:
        return []
    # A number is not the beginning of a longer one.
    match = text_expression(words, whole | set(filter(str.isdecimal, words)))
    if kind is None:
        return by_text(reader, match, limit)
    return rows(
        reader,
        "SELECT doc.id FROM text_index JOIN doc ON doc.id = text_index.rowid "
        "WHERE text_index MATCH ? AND doc.kind = ? ORDER BY text_index.rowid LIMIT ?",
        match,
        kind,
        limit,
    )
