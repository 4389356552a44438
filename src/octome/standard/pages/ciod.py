"""`/ciods` and `/ciods/<ciod>`."""

from __future__ import annotations

from octome.standard.ciod_category import CIOD_CATEGORIES
from octome.standard.edition import edition_key
from octome.standard.model.ciod import (
    CiodIndex,
    CiodOrder,
    CiodPage,
    CiodSummary,
    SopClass,
)
from octome.standard.model.page import Link
from octome.standard.official import official_url, part_url
from octome.standard.pages.ciod_use import functional_groups, modules
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
