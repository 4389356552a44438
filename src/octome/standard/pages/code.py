"""`/codes/<scheme>/<code>`."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote

from octome.standard.model.code import CodePage, CodeUse
from octome.standard.model.page import Link
from octome.standard.names import code_path
from octome.standard.pages.context_group import group_path
from octome.standard.pages.reader import Reader

# The groups that include one of those which list a code, to any depth.
INCLUDING = (
    "WITH RECURSIVE including (cid) AS (SELECT cid FROM code WHERE scheme = ? AND value = ? UNION "
    "SELECT i.cid FROM including JOIN included_group i ON i.included = including.cid) "
    "SELECT g.cid, g.name FROM including JOIN context_group g ON g.cid = including.cid "
    "ORDER BY g.cid"
)


def code_page(reader: Reader, edition: str, scheme: str, value: str) -> CodePage | None:
    """One code; None where neither a context group nor Annex D has it.

    Capitals do not matter, unless two codes differ by nothing else, as those of UCUM do.
    """
    found = _spelled(reader, unquote(scheme), unquote(value))
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
    meaning, definition, notes, url = defined or ("", None, None, None)
    listing = {group.cid for group in groups}
    return CodePage(
        path=code_path(scheme, value),
        edition=edition,
        title=meaning or _commonest(groups) or f"{value} ({scheme})",
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
        dictionary=reader.meta("context groups"),
        standard_url=url,
    )


def _commonest(groups: tuple[CodeUse, ...]) -> str:
    """The meaning that most groups give."""
    found = Counter(group.meaning for group in groups if group.meaning)
    return found.most_common(1)[0][0] if found else ""


def _spelled(reader: Reader, scheme: str, value: str) -> tuple[str, str] | None:
    """The scheme and the value of a code as the Standard spells them."""
    for how in ("", " COLLATE NOCASE"):
        for table in ("code", "code_definition"):
            found = reader.row(
                f"SELECT scheme, value FROM {table} WHERE value = ?{how} AND scheme = ?{how}",
                value,
                scheme,
            )
            if found:
                return found[0], found[1]
    return None
