"""Values that are none of those that the Standard lists, and codes of no context group it names.

PS3.3 5.1 (Enumerated Values may not be extended, Defined Terms may) and 5.6 (context groups).
"""

from __future__ import annotations

from octome.conformance.check.finding import Finding
from octome.conformance.check.finding_collector import Notebook, Where
from octome.conformance.check.scope import Place, code_of
from octome.conformance.rules.condition.expression import same
from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.value_rule import Terms
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

SHOWN = 12  # terms in a message
# Modality and Segmentation Type: their terms grow with the classes, and an older list cannot have
# the terms of newer ones.
GROWING = frozenset({TAG.Modality, TAG.SegmentationType})


def check_terms(
    notebook: Notebook, rule: AttributeRule, ds: DataSet, place: Place, where: Where
) -> None:
    """Hold an attribute's values against the lists in its description."""
    values = ds.values(rule.tag)
    if rule.vrs == ("AT",):
        # Lists have tags as eight digits.
        values = tuple(f"{int(str(tag)):08X}" for tag in values)
    holding = [t for t in rule.values.terms if t.when is None or t.when.truth(place) is True]
    for terms in holding:
        chosen = values if terms.index is None else values[terms.index : terms.index + 1]
        strays = [str(v) for v in chosen if v != "" and not _is_among(v, terms.values)]
        if strays:
            _say(notebook, rule, where, terms, strays)


def _say(
    notebook: Notebook, rule: AttributeRule, where: Where, terms: Terms, strays: list[str]
) -> None:
    which = "" if terms.index is None else f"value {terms.index + 1} of "
    listed = ", ".join(terms.values[:SHOWN]) + (", …" if len(terms.values) > SHOWN else "")
    is_older = rule.text_edition != notebook.edition
    if is_older and rule.tag in GROWING and not notebook.was_there(rule.text_edition):
        return
    kind = "Enumerated Values" if terms.is_closed else "Defined Terms"
    finding = Finding(
        "enumerated" if terms.is_closed else "defined-term",
        "violation" if terms.is_closed and not is_older else "warning",
        where.path + rule.keyword,
        f"{which}{rule.name} is {', '.join(map(repr, strays))}, none of the {kind}: {listed}",
        "Use one of them" if terms.is_closed else "Use one of them if one fits",
        where.module,
        rule.type,
        where.section,
        f"{where.link}/{rule.tag_id}",
        rule.text_edition,
    )
    notebook.add(finding)


def _is_among(value: object, terms: tuple[str, ...]) -> bool:
    return value in terms or any(same(value, term) for term in terms)


def check_codes(notebook: Notebook, rule: AttributeRule, ds: DataSet, where: Where) -> None:
    """Hold the items of a code sequence against the defined context group that it names."""
    groups = [group for group in rule.values.groups if group.is_defined]
    known = [rule.codes(group.cid) for group in groups]
    if len(groups) != 1 or not known[0]:
        return
    for number, item in enumerate(ds.items(rule.tag)):
        code = code_of(item)
        if all(code) and code not in known[0] and not _is_same_concept(code, known[0]):
            finding = Finding(
                "code-not-in-group",
                "warning",
                f"{where.path}{rule.keyword}[{number}]",
                f"the code ({code[1]}, {code[0]}) is none of CID {groups[0].cid}, "
                "from which codes are to be taken if one fits",
                "Use a code of the group, or make sure that it may be extended",
                where.module,
                rule.type,
                f"PS3.16 CID {groups[0].cid}",
                f"/context-groups/{groups[0].cid}",
                rule.text_edition,
            )
            notebook.add(finding)


def _is_same_concept(code: tuple[str, str], known: frozenset[tuple[str, str]]) -> bool:
    """Whether a SNOMED code is the older spelling of one that is known."""
    from pydicom.sr._snomed_dict import mapping

    scheme, value = code
    newer = mapping["SRT"].get(value) if scheme in ("SRT", "SNM3", "99SDM") else None
    return newer is not None and ("SCT", newer) in known
