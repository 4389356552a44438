"""Codes that are not in the context group that the Standard defines for them, PS3.3 5.6."""

from __future__ import annotations

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.location import Location
from octome.conformance.check.scope import code_of
from octome.conformance.rules.code_set import CodeSet
from octome.conformance.rules.rule import AttributeRule
from octome.dicom.data_set import DataSet
from octome.standard.stated import ContextGroup


def check_codes(
    collector: FindingCollector, rule: AttributeRule, ds: DataSet, location: Location
) -> None:
    """Check the items of a code sequence against its defined context group, if it has one.

    The codes of a baseline group are a suggestion: any other code is as good.
    """
    bound = [
        (group, each.edition) for each in rule.code_statements for group in each.context_groups
    ]
    if len(bound) != 1:
        return
    [(group, edition)] = bound
    if group.cid is None or not group.is_defined:
        return
    known = rule.codes(group.cid)
    if not known.codes:
        return
    outcome, why = _outcome(group, known, is_own=edition == collector.edition)
    for number, item in enumerate(ds.items(rule.tag)):
        code = code_of(item)
        if all(code) and code not in known.codes and not _is_same_concept(code, known.codes):
            collector.add(
                code="code-not-in-group",
                outcome=outcome,
                path=f"{location.path}{rule.keyword}[{number}]",
                message=f"the code ({code[1]}, {code[0]}) is not in CID {group.cid}{why}",
                fix="Use a code of the group if one fits",
                module=location.module,
                type=rule.type,
                section=f"PS3.16 CID {group.cid}",
                link=f"/context-groups/{group.cid}",
                edition=edition,
            )


def _outcome(group: ContextGroup, known: CodeSet, *, is_own: bool) -> tuple[Outcome, str]:
    """What a code outside of a defined group is, and why."""
    if known.is_extensible:
        return "note", ", which may be extended"
    if known.is_extensible is None:
        return "undecided", "; whether the group may be extended is not known"
    if not group.is_always:
        return "undecided", "; whether it has to be depends on what the text states"
    if not known.is_complete:
        return "undecided", "; that group includes another one whose codes are not known"
    if not (is_own and known.is_own):
        return "undecided", ", as known of another edition"
    return "violation", ", which may not be extended"


def _is_same_concept(code: tuple[str, str], codes: frozenset[tuple[str, str]]) -> bool:
    """Whether a SNOMED code is the older spelling of one of the codes."""
    from pydicom.sr._snomed_dict import mapping

    scheme, value = code
    newer = mapping["SRT"].get(value) if scheme in ("SRT", "SNM3", "99SDM") else None
    return newer is not None and ("SCT", newer) in codes
