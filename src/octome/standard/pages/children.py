"""What is one step below a path: the branches of the tree, and the completions of a path."""

from __future__ import annotations

from dataclasses import replace

from octome.standard.model.ciod import CiodOrder
from octome.standard.model.page import Child
from octome.standard.pages.ciod import ciods
from octome.standard.pages.ciod_use import modules
from octome.standard.pages.reader import Reader
from octome.standard.pages.recursion import follow
from octome.standard.pages.stored import merged
from octome.standard.search.short_names.ciods import CIODS

ROOTS = (
    "ciods",
    "modules",
    "macros",
    "attributes",
    "sections",
    "sop-classes",
    "uids",
    "transfer-syntaxes",
    "context-groups",
    "codes",
    "templates",
    "confidentiality",
    "editions",
)


def children(
    reader: Reader, edition: str, words: list[str], order: CiodOrder = "standard"
) -> tuple[Child, ...]:
    """The pages one step below a path; none where there is nothing below, or no such path.

    Those of a root of the tree next to every page are kept.
    """
    if words not in (["ciods"], ["modules"], ["macros"]):
        return _below(reader, edition, words, order)
    kept = (edition, words[0], order)
    if kept not in reader.below_roots:
        reader.below_roots[kept] = _below(reader, edition, words, order)
    return reader.below_roots[kept]


def _below(reader: Reader, edition: str, words: list[str], order: CiodOrder) -> tuple[Child, ...]:
    match words:
        case []:
            return tuple(
                Child(
                    path=f"/{root}",
                    title=root.replace("-", " "),
                    has_items=root not in ("confidentiality", "codes"),
                )
                for root in ROOTS
            )
        case ["ciods"]:
            short = short_names(reader, edition)
            return tuple(
                Child(
                    path=ciod.path,
                    title=ciod.name,
                    group=ciod.kind,
                    short=" ".join(short.get(ciod.id, ())),
                    has_items=True,
                )
                for ciod in ciods(reader, edition, order)
            )
        case ["ciods", ciod]:
            return tuple(
                Child(
                    path=use.path,
                    title=use.name,
                    mark=use.usage,
                    group=use.information_entity,
                    has_items=True,
                )
                for use in modules(reader, edition, ciod)
            )
        case ["modules" | "macros" as what]:
            rows = reader.rows(
                "SELECT path, name FROM attribute_table WHERE edition = ? AND path LIKE ? "
                "ORDER BY name COLLATE NOCASE, path",
                edition,
                f"/{what}/%",
            )
            return tuple(Child(path=path, title=name, has_items=True) for path, name in rows)
        case ["ciods", _, module, *tags]:
            return _attributes(reader, edition, f"/modules/{module}", words[:3], tags)
        case ["modules" | "macros", _, *tags]:
            return _attributes(reader, edition, "/".join(["", *words[:2]]), words[:2], tags)
        case ["sections"]:
            rows = reader.rows(
                "SELECT '/sections/' || number, title FROM section WHERE edition = ? "
                "ORDER BY position",
                reader.text_edition(edition),
            )
            return tuple(Child(path=path, title=title) for path, title in rows)
        case ["templates"]:
            rows = reader.rows(
                "SELECT '/templates/' || tid, name FROM template WHERE edition = ? "
                "ORDER BY position",
                edition,
            )
            return tuple(Child(path=path, title=title) for path, title in rows)
        case [root] if root in NUMBERED:
            return tuple(
                Child(path=path, title=title) for path, title in reader.rows(NUMBERED[root])
            )
    return ()


def short_names(reader: Reader, edition: str) -> dict[str, list[str]]:
    """What people call each CIOD in short, by its id."""
    names: dict[str, list[str]] = {}
    for name, ids in CIODS.items():
        for id_ in ids:
            names.setdefault(id_, []).append(name)
    found: dict[str, list[str]] = {}
    # Short names know the newest ids; an older edition's CIOD has another one.
    for id_, named in reader.rows(
        "SELECT o.id, n.id FROM ciod o JOIN ciod n ON n.same_as = o.same_as WHERE o.edition = ?",
        edition,
    ):
        if named in names:
            found[id_] = names[named]
    return found


NUMBERED = {
    "attributes": (
        "SELECT DISTINCT '/attributes/' || keyword, name FROM term WHERE keyword <> '' ORDER BY 1"
    ),
    "sop-classes": (
        "SELECT '/sop-classes/' || uid, name FROM uid "
        "WHERE type LIKE '%SOP Class' ORDER BY position"
    ),
    "uids": "SELECT '/uids/' || uid, name FROM uid ORDER BY position",
    "transfer-syntaxes": (
        "SELECT '/transfer-syntaxes/' || uid, name FROM uid "
        "WHERE type = 'Transfer Syntax' ORDER BY position"
    ),
    "context-groups": "SELECT '/context-groups/' || cid, name FROM context_group ORDER BY cid",
}


def _attributes(
    reader: Reader, edition: str, table_path: str, words: list[str], tags: list[str]
) -> tuple[Child, ...]:
    """The attributes of a module or macro, or those in the items that a path of tags leads to."""
    table = reader.table(edition, table_path)
    if table is None:
        return ()
    known = [tag for word in tags if (tag := reader.tag(edition, word))]
    trail = follow(reader, edition, table.level, known)
    if trail is None or len(known) < len(tags):
        return ()
    uses = [line.use("") for line in merged(reader.lines_of(edition, trail.levels[-1]))]
    held = {use.tag for use in uses}
    again = trail.repetition(reader)
    if again:
        there = merged(reader.lines_of(edition, trail.levels[again.depth]))
        repeated = (line.use("") for line in there if line.tag in {*again.tags} - held)
        uses += [replace(use, has_items=False) for use in repeated]
    above = "/".join(["", *words, *tags])
    return tuple(
        Child(
            path=f"{above}/{use.tag}",
            title=use.name,
            mark=use.type or "",
            tag=use.display_tag,
            vr=use.vr,
            detail=f"if Value Type is {use.value_types}" if use.value_types else "",
            has_items=use.has_items,
            repeats=use.tag not in held,
        )
        for use in uses
    )
