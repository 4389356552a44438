"""The pages that an unknown path may mean."""

from __future__ import annotations

import re

from octome.standard.model.search import Hit
from octome.standard.pages.ciod import renamed_ciod
from octome.standard.pages.newer import not_listed
from octome.standard.pages.part import missing, part_of
from octome.standard.pages.reader import Reader
from octome.standard.part_list import PARTS, Part
from octome.standard.route import is_there
from octome.standard.search.finding import search
from octome.standard.search.private import private_tag
from octome.standard.search.rows import by_key

MOST = 8
REGISTERED = ("attributes", "uids", "sop-classes", "transfer-syntaxes")
UID_KINDS = ("SOP class", "transfer syntax", "UID")
# What results of a search may be, by the first word of a path; any kind of others.
KINDS_OF_ROOT: dict[str, tuple[str, ...]] = {
    "ciods": ("CIOD", "module", "macro", "attribute"),
    "modules": ("module", "macro", "attribute"),
    "macros": ("module", "macro", "attribute"),
    "attributes": ("attribute", "value representation"),
    "sections": ("section",),
    "parts": ("part", "section"),
    "context-groups": ("context group",),
    "templates": ("template",),
    "codes": ("code",),
    "uids": UID_KINDS,
    "sop-classes": UID_KINDS,
    "transfer-syntaxes": UID_KINDS,
    "confidentiality": (),
    "editions": (),
}
LISTS = {
    "ciods": "CIODs",
    "modules": "Modules",
    "macros": "Macros",
    "attributes": "Attributes",
    "context-groups": "Context groups",
    "templates": "Templates",
    "codes": "Codes",
    "uids": "UIDs",
    "sop-classes": "SOP classes",
    "transfer-syntaxes": "Transfer syntaxes",
    "sections": "Sections",
    "parts": "Sections",
    "confidentiality": "Confidentiality profiles",
    "editions": "Editions",
}
"""The titles of the lists that a missing page of theirs leads to."""
KIND_OF_ROOT: dict[str, str] = {"ciods": "CIOD", "modules": "module", "macros": "macro"}


def nearest_pages(reader: Reader, edition: str, words: list[str]) -> tuple[Hit, ...]:
    """Pages near to a path, the likeliest first.

    The part of a section, the same path in another edition, then similar ids, then the longest
    beginning of the path that has a page, then results of a search for its last word, then the
    list that it would be in.
    """
    found: dict[str, Hit] = {}
    for hit in (
        *_templates(reader, edition, words),
        *_codes(reader, words),
        *_part(reader, edition, words),
        *_in_other_editions(reader, edition, words),
        *_alike(reader, edition, words),
        *_above(reader, edition, words),
        *_searched(reader, edition, words),
        *_list(words),
    ):
        found.setdefault(hit.path, hit)
    return tuple(found.values())[:MOST]


def known_of_private(words: list[str]) -> tuple[str, ...]:
    """What is known of a private tag in a path; nothing for any other path."""
    tag = words[-1].lower() if words else ""
    if words[:1] != ["attributes"] or not re.fullmatch("[0-9a-f]{3}[13579bdf][0-9a-f]{4}", tag):
        return ()
    return private_tag(tag[:4], tag[4:])


