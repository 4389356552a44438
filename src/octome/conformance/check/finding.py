"""What a check says: findings as values, and the report of one instance.

The codes of `CODES` are public and stable: scripts may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass

# The gravest first.
OUTCOMES = ("violation", "warning", "undecided", "note")

# What each code means. The codes are public and stable.
CODES = {
    # Encoding: PS3.5 7 and PS3.10 7.
    "truncated": "The data ends before its end",
    "not-read": "Not read further, for its size or depth",
    "not-an-element": "No data element stands where one should",
    "not-an-item": "No item stands where one should",
    "repeated": "A data element stands twice",
    "not-ascending": "Data elements do not stand in the order of their tags",
    "odd-length": "A value has an odd length",
    "unknown-vr": "No value representation stands where one should",
    "wrong-transfer-syntax": "The encoding is not the one of the Transfer Syntax",
    "no-file-meta": "There is no File Meta Information",
    "file-meta-missing": "The File Meta Information lacks an element",
    "file-meta-differs": "The File Meta Information differs from the data set",
    # What it is an instance of: PS3.4 B.5.
    "sop-class-missing": "SOP Class UID is missing",
    "sop-class-unknown": "No CIOD of the edition is known for the SOP Class",
    # Modules, attributes and functional groups: PS3.3 A.1.3, PS3.5 7.4, PS3.3 C.7.6.16.
    "module-undecided": "Whether a conditional module is required cannot be told",
    "module-not-allowed": "A conditional module is used, and its condition does not hold",
    "missing": "A required attribute is missing",
    "missing-undecided": "Whether a missing attribute is required cannot be told",
    "empty": "An attribute that needs a value has none",
    "forbidden": "An attribute is present and shall not be",
    "presence-undecided": "Whether an attribute may be present cannot be told",
    "too-few-items": "A sequence has too few items",
    "too-many-items": "A sequence has too many items",
    "group-missing": "A required functional group is missing",
    "group-undecided": "Whether a functional group is required cannot be told",
    "group-in-both": "A functional group is both shared and per frame",
    "group-misplaced": "A functional group stands where it may not",
    "frame-count": "Frames and per-frame items differ in number",
    # Values: PS3.5 6.2, PS3.6 6, PS3.3 5.
    "unknown-representation": "A known attribute is encoded as UN",
    "wrong-representation": "The value representation is not the attribute's",
    "multiplicity": "The number of values is not the attribute's",
    "value-format": "A value does not follow its value representation",
    "value-length": "A value is longer or shorter than it may be",
    "character": "A character is not allowed, or not in the character set",
    "enumerated": "A value is none of the Enumerated Values",
    "defined-term": "A value is none of the Defined Terms",
    "code-not-in-group": "A code is not in the defined context group",
    # Attributes against each other.
    "bits": "Bits Allocated, Bits Stored and High Bit disagree",
    "samples": "Samples per Pixel and Photometric Interpretation disagree",
    "photometric": "The Photometric Interpretation is not the Transfer Syntax's",
    "pixel-length": "The length of the pixel data is not that of its frames",
    "palette-length": "A palette is not as long as its descriptor says",
    "waveform-length": "Waveform data is not as long as its channels say",
    "dimension": "Dimension indexes disagree",
    "uid-reused": "One UID names two things of the instance",
    "orientation": "Directions are not of unit length, or not at a right angle",
    "segment-number": "Segments are not numbered from 1 by 1, or a frame's is not there",
    "surfaces": "Surfaces are not counted or numbered as they are, or their points",
    "reference-not-listed": "A referenced instance is not in Common Instance Reference",
    # Instances against each other.
    "instance-twice": "Two files have one SOP Instance UID",
    "disagreement": "Instances of one study or series disagree",
    "reference-class": "A reference names another SOP Class than the instance has",
    "reference-frame": "A reference names a frame that is not there",
    "purpose": "A purpose of reference does not fit what it points at",
    "frame-of-reference": "A derived instance has another Frame of Reference",
    "series-of-two-kinds": "One series holds two kinds of an OCT angiography",
    "derivation-frame": "A frame does not lie where its source frame lies",
    # Worth knowing, and no fault.
    "standard-extended": "An attribute of the Standard that is in no module of the CIOD",
    "retired": "A retired attribute that is in no module of the CIOD",
    "private": "Private attributes",
    "private-block": "A private attribute stands in no block that somebody has reserved",
    "unknown-attribute": "The dictionary has no such attribute",
}


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

    def __post_init__(self) -> None:
        """Keep what a value holds from reaching a terminal or a page as anything but text."""
        if not self.message.isprintable():
            object.__setattr__(self, "message", printable(self.message))


def printable(text: str) -> str:
    r"""Text on one line, control characters spelled out.

    Examples
    --------
    >>> printable("1.2\x1b[2J")
    '1.2\\x1b[2J'
    """
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


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
