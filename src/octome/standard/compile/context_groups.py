"""The context groups of PS3.16 and the definitions of codes, written into the store."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from octome.standard.compile.address import Addresses
from octome.standard.compile.rows import insert
from octome.standard.compile.texts import Texts
from octome.standard.names import words_of_keyword
from octome.standard.sources.records import (
    Code,
    CodeDefinition,
    ContextGroupRecord,
    EditionRecords,
    SourceText,
)


def write_context_groups(
    db: sqlite3.Connection,
    records: EditionRecords,
    texts: Texts,
    addresses: Addresses,
    titles: Iterable[str],
) -> None:
    """Write the groups of an edition line by line, and its definitions of codes.

    Parameters
    ----------
    records : EditionRecords
        The edition that has them.
    texts : Texts
        Those of all editions: they name the groups of which the source has only the keyword.
    addresses : Addresses
        Where links in what groups and definitions state lead.
    titles : iterable of str
        Other names, which show where the words of a keyword end.
    """

    def number(text: SourceText | None) -> int | None:
        return None if text is None else texts.number(records.edition, text, addresses)

    named = texts.context_group_names()
    words = (*named.values(), *titles)
    known = {word.lower() for title in words for word in re.findall(r"[A-Za-z]{3,}", title)}

    def row(group: ContextGroupRecord) -> tuple[object, ...]:
        name = group.name or named.get(group.cid) or words_of_keyword(group.keyword, known)
        stated = (group.uid, group.version, group.is_extensible)
        return (group.cid, name, *stated, number(group.text), group.url)

    groups = records.context_groups
    lines = [
        (group.cid, position, entry)
        for group in groups
        for position, entry in enumerate(group.entries)
    ]
    codes = [(*at, *entry) for *at, entry in lines if isinstance(entry, Code)]
    included = [(*at, *entry) for *at, entry in lines if not isinstance(entry, Code)]
    insert(db, "context_group", map(row, groups))
    insert(db, "code", codes)
    insert(db, "included_group", included)

    def defined(code: CodeDefinition) -> tuple[object, ...]:
        return (*code[:3], number(code.definition), number(code.notes), code.url)

    insert(db, "code_definition", map(defined, records.code_definitions))
    insert(db, "meta", [("context groups", records.dictionary or records.edition)])
    if records.is_in_standard_order:
        insert(db, "meta", [("context groups in order", "yes")])
