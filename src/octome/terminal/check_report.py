"""Reports of `octome check` as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from octome.conformance.check.finding import OUTCOMES, Finding, Outcome, Report
from octome.conformance.check.many import Checked
from octome.conformance.check.series_summary import SeriesSummary, series_summaries
from octome.errors import printable
from octome.terminal.style import Style, plain

SIGNS = {"violation": "✗", "warning": "!", "undecided": "?", "note": "·"}
STYLES = {"violation": "bad", "warning": "warn", "undecided": "dim", "note": "dim"}
OF_NO_MODULE = "The file and its values"
INDENT = " " * 6
NARROWEST = 40
# Of the answer for a folder, so that it fits on a screen.
MOST_SERIES = 20
MOST_KINDS = 12  # of findings of a series
MOST_NUMBERS = 6  # of series with the same findings
MOST_CLOSED = 4  # sections without text, in one line
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
    yield style(printable(report.file) or "(data set)", "title")
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
    cited = {finding.section for finding in listed}
    closed = [section for section in report.sections_without_text if section in cited]
    if closed:
        yield style(_closed_line(closed), "dim")
    yield summary(Counter(finding.outcome for finding in report.findings), shown)


def _closed_line(sections: list[str]) -> str:
    """That the text of cited sections is not here, and what fetches it."""
    more = len(sections) - MOST_CLOSED
    names = ", ".join(sections[:MOST_CLOSED]) + (f" and {more} more" if more > 0 else "")
    return f"Without text here: {names}. octome sync fetches an edition whole."


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


def overview_lines(
    checked: Checked,
    shown: Sequence[Outcome] = ("violation", "warning"),
    style: Style = plain,
    width: int = 1_000_000,
) -> Iterator[str]:
    """For many files: each series with its attributes, and in how many files each is wrong."""
    reports = checked.reports
    conformant = sum(report.is_conformant for report in reports)
    yield style(f"{len(reports):,} instances, {conformant:,} without violations", "title")
    yield style(f"edition {reports[0].edition}", "dim")
    series = series_summaries(reports, checked.summaries, shown)
    for one in series[:MOST_SERIES]:
        yield ""
        yield from _series_lines(one, style, width)
    if len(series) > MOST_SERIES:
        yield ""
        yield f"and {len(series) - MOST_SERIES:,} more series (--each lists every file)"
    yield ""
    yield summary(Counter(f.outcome for report in reports for f in report.findings), shown)


def _series_lines(series: SeriesSummary, style: Style, width: int) -> Iterator[str]:
    numbers = [printable(number) or "without number" for number in series.numbers]
    more = f" and {len(numbers) - MOST_NUMBERS} more" if len(numbers) > MOST_NUMBERS else ""
    files = f"{series.files:,} file{'s' * (series.files != 1)}"
    title = "" if series.title == series.modality else series.title
    parts = (f"Series {', '.join(numbers[:MOST_NUMBERS])}{more}", printable(series.modality))
    yield style(" · ".join(filter(None, (*parts, title, files))), "head")
    if not series.findings:
        yield "  nothing found"
    for common in series.findings[:MOST_KINDS]:
        first = common.first
        sign = style(SIGNS[first.outcome], STYLES[first.outcome])
        share = f"in {common.files:,} of {files}"
        if first.code in ("missing", "empty"):
            yield f"  {sign} {common.path} {first.code} {share}"
            continue
        yield f"  {sign} {common.path or '(the whole)'} {share}"
        example = "" if common.is_alike else "for example: "
        yield from _wrapped(f"{example}{first.message} [{first.code}]", width)
    if len(series.findings) > MOST_KINDS:
        yield f"    and {len(series.findings) - MOST_KINDS} more (--each lists every file)"
