"""What a check says: findings as values, and the report of one instance.

The codes of `CODES` are public and stable: scripts may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass

# The gravest first.
OUTCOMES = ("violation", "warning", "undecided", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from the Standard, or one thing worth knowing.

    Attributes
    ----------
    code : str
        One of `CODES`.
    outcome : str
        `violation`, `warning`, `undecided` (a condition needs knowledge that the instance does
        not hold) or `note`.
    path : str
        The attribute, as `SourceImageSequence[0].PurposeOfReferenceCodeSequence`, items counted
        from 0; a tag of eight digits where there is no keyword; empty for the instance as a whole.
    message : str
        What is there and what the Standard wants, in one sentence.
    fix : str
        What to do about it, in one line.
    module : str
        The module or functional group that says so; empty where none does.
    type : str or None
        The attribute's type there.
    section : str
        Where the Standard says so: `PS3.3 C.7.6.3`.
    link : str
        octome's page about it, without edition.
    edition : str
        Whose rule it is. It differs from the report's where the rule's text is an older one's.
    condition : str
        The condition's text where it decides.
    """

    code: str
    outcome: str
    path: str
    message: str
    fix: str = ""
    module: str = ""
    type: str | None = None
    section: str = ""
    link: str = ""
    edition: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of one instance says.

    `ciod` and `title` are empty where the SOP Class leads to none; `modules` are the modules and
    functional groups that the instance was held against.
    """

    file: str
    edition: str
    sop_class_uid: str
    sop_class: str
    ciod: str
    title: str
    modules: tuple[str, ...]
    findings: tuple[Finding, ...]

    def count(self, outcome: str) -> int:
        """How many findings have an outcome."""
        return sum(finding.outcome == outcome for finding in self.findings)

    @property
    def is_conformant(self) -> bool:
        """Whether nothing violates the Standard, as far as could be decided."""
        return not self.count("violation")
