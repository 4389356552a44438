"""The findings of many instances, by series: each attribute once, and in how many files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from octome.conformance.check.cross_instance.instance_summary import InstanceSummary
from octome.conformance.check.finding import OUTCOMES, Finding, Outcome, Report
from octome.conformance.check.finding_collector import NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """A finding that some files of a series have: the first of them, and in how many files.

    `path` has `[]` for the numbers of items.
    """

    first: Finding
    path: str
    files: int
    is_alike: bool
    """Whether the message is the same in all files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSummary:
    """A series, or several with the same findings, and what their files have in common."""

    numbers: tuple[str, ...]
    modality: str
    title: str
    files: int
    findings: tuple[Common, ...]


def series_summaries(
    reports: Sequence[Report], summaries: Sequence[InstanceSummary], shown: Sequence[Outcome]
) -> list[SeriesSummary]:
    """Each series of instances of one CIOD; series with the same findings are put together.

    Parameters
    ----------
    reports : sequence of Report
    summaries : sequence of InstanceSummary
        Of the same instances, in the same order.
    shown : sequence of str
        The outcomes of the findings that are listed.
    """
    groups: dict[tuple[str, str, str], list[tuple[Report, InstanceSummary]]] = {}
    for report, one in zip(reports, summaries, strict=True):
        title = report.title or report.sop_class or report.sop_class_uid or "no SOP Class"
        groups.setdefault((one.series, one.modality, title), []).append((report, one))
    merged: dict[tuple[object, ...], list[tuple[Report, InstanceSummary]]] = {}
    for (_, modality, title), members in groups.items():
        shares = {
            (common.first.code, common.path, common.files == len(members))
            for common in _common([report for report, _ in members], shown)
        }
        merged.setdefault((modality, title, frozenset(shares)), []).extend(members)
    return [
        SeriesSummary(
            numbers=tuple(dict.fromkeys(one.series_number for _, one in members)),
            modality=str(modality),
            title=str(title),
            files=len(members),
            findings=_common([report for report, _ in members], shown),
        )
        for (modality, title, _), members in merged.items()
    ]


def _common(reports: Sequence[Report], shown: Sequence[Outcome]) -> tuple[Common, ...]:
    """The findings of some files, the most serious and the most frequent first."""
    found: dict[tuple[str, Outcome, str], list[Finding]] = {}
    for report in reports:
        seen: set[tuple[str, Outcome, str]] = set()
        for finding in report.findings:
            path = NUMBER.sub("[]", finding.path) or finding.module
            key = (finding.code, finding.outcome, path)
            if finding.outcome in shown and key not in seen:
                seen.add(key)
                found.setdefault(key, []).append(finding)
    common = [
        Common(
            first=findings[0],
            path=path,
            files=len(findings),
            is_alike=len({finding.message for finding in findings}) == 1,
        )
        for (_, _, path), findings in found.items()
    ]
    return tuple(
        sorted(common, key=lambda one: (OUTCOMES.index(one.first.outcome), -one.files, one.path))
    )
