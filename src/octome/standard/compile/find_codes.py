"""The context groups, coding schemes and codes that a search can find."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from octome.standard.compile.doc import Doc
from octome.standard.names import code_path, scheme_path
from octome.standard.search.short_names.schemes import SCHEMES
from octome.standard.search.squash import squash

# What people type around the name of a coding scheme.
AROUND = ("{}", "{}code", "{}codes", "{}unit", "{}units", "{}codingscheme", "codingscheme{}")


def context_groups(db: sqlite3.Connection) -> Iterator[Doc]:
    """The context groups; the body of each is the codes that it lists itself."""
    listed: dict[int, list[str]] = defaultdict(list)
    for cid, value, meaning in db.execute("SELECT cid, value, meaning FROM code"):
        listed[cid].append(f"{value} {meaning}")
    uids = dict(db.execute("SELECT cid, uid FROM context_group WHERE uid <> ''"))
    for cid, name, count in db.execute("SELECT cid, name, codes FROM counted_group ORDER BY cid"):
        yield Doc(
            "context group",
            f"/context-groups/{cid}",
            name,
            f"CID {cid}, {count} code{'s' * (count != 1)}",
            weight=1,
            keys=(f"cid:{cid}", f"uid:{uids[cid]}") if cid in uids else (f"cid:{cid}",),
            alias=f"CID {cid} CID{cid}",
            body=" ".join(listed[cid]),
        )


def codes(db: sqlite3.Connection, words: Mapping[int, str]) -> Iterator[Doc]:
    """The codes, by their values, meanings and definitions."""
    meanings = {
        (scheme, value): (meaning, definition)
        for scheme, value, meaning, definition in (
            *db.execute("SELECT scheme, value, meaning, NULL FROM template_code"),
            *db.execute(
                "SELECT scheme, value, meaning, NULL FROM code "
                "GROUP BY scheme, value, meaning ORDER BY meaning <> '', count(*)"
            ),
            *db.execute("SELECT scheme, value, meaning, definition FROM code_definition"),
        )
    }
    for (scheme, value), (meaning, definition) in meanings.items():
        yield Doc(
            "code",
            code_path(scheme, value),
            meaning or value,
            f"{value}, {scheme}",
            weight=0.2,
            keys=(f"code:{value.casefold()}", *_key_of(meaning)),
            body=f"{meaning} {words.get(definition, '')}",
            texts=() if definition is None else (definition,),
            by_name=False,  # there are thousands, with the names of everything
        )


def schemes(db: sqlite3.Connection) -> Iterator[Doc]:
    """The list of the codes of each coding scheme that is here."""
    names = {scheme: [squash(scheme)] for scheme in _schemes_here(db)}
    for name, scheme in SCHEMES.items():
        if scheme in names:
            names[scheme].append(name)
    for scheme, known in names.items():
        yield Doc(
            "list",
            scheme_path(scheme),
            f"Codes of {scheme}",
            "PS3.16",
            weight=3,
            keys=tuple(dict.fromkeys(f"name:{of.format(name)}" for name in known for of in AROUND)),
            alias=f"coding scheme {' '.join(known)}",
        )


def _schemes_here(db: sqlite3.Connection) -> list[str]:
    query = " UNION ".join(
        f"SELECT scheme FROM {table}" for table in ("code", "code_definition", "template_code")
    )
    return [scheme for (scheme,) in db.execute(query)]


def _key_of(meaning: str) -> tuple[str, ...]:
    return (f"meaning:{key}",) if (key := squash(meaning)) else ()
