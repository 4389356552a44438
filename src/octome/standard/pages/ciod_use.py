"""What a CIOD is built of: its modules and functional groups."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.ciod_category import CiodCategory
from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.model.page import Link
from octome.standard.model.usage import FunctionalGroupUse, ModuleUse
from octome.standard.names import FUNCTIONAL_GROUPS
from octome.standard.pages.reader import Reader


class StoredCiod(NamedTuple):
    """A CIOD in the store: what it is built of, without its text and history."""

    title: str
    kind: CiodCategory
    modules: tuple[ModuleUse, ...]
    functional_groups: tuple[FunctionalGroupUse, ...]


def stored_ciod(reader: Reader, edition: str, ciod: str) -> StoredCiod | None:
    """One CIOD; None if the edition does not have it."""
    found = reader.row("SELECT name, kind FROM ciod WHERE edition = ? AND id = ?", edition, ciod)
    if found is None:
        return None
    title, kind = found
    used = modules(reader, edition, ciod)
    return StoredCiod(title, kind, used, functional_groups(reader, edition, ciod, used))


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
