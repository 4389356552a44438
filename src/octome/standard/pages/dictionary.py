"""`/attributes` and `/attributes/<tag or keyword>`: the data dictionary and where it is used."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from octome.standard.model.dictionary import (
    AttributeEntry,
    AttributeIndex,
    AttributeUser,
    Occurrence,
    Term,
)
from octome.standard.model.page import Link
from octome.standard.model.text import Text
from octome.standard.pages.attribute import description_at
from octome.standard.pages.confidentiality import protection
from octome.standard.pages.history import history_of_term
from octome.standard.pages.lacking_text import lacking_text
from octome.standard.pages.reader import Reader
from octome.standard.pages.table import users
from octome.standard.pages.value_representation import value_representation

OUTSIDE_OF_MODULES = {
    "0000": "A command element: part of messages, not of data sets (PS3.7).",
    "0002": "A file meta element: in front of the data set of a file (PS3.10).",
    "fffe": "It delimits sequences and their items where they are encoded (PS3.5).",
}
"""Groups whose elements are in no module, and where they are."""


def attribute_index(
    reader: Reader, edition: str, group: str = "", vr: str = "", words: str = ""
) -> AttributeIndex:
    """The groups of the dictionary, and the attributes of one; of 0008 if none is requested.

    With a value representation, the attributes that have it, alone or among others. With words,
    those of any group that have all of them in their name, keyword or tag.
    """
    groups = tuple(
        (name, count)
        for name, count in reader.rows(
            "SELECT substr(tag, 1, 4), count(*) FROM term WHERE edition = ? GROUP BY 1", edition
        )
    )
    if vr:
        described, group = value_representation(reader, edition, vr), ""
        terms = terms_of(reader, edition, "*", vr)
    elif words.strip():
        described, group = None, ""
        terms = tuple(term for term in terms_of(reader, edition, "*") if _has(term, words))
    else:
        described, group = None, group.lower() if group.lower() in dict(groups) else "0008"
        terms = terms_of(reader, edition, f"{group}*")
    return AttributeIndex(
        path=f"/attributes/{vr}" if vr else "/attributes",
        edition=edition,
        title=described.title if described else "Attributes",
        dictionary=reader.dictionaries[edition],
        groups=groups,
        group=group,
        vr=described,
        words=words.strip(),
        terms=terms,
    )


def _has(term: Term, words: str) -> bool:
    """Whether an attribute has all of some words in its name, keyword or tag."""
    its_own = f"{term.name} {term.keyword} {term.tag} {term.display_tag}".casefold()
    return all(word in its_own for word in words.casefold().split())


def terms_of(reader: Reader, edition: str, tags: str, vr: str = "") -> tuple[Term, ...]:
    """The lines of the dictionary whose tags fit a pattern, by tag; of one VR, or all."""
    return tuple(
        Term(
            tag=term.tag,
            keyword=term.keyword,
            name=term.name,
            vr=term.vr,
            vm=term.vm,
            is_retired=bool(term.is_retired),
            path=f"/attributes/{term.tag}",
        )
        for term in reader.terms(edition, tags)
        if not vr or vr in term.vr.split(" or ")
    )


def attribute_entry(reader: Reader, edition: str, word: str) -> AttributeEntry | None:
    """An attribute by tag or keyword, and what uses it; None where the dictionary has no such.

    A tag of a repeating group, `60020010`, is the group's, `60xx0010`.
    """
    tag = reader.tag(edition, word)
    if tag is None:
        return None
    found = reader.row(
        "SELECT tag, keyword, name, vr, vm, is_retired FROM term WHERE edition = ? AND "
        "(tag = ? OR tag = ?) ORDER BY tag = ? DESC",
        edition,
        tag,
        f"{tag[:2]}xx{tag[4:]}",
        tag,
    )
    if found is None:
        return None
    tag, keyword, name, vr, vm, retired = found
    occurrences: dict[str, list[Occurrence]] = {}
    titles: dict[str, str] = {}
    urls: dict[str, str | None] = {}
    for path, title, url, type_, places, nearest in reader.rows(
        "SELECT o.table_path, t.name, t.url, o.type, o.places, o.path FROM occurrence o "
        "JOIN attribute_table t ON t.edition = o.edition AND t.path = o.table_path "
        "WHERE o.edition = ? AND o.tag = ? "
        "ORDER BY t.path LIKE '/macros/%', t.name, t.path, o.places DESC",
        edition,
        tag,
    ):
        titles[path], urls[path] = title, url
        occurrences.setdefault(path, []).append(Occurrence(type_ or None, places, nearest))
    ciods_of_table = users(reader, edition, list(occurrences))
    general = {path for path, url in urls.items() if url and "/sect_C.8" not in url}
    used_by = tuple(
        sorted(
            (
                AttributeUser(
                    Link(path, titles[path]),
                    "macro" if path.startswith("/macros/") else "module",
                    tuple(found_here),
                    tuple(ciods_of_table.get(path, ())),
                )
                for path, found_here in occurrences.items()
            ),
            key=lambda user: prominence(user, general),
        )
    )
    described_at, description = described(reader, edition, used_by)
    return AttributeEntry(
        path=f"/attributes/{tag}",
        edition=edition,
        title=name or tag,
        tag=tag,
        keyword=keyword,
        vr=vr,
        vm=vm,
        is_retired=bool(retired),
        is_use_known=reader.row("SELECT 1 FROM occurrence WHERE edition = ?", edition) is not None,
        why_unused="" if used_by else _why_unused(reader, edition, tag, is_retired=bool(retired)),
        dictionary=reader.dictionaries[edition],
        description=description,
        why_no_description=lacking_text(reader, edition) if used_by and not description else "",
        described_by=described_at,
        protection=protection(reader, edition, tag),
        history=history_of_term(reader, tag),
        used_by=used_by,
        ciods=len({use.ciod.path for user in used_by for use in user.ciods}),
    )


def _why_unused(reader: Reader, edition: str, tag: str, *, is_retired: bool) -> str:
    if tag[:4] in OUTSIDE_OF_MODULES:
        return OUTSIDE_OF_MODULES[tag[:4]]
    if is_retired or not reader.is_partial[edition]:
        return ""
    return f"{reader.notes[edition]} octome sync {edition} fetches the whole edition."


def nearest_place(user: AttributeUser) -> str:
    """Where a module or macro has an attribute with the fewest sequences around it."""
    return min((occurrence.path for occurrence in user.occurrences), key=_depth)


def described(
    reader: Reader, edition: str, users_of_it: Sequence[AttributeUser]
) -> tuple[Link | None, Text | None]:
    """Where the first use that has a text has it, and the text; the first use if none has one."""
    for user in users_of_it:
        text = description_at(reader, edition, nearest_place(user))
        if text is not None:
            return Link(nearest_place(user), user.table.title), text
    first = users_of_it[0] if users_of_it else None
    return (Link(nearest_place(first), first.table.title) if first else None), None


def prominence(
    user: AttributeUser, general: Collection[str]
) -> tuple[bool, int, bool, bool, int, int]:
    """Sorts what uses an attribute by where people look for it first.

    Modules of no CIOD last; where it is in the fewest sequences; modules before macros; for an
    attribute in no sequence, modules for all modalities before those of one (PS3.3 C.8); then what
    most CIODs use; then what has the shortest name, as X-Ray Generation before X-Ray Acquisition
    Dose. Pixel Spacing is first that of Image Plane.

    Parameters
    ----------
    general : collection of str
        The paths of what is known not to be of one modality.
    """
    depth = _depth(nearest_place(user))
    return (
        user.what == "module" and not user.ciods,
        depth,
        user.what == "macro",
        depth == 1 and user.table.path not in general,
        -len(user.ciods),
        len(user.table.title),
    )


def _depth(path: str) -> int:
    """How many tags a path below a module or macro has."""
    return len(path.split("/")) - 3
