"""`/codes/<scheme>/<code>`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from octome.standard.model.code import CodeInTemplate, CodePage, CodeUse
from octome.standard.model.page import Link
from octome.standard.names import code_path
from octome.standard.pages.context_group import group_path
from octome.standard.pages.reader import Reader

# Where a code may be. All but templates are of the one edition that has context groups.
TABLES = (
    "code WHERE ? IS NOT NULL",
    "code_definition WHERE ? IS NOT NULL",
    "template_code WHERE edition = ?",
)
# The groups that include one of those which list a code, to any depth.
INCLUDING = (
    "WITH RECURSIVE including (cid) AS (SELECT cid FROM code WHERE scheme = ? AND value = ? UNION "
    "SELECT i.cid FROM including JOIN included_group i ON i.included = including.cid) "
    "SELECT g.cid, g.name FROM including JOIN context_group g ON g.cid = including.cid "
    "ORDER BY g.cid"
)


def code_page(reader: Reader, edition: str, scheme: str, value: str) -> CodePage | None:
    """One code; None where neither a context group, a template nor Annex D has it.

    Capitals do not matter, unless two codes differ by nothing else, as those of UCUM do.
    """
    found = _spelled(reader, edition, unquote(scheme), unquote(value))
    if found is None:
        return None
    scheme, value = found
    groups = tuple(
        CodeUse(cid=cid, name=name, path=group_path(cid), meaning=meaning)
        for cid, name, meaning in reader.rows(
            "SELECT c.cid, g.name, c.meaning FROM code c JOIN context_group g ON g.cid = c.cid "
            "WHERE c.scheme = ? AND c.value = ? ORDER BY c.cid, c.position",
            scheme,
            value,
        )
    )
    defined = reader.row(
        "SELECT meaning, definition, notes, url FROM code_definition "
        "WHERE scheme = ? AND value = ?",
        scheme,
        value,
    )
    named_in = _named_in(reader, edition, scheme, value)
    meaning, definition, notes, url = defined or ("", None, None, None)
    listing = {group.cid for group in groups}
    return CodePage(
        path=code_path(scheme, value),
        edition=edition,
        title=meaning
        or _commonest([group.meaning for group in groups])
        or _commonest([named.meaning for named in named_in])
        or f"{value} ({scheme})",
        scheme=scheme,
        value=value,
        definition=reader.text(definition),
        notes=reader.text(notes),
        groups=groups,
        included_in=tuple(
            Link(group_path(cid), f"CID {cid} {name}")
            for cid, name in reader.rows(INCLUDING, scheme, value)
            if cid not in listing
        ),
        templates=_templates(named_in),
        dictionary=reader.meta("context groups"),
        standard_url=url,
    )


def code_meanings(reader: Reader, edition: str, scheme: str, value: str) -> frozenset[str]:
    """Every meaning that context groups, Annex D and templates give a code; none if none has it."""
    found = set()
    for table in TABLES:
        query = f"SELECT meaning FROM {table} AND scheme = ? AND value = ?"
        found |= {meaning for (meaning,) in reader.rows(query, edition, scheme, value)}
    return frozenset(filter(None, found))


class CodesKnown(NamedTuple):
    """The edition of the codes that are here, and whether Annex D of PS3.16 is among them."""

    edition: str
    has_annex_d: bool


def codes_known(reader: Reader, edition: str) -> CodesKnown:
    """Which codes of scheme DCM are here."""
    of = (reader.meta("context groups") or edition).partition(" ")[0]
    row = reader.row("SELECT 1 FROM code_definition WHERE scheme = 'DCM' LIMIT 1")
    return CodesKnown(of, row is not None)


class NamedIn(NamedTuple):
    """A row of a template that names a code, with the meaning that it gives."""

    tid: str
    name: str
    row: str
    meaning: str


def _named_in(reader: Reader, edition: str, scheme: str, value: str) -> list[NamedIn]:
    rows = reader.rows(
        "SELECT t.tid, t.name, r.number, c.meaning FROM template_code c "
        "JOIN template t ON t.edition = c.edition AND t.tid = c.tid JOIN template_row r "
        "ON r.edition = c.edition AND r.tid = c.tid AND r.position = c.position "
        "WHERE c.edition = ? AND c.value = ? AND c.scheme = ? ORDER BY t.position, r.position",
        edition,
        value,
        scheme,
    )
    return [NamedIn._make(row) for row in rows]


def _templates(named_in: list[NamedIn]) -> tuple[CodeInTemplate, ...]:
    rows: dict[Link, list[str]] = {}
    for named in named_in:
        link = Link(f"/templates/{named.tid}", f"TID {named.tid} {named.name}")
        rows.setdefault(link, []).append(named.row)
    return tuple(CodeInTemplate(link, tuple(filter(None, found))) for link, found in rows.items())


def _commonest(meanings: Iterable[str]) -> str:
    """The meaning that is given most often."""
    found = Counter(filter(None, meanings))
    return found.most_common(1)[0][0] if found else ""


def _spelled(reader: Reader, edition: str, scheme: str, value: str) -> tuple[str, str] | None:
    """The scheme and the value of a code as the Standard spells them."""
    for how in ("", " COLLATE NOCASE"):
        for table in TABLES:
            found = reader.row(
                f"SELECT scheme, value FROM {table} AND value = ?{how} AND scheme = ?{how}",
                edition,
                value,
                scheme,
            )
            if found:
                return found[0], found[1]
    return None
