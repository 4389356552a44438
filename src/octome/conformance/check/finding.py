"""Findings as values, and the report of one instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.errors import printable

Outcome = Literal["violation", "warning", "undecided", "note"]
# The most serious first.
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

# What each code means. The codes are public and stable: scripts may rely on them.
CODES = {
    # Encoding: PS3.5 7 and PS3.10 7.
    "truncated": "The data stops too early",
    "not-read": "Part of the file was not read: it is too large or nested too deeply",
    "not-an-element": "Bytes that are not a data element, where one is expected",
    "not-an-item": "Bytes that are not an item, where one is expected",
    "repeated": "A data element occurs twice",
    "not-ascending": "Data elements are not in the order of their tags",
    "odd-length": "A value has an odd length",
    "unknown-vr": "Bytes that are not a value representation, where one is expected",
    "wrong-transfer-syntax": "The data set does not have the encoding of its Transfer Syntax",
    "json-model": "JSON that does not follow the DICOM JSON Model",
    "xml-model": "XML that does not follow the Native DICOM Model",
    "unread-value": "Values that are stored elsewhere, or in a form that is not read",
    "no-file-meta": "The File Meta Information is missing",
    "file-meta-implicit": "The File Meta Information is not in Explicit VR Little Endian",
    "file-meta-missing": "An element of the File Meta Information is missing",
    "transfer-syntax-unknown": "The Transfer Syntax is not registered",
    "file-meta-differs": "The File Meta Information differs from the data set",
    # The SOP Class: PS3.4 B.5.
    "sop-class-missing": "SOP Class UID is missing",
    "sop-class-unknown": "No CIOD of this edition is known for the SOP Class",
    # Modules, attributes and functional groups: PS3.3 A.1.3, PS3.5 7.4, PS3.3 C.7.6.16.
    "module-undecided": "A conditional module may be required: the instance does not decide it",
    "module-not-allowed": "A conditional module is used although its condition is not met",
    "missing": "A required attribute is missing",
    "missing-undecided": "A missing attribute may be required: the instance does not decide it",
    "empty": "An attribute that needs a value is empty",
    "forbidden": "An attribute is present that must not be",
    "presence-undecided": "An attribute may not be allowed: the instance does not decide it",
    "too-few-items": "A sequence has too few items",
    "too-many-items": "A sequence has too many items",
    "group-missing": "A required functional group is missing",
    "group-undecided": "A functional group may be required: the instance does not decide it",
    "group-in-both": "A functional group is both shared and per frame",
    "group-misplaced": "A functional group is shared and must be per frame, or the reverse",
    "frame-count": "The number of frames and the number of per-frame items differ",
    # Values: PS3.5 6.2, PS3.6 6, PS3.3 5.
    "unknown-representation": "Known attributes are encoded as UN",
    "wrong-representation": "The value representation is not the one in the data dictionary",
    "multiplicity": "The number of values is not the one in the data dictionary",
    "value-format": "A value does not follow its value representation",
    "value-length": "A value is too long or too short",
    "nul-padding": "Text is padded with NUL instead of a space",
    "character": "A character is not allowed, or not in the character set",
    "enumerated": "A value is not one of the Enumerated Values",
    "defined-term": "A value is not one of the Defined Terms: a warning if it is nearly one",
    "code-unknown": "A code that its scheme does not have",
    "code-meaning": "A code of scheme DCM has another meaning in the Standard",
    "unit": "A unit of measure that UCUM does not have, or with the meaning of another unit",
    "code-not-in-group": "A code is not in the defined context group",
    # Consistency of attributes.
    "bits": "Bits Allocated, Bits Stored and High Bit disagree",
    "samples": "Samples per Pixel and Photometric Interpretation disagree",
    "photometric": "The Photometric Interpretation does not fit the Transfer Syntax",
    "pixel-length": "The length of the pixel data does not fit its frames",
    "offset-table": "A table of offsets does not say where the frames of the pixel data begin",
    "lossy": "Lossy Image Compression does not fit the Transfer Syntax",
    "lut-shape": "Presentation LUT Shape does not fit the Photometric Interpretation",
    "window": "A window is too narrow",
    "spacing": "A distance or a size is not greater than 0",
    "character-set": "Character sets that must not be used together",
    "concatenation": "The parts of a concatenation are numbered wrongly",
    "tiles": "Tiles do not fit the whole image",
    "frame-order": "What the frames are ordered by, or their numbers, are wrong",
    "frame-type": "What is stated of all frames is not what each frame states",
    "optical-path": "An optical path is identified twice, or is not there",
    "presentation": "A presentation state refers to an image that it does not show, or the reverse",
    "graphic-layer": "A graphic layer is named twice, or is not there",
    "graphic": "A graphic does not have the points that it needs",
    "region": "A region of an ultrasound image does not lie in it, or has no scale",
    "region-of-interest": "A region of interest is numbered twice, or is not there",
    "contour": "A contour does not have the number of points that it states",
    "excluded": "An attribute is present that the value of another one excludes",
    "count": "A number of items or values is not the one that is stated",
    "lookup-table": "A lookup table is not what its descriptor states",
    "overlay": "An overlay does not have one bit for each of its pixels",
    "numbering": "Items have the same number, or are not numbered from 1 by 1",
    "range": "A number is not within its range",
    "beam": "A beam, or another part of a plan, that is referred to is not there",
    "control-point": "Control points are numbered wrongly",
    "content-item": "A content item that the SOP Class does not allow there, or that is missing",
    "template": "A content item of the named template is missing or other than the template's",
    "template-items": "More content items than the named template has",
    "content-reference": "A content item that is referred to is not there",
    "coordinates": "Coordinates do not give the graphic, or the time, of their type",
    "numeric-value": "The forms of a measured value are not the same number",
    "evidence": "The lists of a document's evidence contradict its content or each other",
    "key-objects": "A selection of key objects does not have the title or modifier that it needs",
    "document": "An encapsulated document is not what is stated about it",
    "palette-length": "The length of a palette does not fit its descriptor",
    "waveform-length": "The length of waveform data does not fit its channels",
    "dimension": "Dimension indexes disagree",
    "uid-reused": "One UID identifies two things of the instance",
    "orientation": "Directions are not of unit length, or not at a right angle",
    "segment-number": "Segments are not numbered from 1 by 1, or a frame names a missing one",
    "surfaces": "The number of surfaces, their numbering, their points or primitives disagree",
    "tracks": "The points of a track, or what was measured along it, disagree",
    "selector": "Facts about a selected attribute are not those of the attribute",
    "exposure": "The exposure time of a spiral is not that of its rotation and pitch",
    "reference-not-listed": "A referenced instance is not in Common Instance Reference",
    # Consistency of instances.
    "directory-file-missing": "A file that a DICOMDIR names is not there",
    "directory-file-unlisted": "Files are not named by the DICOMDIR of their folder",
    "directory-differs": "A DICOMDIR states something else of a file than the file",
    "instance-twice": "Two files have the same SOP Instance UID",
    "disagreement": "Instances of one study or series disagree",
    "reference-class": "A reference names another SOP Class than the instance has",
    "reference-study": "A reference names another study than the instance is in",
    "reference-series": "A reference names another series than the instance is in",
    "reference-frame": "A reference names a frame that does not exist",
    "reference-away": "An instance that is referred to is not among those checked",
    "purpose": "A purpose of reference does not fit the referenced instance",
    "frame-of-reference": "An instance has another Frame of Reference than what it refers to",
    "series-of-two-kinds": "One series has two kinds of instances of an OCT angiography",
    "derivation-frame": "A frame is not at the position of its source frame",
    "image-type-source": "A type of en face image is not that of the volume it projects",
    "bound-class": "What bounds a slab is not a segmentation of surfaces",
    "bound-surface": "A slab is bounded by a segment or surface that does not exist",
    "bound-code": "A slab is bounded by a segment under another code than it has",
    "bound-offset": "An offset from a surface is not the stated one, or beyond the volume",
    "bound-volume": "A slab is bounded by surfaces of another volume than is projected",
    "chain-eye": "An instance of an OCT angiography shows another eye than what it refers to",
    "chain-patient": "Two patients have one Frame of Reference",
    "chain-size": "A derived image has other rows and columns than its volume gives",
    "chain-spacing": "A derived image has another pixel spacing than its volume",
    "chain-orientation": "A derived image lies in other directions than its volume",
    "chain-time": "A derived instance is older than the acquisition it is derived from",
    "height-scale": "A height map's rows have another height than those of its volume",
    "localizer": "The corners of an en face image lie outside of its localizer",
    # Notes and warnings about allowed attributes.
    "standard-extended": "An attribute of the Standard that is in no module of the CIOD",
    "retired": "A retired attribute that is in no module of the CIOD",
    "private": "Private attributes",
    "private-block": "A private attribute is in a block that no Private Creator reserves",
    "unknown-attribute": "The data dictionary does not have this attribute",
    # The check itself.
    "more-findings": "More findings than are listed",
    "not-checked": "Part of the instance was not checked: the time was over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One departure from the Standard, or one note.

    Attributes
    ----------
    code : str
        One of `CODES`.
    outcome : Outcome
        `violation`, `warning`, `undecided` (a condition needs knowledge that the instance does
        not contain, or the rule is of another edition than the report) or `note`.
    path : str
        The attribute, as `SourceImageSequence[0].PurposeOfReferenceCodeSequence`, items counted
        from 0; `[]` where the finding is about several items; a tag of eight digits where there is
        no keyword; empty for the instance as a whole.
    message : str
        What was found and what the Standard requires, in one sentence.
    fix : str
        What to do about it, in one line.
    module : str
        The module or functional group of the rule; empty if it is not a module's rule.
    type : str or None
        The attribute's Type there.
    section : str
        The section of the Standard: `PS3.3 C.7.6.3`.
    link : str
        octome's page about it, without edition.
    edition : str
        The edition of the rule. It differs from the report's if the rule's text is older.
    condition : str
        The text of the condition, if it decides.

    Raises
    ------
    ValueError
        The code or the outcome does not exist.
    """

    code: str
    outcome: Outcome
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
        if self.outcome not in OUTCOMES:
            raise ValueError(f"outcome {self.outcome!r} is not one of {', '.join(OUTCOMES)}")
        if self.code not in CODES:
            raise ValueError(f"finding code {self.code!r} is not in CODES")
        # Control characters of a value do not reach a terminal or a page.
        if not self.message.isprintable():
            object.__setattr__(self, "message", printable(self.message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of checking one instance.

    `ciod` and `title` are empty where no CIOD is known for the SOP Class; `modules` are the modules
    that the instance was checked against. `is_complete` is false where a part of the instance was
    not read or not checked. `sections_without_text` are cited, but cannot be opened: the edition
    lacks their text here.
    """

    file: str
    edition: str
    sop_class_uid: str
    sop_class: str
    ciod: str
    title: str
    modules: tuple[str, ...]
    findings: tuple[Finding, ...]
    is_complete: bool = True
    sections_without_text: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many of the listed findings have an outcome."""
        return sum(finding.outcome == outcome for finding in self.findings)

    @property
    def is_conformant(self) -> bool:
        """Whether everything was checked, without a violation, as far as could be decided."""
        return self.is_complete and not self.count("violation")