def _searched(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """What a search for the last word finds of the kinds that the path may mean.

    A number is not searched for: another number is not near to it. A word alone may mean anything.
    """
    if len(words) == 1 and words[0] not in KINDS_OF_ROOT:
        return list(search(reader, edition, words[0], MOST).hits)
    if not words or not re.search("[A-Za-z]", words[-1]) or known_of_private(words):
        return []
    kinds = KINDS_OF_ROOT.get(words[0])
    query = " ".join(words[-1:] if kinds else words).replace("-", " ")
    found = search(reader, edition, query, MOST)
    if kinds is None:
        return [hit for hit in found.hits if hit.title_marks and not found.corrected]
    if "section" in kinds and re.search("[0-9]", words[-1]):
        # A section around the missing one, not one whose number only looks like it.
        return [hit for hit in found.hits if f"{words[-1]}.".startswith(f"{hit.path[10:]}.")]
    return [hit for hit in found.hits if hit.kind in kinds]


def _list(words: list[str]) -> list[Hit]:
    """The list of all such pages."""
    title = LISTS.get(words[0]) if words else None
    return (
        [_hit("list", title, f"/{'sections' if words[0] == 'parts' else words[0]}")]
        if title
        else []
    )


def why_missing(reader: Reader, edition: str, words: list[str]) -> str:
    """Why a page is not here, and how to get it; empty where its part is whole."""
    if len(words) == 2 and words[0] in REGISTERED and re.search("[0-9]|[a-z][A-Z]", words[1]):
        return not_listed(reader, edition, words[1])
    part = _part_of(reader, words)
    lack = missing(reader, edition, part) if part else ""
    return f"is not here; it would be in {part.name}: {lack}" if part and lack else ""


def _part_of(reader: Reader, words: list[str]) -> Part | None:
    """The part that a path is in; for a coding scheme only where no code is here."""
    is_scheme = words[:1] == ["codes"] and len(words) == 2
    return PARTS[16] if is_scheme and not reader.code_schemes else part_of(words)


def _part(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """The part that the page is in."""
    part = _part_of(reader, words)
    if part is None:
        return []
    found = _hit("part", part.name, f"/parts/{part.number}", missing(reader, edition, part))
    return [found]


def _codes(reader: Reader, words: list[str]) -> list[Hit]:
    """The codes with a value, where the path has no coding scheme."""
    if words[:1] != ["codes"] or len(words) != 2:
        return []
    found = by_key(reader, f"code:{words[1].casefold()}")
    return [_hit("code", row.title, row.path, row.detail) for row in found if row.kind == "code"]


def _templates(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """A template in other editions."""
    if words[:1] != ["templates"]:
        return []
    return [
        Hit(
            kind="template",
            title=name,
            detail=f"in edition {other}",
            path=f"/templates/{words[-1]}",
            editions=(other,),
        )
        for ready in reader.ready()
        for name, other in ready.rows(
            "SELECT name, edition FROM template WHERE tid = ?", words[-1].upper()
        )
        if other != edition
    ]


def _known(reader: Reader, edition: str | None, words: list[str]) -> list[tuple[str, str, str]]:
    """Ids, names and editions of the CIODs or modules at this level of the path."""
    if edition is None:
        return [known for ready in reader.ready() for known in _known_here(ready, None, words)]
    return _known_here(reader, edition, words)


def _known_here(
    reader: Reader, edition: str | None, words: list[str]
) -> list[tuple[str, str, str]]:
    """The same, of one store; of all its editions if None."""
    if words[0] == "ciods" and len(words) == 2:
        query = "SELECT id, name, edition FROM ciod WHERE edition = coalesce(?, edition)"
        return reader.rows(query, edition)
    if words[0] == "ciods" and len(words) > 2:
        query = (
            "SELECT t.id, t.name, t.edition FROM use u "
            "JOIN attribute_table t ON t.edition = u.edition AND t.path = u.path "
            "WHERE u.edition = coalesce(?, u.edition) AND u.ciod = ? AND u.group_tag IS NULL"
        )
        return reader.rows(query, edition, words[1])
    query = (
        "SELECT id, name, edition FROM attribute_table "
        "WHERE edition = coalesce(?, edition) AND path LIKE ?"
    )
    return reader.rows(query, edition, f"/{words[0]}/%")


def _in_other_editions(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """The CIOD or module itself in another edition that has it, by this edition's name."""
    if len(words) < 2 or words[0] not in KIND_OF_ROOT:
        return []
    hits = []
    renamed = renamed_ciod(reader, edition, words)
    if renamed and renamed[1] != words[1]:
        names = {id_: name for id_, name, _ in _known(reader, edition, renamed[:3])}
        # Within the CIOD, the module if that edition has it.
        found = renamed[:3] if renamed[2:3] and renamed[2] in names else renamed[:2]
        title = names.get(found[-1]) or found[1]
        hits.append(_hit("CIOD", title, "/".join(["", *found]), f"for {words[1]}"))
    at = 1 if len(words) == 2 or words[0] != "ciods" else 2
    hits += [
        Hit(
            kind=KIND_OF_ROOT[words[0]],
            title=name,
            detail=f"in edition {other}",
            path="/" + "/".join(words),
            editions=(other,),
        )
        for id_, name, other in _known(reader, None, words)
        if other != edition and id_ == words[at] and _is_whole_there(reader, other, words)
    ]
    return hits


def _is_whole_there(reader: Reader, edition: str, words: list[str]) -> bool:
    """Whether an edition has all of a path, not only the beginning: else it leads back here."""
    other, _ = reader.of(edition)
    return is_there(other, edition, words)


def _alike(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """CIODs or modules with an id similar to the requested one."""
    if len(words) < 2 or words[0] not in KIND_OF_ROOT:
        return []
    from rapidfuzz import fuzz, process

    at = 1 if len(words) == 2 or words[0] != "ciods" else 2
    names = {id_: name for id_, name, _ in _known(reader, edition, words)}
    if words[at] in names:
        return []
    near = process.extract(words[at], list(names), scorer=fuzz.WRatio, limit=5, score_cutoff=75)
    kind = "module" if at == 2 else KIND_OF_ROOT[words[0]]
    return [_hit(kind, names[id_], "/" + "/".join([*words[:at], id_])) for id_, _, _ in near]


def _above(reader: Reader, edition: str, words: list[str]) -> list[Hit]:
    """The module or CIOD that the path begins with, if it is one."""
    if len(words) < 3 or words[0] not in KIND_OF_ROOT:
        return []
    if words[0] == "ciods":
        found = reader.row("SELECT name FROM ciod WHERE edition = ? AND id = ?", edition, words[1])
        module = reader.table(edition, f"/modules/{words[2]}") if len(words) > 3 else None
        if found and module:
            path = f"/ciods/{words[1]}/{words[2]}"
            return [_hit("module", module.name, path, f"in {found[0]}")]
        return [_hit("CIOD", found[0], f"/ciods/{words[1]}")] if found else []
    table = reader.table(edition, f"/{words[0]}/{words[1]}")
    return [_hit(KIND_OF_ROOT[words[0]], table.name, table.path)] if table else []


def _hit(kind: str, title: str, path: str, detail: str = "") -> Hit:
    """A page of the requested edition."""
    return Hit(kind=kind, title=title, detail=detail, path=path, editions=())
