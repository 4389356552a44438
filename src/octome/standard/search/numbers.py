"""Typed numbers: a tag, a UID, a section, a template, a context group, a code.

A query that is a number of one kind is never searched among numbers of another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HAS_DIGIT = re.compile(r"\d")
_HEX = r"(?:0?x)?([0-9a-f]{4}|[0-9a-f]{2}xx|xx[0-9a-f]{2})"
# Fewer than four digits only if a comma separates the group.
TAG = re.compile(rf"\(?\s*{_HEX}\s*[, _]?\s*(?:0x)?([0-9a-f]{{4}}|[0-9a-f]{{0,2}}xx)\s*\)?")
BEGUN_TAG = re.compile(rf"\(?\s*{_HEX}\s*,\s*(?:0x)?([0-9a-f]{{0,3}})\s*\)?")
SHORT_TAG = re.compile(r"\(?\s*(?:0x)?([0-9a-f]{1,4})\s*,\s*(?:0x)?([0-9a-f]{1,4})\s*\)?")
_SHORT = r"(?P<tag>\(?[0-9a-f]{1,4}\s?,\s?[0-9a-f]{1,4}\)?)"
SCOPED_TAG = re.compile(
    rf"(?:(?P<first>[a-z][\w\s-]*?)\s+)??(?:tag\s+)?{_SHORT}"
    r"(?:\s+(?:(?:in|of|for|from|on)\s+)?(?:an?\s+|the\s+)?(?P<last>[a-z][\w\s-]*))?",
    re.IGNORECASE,
)
GROUP = re.compile(r"[0-9a-f]{4}|[0-9a-f]{2}xx")
UID = re.compile(r"([012](?:\.\d+){3,})\.*")
TEMPLATE = re.compile(r"(?:d?tid|template)[\s_:#-]*(\d+[a-z]?)")
GROUP_OF_CODES = re.compile(r"(?:d?cid|context\s+(?:group|id))[\s_:#-]*(\d+[a-z]?)")
PART = re.compile(r"(?:dicom\s+)?(?:ps\s*3\s*\.\s*|part\s*)(\d{1,2})")
SECTION = re.compile(
    r"(?:dicom\s+)?(?:(?:ps\s*3\s*\.\s*|part\s+)(\d{1,2})[\s:,#-]+)?(?:(?:section|sect?\.?|annex|appendix|chapter|clause|§)[\s_]*)?"
    r"([a-z]{1,3}(?:\.\d+)+|\d+(?:\.\d+)+|[a-z]{1,3}(?=\.?$)|\d+(?=\.?$))[.\s]*"
)
SAYS_SECTION = re.compile(r"ps\s*3|part\s|sec|annex|appendix|chapter|clause|§|dicom")
# "Annex E of part 15": the part may also come last.
PART_LAST = re.compile(
    r"((?:section|sect?\.?|annex|appendix|chapter|clause|§)?[\s_]*(?:[a-z]{1,3}|\d+)(?:\.\d+)*)[\s,]+"
    r"(?:of\s+|in\s+)?(?:the\s+)?((?:dicom\s+)?(?:ps\s*3\s*\.\s*|part\s*)\d{1,2})"
)
_PART = r"(?:dicom\s+)?(?:ps\s*3\s*\.\s*|part\s*)"
TABLE = re.compile(
    rf"(?:{_PART}(\d{{1,2}})[\s:,#-]+)?"
    r"(?:(table|tab\.?|figure|fig\.?)[\s_]*([a-z]{0,3}\.?[\d.]*\d-\d+[a-z]?)|([a-z]\.[\d.]*\d-\d+[a-z]?))"
    rf"(?:[\s,]+(?:(?:of|in|from)\s+)?(?:the\s+)?{_PART}(\d{{1,2}}))?"
)
SCHEMES = (
    "dcm|sct|srt|snm3|snomed(?:-ct|-rt| ct| rt)?|ln|loinc|ucum|fma|umls|radlex|nci?t|neu|mdc|ibsi"
)
CODE = re.compile(
    rf"\(?\s*(?:(?:{SCHEMES})[\s,:]+([\w.-]*\d[\w.-]*)|(?:code\s+)?(\d{{5,18}}|[a-z]-[0-9a-f]{{4,5}}|\d{{3,7}}-\d))"
    rf"(?:\s*,\s*(?:{SCHEMES}))?(?:\s*,.*)?\s*\)?"
)


# Numbers that are clear without the words around them, as in a line of a log.
CLEAR = re.compile(
    r"\(\s*[0-9a-f]{4}\s*,\s*(?:[0-9a-f]{4}|[0-9a-f]{0,2}xx)\s*\)"
    r"|\b(?:[0-9a-f]{4}|[0-9a-f]{2}xx),(?:[0-9a-f]{4}|[0-9a-f]{0,2}xx)\b"
    r"|\b0?x[0-9a-f]{4}_?[0-9a-f]{4}\b|\b0x[0-9a-f]{2,4},\s*0x[0-9a-f]{2,4}\b"
    r"|\b(?:00|7f)[0-9a-f]{6}\b"
    r"|(?<![\w.])[012](?:\.\d+){5,}|\b[dt]?[ct]id[\s_]?\d+\b"
    r"|\bps\s?3\.\d{1,2}(?:[\s:-]+(?:annex\s)?[a-z0-9]{1,3}(?:\.\d+)+)?|(?<![\w.])[a-z](?:\.\d+){2,}\b",
)


@dataclass(frozen=True, kw_only=True)
class Number:
    """One possible meaning of a query as a number.

    `keys` are as in the store's `doc_key`, the likeliest first; if `begins`, longer keys are found
    too. `is_sure`: the query can be nothing else. `said` is its usual spelling. `part` is the part
    of the Standard that has it, where that is sure; or 0.
    """

    kind: str
    said: str
    keys: tuple[str, ...]
    begins: bool = False
    is_sure: bool = True
    part: int = 0


def numbers(query: str) -> list[Number]:
    """All possible meanings of a query as a number, the likeliest first."""
    typed = query.casefold().strip().rstrip(";,")
    if not (HAS_DIGIT.search(typed) or SAYS_SECTION.match(typed)):
        return []
    for kind in (_template, _codes_group, _table, _uid, _tag, _part):
        if (found := kind(typed)) is not None:
            # Eight digits may be a code of SNOMED CT too.
            code = _code(typed) if typed.isdecimal() else None
            return [found, code] if code else [found]
    return [number for kind in (_group, _bare_cid, _section, _code) if (number := kind(typed))]


def number_within(query: str) -> str:
    """The first clear number among other words, or empty.

    >>> number_within("(0008,0018) UI =1.2.3"), number_within("Table C.7-6 of the frog")
    ('(0008,0018)', '')
    """
    found = HAS_DIGIT.search(query) and CLEAR.search(query.casefold())
    return found[0] if found else ""


def tag_of_scope(query: str) -> tuple[str, str]:
    """A short tag and the words around it, if it is of or in something; or empty.

    >>> tag_of_scope("28,30 in CT"), tag_of_scope("tag 28,30 of an MR"), tag_of_scope("three frogs")
    (('28,30', 'CT'), ('28,30', 'MR'), ('', ''))
    """
    found = SCOPED_TAG.fullmatch(query.strip()) if "," in query else None
    return (found["tag"], found["first"] or found["last"]) if found else ("", "")


def _tag(typed: str) -> Number | None:
    if match := TAG.fullmatch(typed):
        group, element = match[1], match[2]
    elif match := BEGUN_TAG.fullmatch(typed):
        group, element = match[1], match[2]
        if element and len(group) == 4:
            padded = f"tag:{group}{element.zfill(4)}"
            return Number(
                kind="tag",
                said=f"({group},{element.zfill(4)})".upper().replace("X", "x"),
                keys=(padded, f"tag:{group}{element}"),
                begins=True,
            )
        return Number(kind="tag", said=typed, keys=(f"tag:{group}{element}",), begins=True)
    elif match := SHORT_TAG.fullmatch(typed):
        group, element = match[1].zfill(4), match[2].zfill(4)
    else:
        return None
    group = f"{group[2:]}xx" if group.startswith("xx") else group
    keys = [f"tag:{group}{element}"]
    # A repeating group is in the dictionary as one line, (60xx,3000).
    if "x" not in group:
        keys += [f"tag:{group[:2]}xx{element}", f"tag:{group}{element[:2]}xx"]
        keys.append(f"tag:{group}{element[:3]}x")
    said = f"({group},{element})".upper().replace("X", "x")
    return Number(kind="tag", said=said, keys=tuple(keys))


def _uid(typed: str) -> Number | None:
    match = UID.fullmatch(typed.removeprefix("uid").strip(" :="))
    return match and Number(kind="UID", said=match[1], keys=(f"uid:{match[1]}",), begins=True)


def _template(typed: str) -> Number | None:
    match = TEMPLATE.fullmatch(typed)
    return match and Number(
        kind="template", said=f"TID {match[1].upper()}", keys=(f"tid:{match[1]}",), part=16
    )


def _codes_group(typed: str) -> Number | None:
    match = GROUP_OF_CODES.fullmatch(typed)
    return match and Number(
        kind="context group", said=f"CID {match[1]}", keys=(f"cid:{match[1]}",), part=16
    )


def _table(typed: str) -> Number | None:
    match = TABLE.fullmatch(typed)
    if not match:
        return None
    first, word, named, bare, last = match.groups()
    number, part = named or bare, int(first or last or 0)
    what = "figure" if word and word.startswith("fig") else "table"
    within = f"PS3.{part} " if part else ""
    keys = [f"{what}:{number}"]
    if part and part != 3:
        # The table itself, as a section; the section that it is in.
        of_part = f"sec:ps3.{part}-"
        keys += [f"{of_part}{what}_{number}", f"{of_part}{number.rpartition('-')[0]}"]
    return Number(kind=what, said=f"{within}{what} {number.upper()}", keys=tuple(keys), part=part)


def _part(typed: str) -> Number | None:
    match = PART.fullmatch(typed)
    return match and Number(
        kind="part",
        said=f"PS3.{int(match[1])}",
        keys=(f"part:{int(match[1])}", f"sec:ps3.{int(match[1])}-"),
        part=int(match[1]),
    )


def _group(typed: str) -> Number | None:
    if not GROUP.fullmatch(typed) or not any(c.isdigit() for c in typed):
        return None
    return Number(
        kind="group", said=typed, keys=(f"tag:{typed}",), begins=True, is_sure=typed[0] == "0"
    )


def _bare_cid(typed: str) -> Number | None:
    if not re.fullmatch(r"\d{1,5}", typed) or typed[0] == "0":
        return None
    return Number(
        kind="context group",
        said=f"CID {typed}",
        keys=(f"cid:{typed}", f"tid:{typed}"),
        is_sure=False,
    )


def _section(typed: str) -> Number | None:
    if last := PART_LAST.fullmatch(typed):
        typed = f"{last[2]} {last[1].strip()}"
    match = SECTION.fullmatch(typed)
    if not match:
        return None
    part, number = match[1], match[2]
    says_so = bool(SAYS_SECTION.match(typed))
    if not says_so and "." not in number:
        return None
    key = number if part in (None, "3") else f"ps3.{part}-{number}"
    said = f"{f'PS3.{part} ' if part else ''}{number.upper()}"
    return Number(kind="section", said=said, keys=(f"sec:{key}",), begins=True, part=int(part or 0))


def _code(typed: str) -> Number | None:
    match = CODE.fullmatch(typed)
    if not match:
        return None
    value = match[1] or match[2]
    return Number(kind="code", said=value.upper(), keys=(f"code:{value}",), is_sure=False)
