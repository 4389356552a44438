"""`/editions`: the editions that are here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from octome.standard.edition import edition_key
from octome.standard.model.edition import EditionIndex, EditionSummary
from octome.standard.model.page import Link
from octome.standard.pages.reader import Reader


def edition_index(reader: Reader, edition: str) -> EditionIndex:
    """The editions that are here, the current one first.

    Of one whose store has to be compiled first only the origin and the parts are known.
    """
    names = reader.editions  # first: it opens the store that some of the names are in
    unread = reader.unread
    known = {name: _not_compiled(name, source) for name, source in unread.items()}
    for ready in reader.ready():  # fetched editions first: they hide packaged ones
        for summary in _summaries(ready):
            first = known.setdefault(summary.id, summary)
            if first.is_compiled and summary.modules > first.modules:
                known[summary.id] = _hiding(first, summary)
    comparisons = tuple(
        Link(f"/editions/{older}..{newer}", f"What changed from {older} to {newer}")
        for newer, older in combinations(sorted(names, key=edition_key, reverse=True), 2)
    )
    return EditionIndex(
        path="/editions",
        edition=edition,
        title="Editions",
        editions=tuple(known.get(name) or _not_compiled(name, "") for name in names),
        comparisons=comparisons,
    )


def _summaries(reader: Reader) -> Iterator[EditionSummary]:
    """The editions of one store."""
    return (
        EditionSummary(
            id=id_,
            title=f"about {title}" if fallback else title,
            source=source,
            dictionary=dictionary,
            note=note,
            has_text=bool(has_text),
            is_current=id_ == reader.current,
            ciods=ciods,
            modules=modules,
            attributes=attributes,
            text_edition=fallback,
        )
        for (
            id_,
            title,
            source,
            dictionary,
            note,
            has_text,
            fallback,
            ciods,
            modules,
            attributes,
        ) in reader.rows(
            "SELECT id, title, source, dictionary, note, has_text, fallback, "
            "(SELECT count(*) FROM ciod WHERE edition = e.id), "
            "(SELECT count(*) FROM attribute_table "
            "WHERE edition = e.id AND path LIKE '/modules/%'), "
            "(SELECT coalesce(sum(places), 0) FROM occurrence "
            "WHERE edition = e.id AND table_path LIKE '/modules/%') "
            "FROM edition e ORDER BY position DESC"
        )
    )


def _hiding(fetched: EditionSummary, packaged: EditionSummary) -> EditionSummary:
    """A fetched edition that says how to have the packaged one back, which has more."""
    more = f"{packaged.ciods} CIODs and {packaged.modules} modules"
    hidden = f"The packaged {packaged.id} ({more}) is hidden by it"
    back = f"octome editions remove {packaged.id} shows it again."
    return replace(fetched, note=f"{fetched.note} {hidden}: {back}".lstrip())


def _not_compiled(name: str, source: str) -> EditionSummary:
    """An edition whose store is not there yet."""
    return EditionSummary(
        id=name,
        title=name,
        source=source,
        dictionary="",
        note="It is compiled when it is first opened.",
        is_compiled=False,
        has_text=False,
        is_current=False,
        ciods=0,
        modules=0,
        attributes=0,
    )
