"""`/codes` and `/codes/<scheme>`: the codes of context groups, templates and PS3.16 Annex D."""

from __future__ import annotations

from octome.standard.model.code import CodeIndex, CodeSummary
from octome.standard.names import scheme_path
from octome.standard.pages.reader import Reader

AT_ONCE = 200  # codes on a page
LAST = "\U0010ffff"  # behind every other letter


def code_index(
    reader: Reader, edition: str, scheme: str = "", words: str = "", page: str = "1"
) -> CodeIndex:
    """One page of the list.

    Parameters
    ----------
    scheme : str
        Only codes of this one, in any capitals; all if there is no such scheme.
    words : str
        Only codes with all of them in their value or meaning.
    page : str
        Its number from 1; of another one the nearest is shown.
    """
    schemes = reader.code_schemes
    chosen = next((name for name, _ in schemes if name.casefold() == scheme.casefold()), "")
    tests, values = ["kind = 'code'"], list[object]()
    if chosen:
        lead = f"{scheme_path(chosen)}/"
        tests.append("path > ? AND path < ?")
        values += [lead, lead + LAST]
    for word in words.split():
        tests.append("instr(lower(title || ' ' || detail), ?)")
        values.append(word.lower())
    those = f"FROM doc WHERE {' AND '.join(tests)}"
    (count,) = reader.row(f"SELECT count(*) {those}", *values)
    pages = max(1, -(-count // AT_ONCE))
    number = min(max(1, int(page)), pages) if page.isdecimal() else 1
    rows = reader.rows(
        f"SELECT title, detail, path {those} ORDER BY path LIMIT ? OFFSET ?",
        *values,
        AT_ONCE,
        (number - 1) * AT_ONCE,
    )
    return CodeIndex(
        path=scheme_path(chosen) if chosen else "/codes",
        edition=edition,
        title=f"Codes of {chosen}" if chosen else "Codes",
        dictionary=reader.meta("context groups"),
        schemes=schemes,
        scheme=chosen,
        words=words,
        count=count,
        number=number,
        pages=pages,
        codes=tuple(_summary(*row) for row in rows),
    )


def _summary(meaning: str, detail: str, path: str) -> CodeSummary:
    value, _, scheme = detail.rpartition(", ")
    return CodeSummary(scheme=scheme, value=value, meaning=meaning, path=path)
