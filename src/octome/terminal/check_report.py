"""Reports of `octome check` as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from octome.conformance.check.finding import CODES, OUTCOMES, Finding, Outcome, Report
from octome.terminal.style import Style, plain

SIGNS = {"violation": "✗", "warning": "!", "undecided": "?", "note": "·"}
STYLES = {"violation": "bad", "warning": "warn", "undecided": "dim", "note": "dim"}
OF_NO_MODULE = "The file and its values"
INDENT = " " * 6
NARROWEST = 40
PLURALS = {"undecided": "undecided"}


def report_lines(
    report: Report,
    shown: Sequence[str] = ("violation", "warning"),
    style: Style = plain,
    width: int = 1_000_000,
) -> Iterator[str]:
    """One report: the file and its CIOD, findings by module, and their number.

    Parameters
    ----------
    shown : sequence of str
        The outcomes whose findings are listed; the others are counted.
    style : callable
        Takes a text and the name of its style; returns the styled text.
    width : int
        Lines are wrapped at it.
    """
    yield style(report.file or "(data set)", "title")
    what = report.title or report.sop_class or report.sop_class_uid or "no SOP Class"
    yield style(f"{what} · edition {report.edition}", "dim")
    listed = [finding for finding in report.findings if finding.outcome in shown]
    order = {name: at for at, name in enumerate(("", *report.modules))}
    listed.sort(key=lambda f: (order.get(f.module, len(order)), f.module))
    for module, findings in groupby(listed, lambda finding: finding.module):
        yield ""
        yield style(module or OF_NO_MODULE, "head")
        for finding in findings:
            yield from _finding_lines(finding, style, width)
    yield ""
    yield summary(Counter(finding.outcome for finding in report.findings), shown)


def _finding_lines(finding: Finding, style: Style, width: int) -> Iterator[str]:
    sign = style(SIGNS[finding.outcome], STYLES[finding.outcome])
    type_ = f" (Type {finding.type})" if finding.type else ""
    yield f"  {sign} {finding.path or '(the whole)'}{type_}"
    yield from _wrapped(f"{finding.message} [{finding.code}]", width)
    edition = finding.edition and f"edition {finding.edition}"
    source = " · ".join(filter(None, (finding.section, edition, finding.link)))
    condition = f"«{finding.condition}»" if finding.condition else ""
    for text in filter(None, (condition, source)):
        yield from (style(line, "dim") for line in _wrapped(text, width))
    if finding.fix:
        yield from _wrapped(f"→ {finding.fix}", width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, NARROWEST),
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def summary(counts: Counter[Outcome], shown: Sequence[str] = OUTCOMES) -> str:
    """The number of findings of each outcome, and which outcomes are not listed.

    Examples
    --------
    >>> summary(Counter(violation=2, undecided=3), ["violation"])
    '2 violations, 0 warnings, 3 undecided, 0 notes (undecided and notes: --all)'
    """
    words = []
    for outcome in OUTCOMES:
        plural = PLURALS.get(outcome, outcome + ("" if counts[outcome] == 1 else "s"))
        words.append(f"{counts[outcome]} {plural}")
    hidden = any(counts[outcome] for outcome in OUTCOMES if outcome not in shown)
    return ", ".join(words) + (" (undecided and notes: --all)" if hidden else "")


def overview_lines(reports: Sequence[Report], style: Style = plain) -> Iterator[str]:
    """For many files: how many conform, and the codes of findings, most frequent first."""
    conformant = sum(report.is_conformant for report in reports)
    yield style(f"{len(reports)} instances, {conformant} without violations", "title")
    kinds = Counter(
        (finding.outcome, finding.code)
        for report in reports
        for finding in report.findings
        if finding.outcome in ("violation", "warning")
    )
    files = Counter(
        kind
        for report in reports
        for kind in {(finding.outcome, finding.code) for finding in report.findings}
    )
    for (outcome, code), count in sorted(
        kinds.items(), key=lambda kind: (OUTCOMES.index(kind[0][0]), -kind[1])
    ):
        sign = style(SIGNS[outcome], STYLES[outcome])
        among = files[outcome, code]
        where = f"in {among:,} file{'s' * (among != 1)}"
        yield f"  {sign} {count:6,}  {code:<22} {where:<12}  {CODES[code]}"
    counts = Counter(finding.outcome for report in reports for finding in report.findings)
    yield summary(counts)
