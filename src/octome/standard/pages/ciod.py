"""`/ciods` and `/ciods/<ciod>`."""

from __future__ import annotations

from octome.standard.ciod_category import CIOD_CATEGORIES
from octome.standard.edition import edition_key
from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.model.ciod import (
    CiodIndex,
    CiodOrder,
    CiodPage,
    CiodSummary,
    SopClass,
)
from octome.standard.model.page import Link
from octome.standard.model.usage import FunctionalGroupUse, ModuleUse
from octome.standard.names import FUNCTIONAL_GROUPS
from octome.standard.official import official_url, part_url
from octome.standard.pages.history import history_of_ciod
from octome.standard.pages.reader import Reader
from octome.standard.pages.same_ciod import same_ciods


def ciods(reader: Reader, edition: str, order: CiodOrder = "standard") -> tuple[CiodSummary, ...]:
    """The CIODs of an edition, in the requested order."""
    found = [
        CiodSummary(id_, name, f"/ciods/{id_}", kind)
        for id_, name, kind in reader.rows(
            "SELECT id, name, kind FROM ciod WHERE edition = ? ORDER BY position", edition
        )
    ]
    if order == "name":
        found.sort(key=lambda ciod: ciod.name.casefold())
    elif order == "kind":
        found.sort(key=lambda ciod: (CIOD_CATEGORIES.index(ciod.kind), ciod.name.casefold()))
    return tuple(found)


def ciod_index(reader: Reader, edition: str, order: CiodOrder = "standard") -> CiodIndex:
    """The list of CIODs."""
    return CiodIndex(
        path="/ciods",
        edition=edition,
        title="Composite Information Object Definitions",
        order=order,
        ciods=ciods(reader, edition, order),
        text_edition=reader.fallbacks[edition],
        note=reader.why_empty(edition),
    )


def modules(reader: Reader, edition: str, ciod: str) -> tuple[ModuleUse, ...]:
    """The modules of a CIOD, in its order."""
    return tuple(
        ModuleUse(
            id=id_,
            name=name,
            path=f"/ciods/{ciod}/{id_}",
            usage=usage,
            information_entity=entity,
            condition=reader.text(condition),
        )
        for id_, name, usage, entity, condition in reader.rows(
            "SELECT t.id, t.name, u.usage, u.information_entity, u.condition "
            "FROM use u JOIN attribute_table t ON t.edition = u.edition AND t.path = u.path "
            "WHERE u.edition = ? AND u.ciod = ? AND u.group_tag IS NULL ORDER BY u.position",
            edition,
            ciod,
        )
    )


def ciod_page(reader: Reader, edition: str, ciod: str) -> CiodPage | None:
    """One CIOD; None where the edition does not have it."""
    found = reader.row(
        "SELECT name, kind, text, url FROM ciod WHERE edition = ? AND id = ?",
        edition,
        ciod,
    )
    if found is None:
        return None
    name, kind, text, url = found
    used = modules(reader, edition, ciod)
    here = Link(f"/ciods/{ciod}", name)
    others = elsewhere(reader, edition, ciod)
    classes = reader.rows(
        "SELECT s.uid, u.name, u.is_retired FROM sop_class s "
        "LEFT JOIN uid u ON u.uid = s.uid "
        "WHERE s.edition = ? AND s.ciod = ? ORDER BY u.position",
        edition,
        ciod,
    )
    return CiodPage(
        path=f"/ciods/{ciod}",
        edition=edition,
        title=name,
        id=ciod,
        kind=kind,
        description=reader.text(text),
        modules=used,
        functional_groups=functional_groups(reader, edition, ciod, used),
        sop_classes=tuple(
            SopClass(
                uid=uid,
                name=uid_name or (f"{name} Storage" if len(classes) == 1 else uid),
                path=f"/uids/{uid}",
                ciod=here,
                is_retired=bool(retired),
            )
            for uid, uid_name, retired in classes
        ),
        standard_url=official_url(url, reader.dated(edition)) if url else None,
        part_url=None if url else part_url(3, reader.dated(edition)),
        elsewhere=others,
        history=history_of_ciod(reader, f"/ciods/{ciod}", [edition, *dict(others)]),
    )


def functional_groups(
    reader: Reader, edition: str, ciod: str, used: tuple[ModuleUse, ...]
) -> tuple[FunctionalGroupUse, ...]:
    """The functional group macros of a CIOD, each with the paths of its sequence."""
    paths_of: dict[str, list[str]] = {}
    named = [f"/modules/{ciod}-{base}" for base in FUNCTIONAL_GROUPS]
    places = {f"/modules/{module.id}": module.path for module in used}
    # The source does not list the table of a CIOD's sparse groups, which is named for the CIOD.
    places |= {path: path for path in named if path not in places}
    for table_path, place in places.items():
        table = reader.table(edition, table_path)
        for parent in (SHARED, PER_FRAME):
            for line in reader.lines(edition, table.level, parent) if table else ():
                for group in reader.lines(edition, line.items) if line.items is not None else ():
                    paths_of.setdefault(group.tag, []).append(f"{place}/{parent}/{group.tag}")
    groups = []
    for path, tag, usage, usage_edition, condition, placement, name, keyword in reader.rows(
        "SELECT u.path, u.group_tag, u.usage, u.usage_edition, u.condition, u.placement, "
        "(SELECT name FROM attribute_table WHERE path = u.path AND edition IN (?1, ?3) "
        "ORDER BY edition = ?1 DESC), t.name FROM use u "
        "LEFT JOIN term t ON t.edition = u.edition AND t.tag = u.group_tag "
        "WHERE u.edition = ?1 AND u.ciod = ?2 AND u.group_tag IS NOT NULL ORDER BY u.position",
        edition,
        ciod,
        reader.text_edition(edition),
    ):
        macro = Link(path, name) if path and reader.table(edition, path) else None
        paths = tuple(
            place
            for place in paths_of.get(tag, ())
            if not (placement == "per frame" and f"/{SHARED}/" in place)
            and not (placement == "shared" and f"/{PER_FRAME}/" in place)
        )
        groups.append(
            FunctionalGroupUse(
                tag=tag,
                name=name or keyword,
                usage=usage,
                usage_edition=usage_edition,
                placement=placement,
                condition=reader.text(condition),
                macro=macro,
                paths=paths,
            )
        )
    return tuple(groups)


def elsewhere(reader: Reader, edition: str, ciod: str) -> tuple[tuple[str, Link], ...]:
    """The same CIOD in the other editions: edition and page, the newest first."""
    found = []
    for other in reader.ready():
        for name in other.own_editions:
            if name == edition:
                continue
            same = {old: id_ for id_, old in same_ciods(reader, edition, other, name).items()}
            row = other.row(
                "SELECT id, name FROM ciod WHERE edition = ? AND id = ?", name, same.get(ciod)
            )
            if row:
                found.append((name, Link(f"/ciods/{row[0]}", row[1])))
    return tuple(sorted(found, key=lambda one: edition_key(one[0]), reverse=True))


def renamed_ciod(reader: Reader, edition: str, words: list[str]) -> list[str] | None:
    """The words of a path below a CIOD, with what an edition calls the CIOD of another one."""
    if len(words) < 2 or words[0] != "ciods":
        return None
    if reader.row("SELECT 1 FROM ciod WHERE edition = ? AND id = ?", edition, words[1]):
        return words
    for other in reader.ready():
        for name in other.own_editions:
            for id_, old in same_ciods(other, name, reader, edition).items():
                if old == words[1]:
                    return [words[0], id_, *words[2:]]
    return None
