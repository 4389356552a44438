"""Predicates: statements with their own wording in the Standard, and what decides them.

Each row is a wording that does not compare one attribute, with the expression that decides it as
far as an instance can, and the section that explains it.
"""

from __future__ import annotations

import re

from octome.conformance.rules.condition.expression import (
    Compares,
    Demanded,
    Equals,
    Expression,
    Predicate,
    Present,
)
from octome.conformance.rules.condition.logic import All, AnyOf, Not
from octome.dicom.tag import TAG

SEGMENTATIONS = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
PRESENTATION_STATES = tuple(f"1.2.840.10008.5.1.4.1.1.11.{number}" for number in range(1, 13))
SURFACE_SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.5"

# The wording, its expression, and the section that explains it.
Row = tuple[str, Expression, str]
PREDICATES: tuple[Row, ...] = (
    # Which of the three attributes has a code's value depends on the code itself.
    (
        r"the code value length is 16 characters or less, and the code value is not a "
        r"URN or URL",
        Predicate("code-is-short"),
        "PS3.3 8.1",
    ),
    (
        r"(?:the code value|@00080100) is not a URN or URL",
        Predicate("code-is-no-urn"),
        "PS3.3 8.1",
    ),
    (
        r"(?:the code value|@00080100) is a URN or URL",
        Not(Predicate("code-is-no-urn")),
        "PS3.3 8.1",
    ),
    (
        r"is not sufficient to identify .*unambiguously",
        Predicate("coding-scheme-has-versions"),
        "PS3.3 8.2",
    ),
    (
        r"(?:the )?patient is (?:an animal|a non-human organism)",
        Predicate("patient-is-an-animal"),
        "PS3.3 C.7.1.1",
    ),
    (
        r"(?:the |this )?(?:@00081155|referenced sop instance) is a segmentation",
        Equals(TAG.ReferencedSOPClassUID, SEGMENTATIONS),
        "PS3.4 B.5",
    ),
    (
        r"(?:the |this )?(?:@00081155|referenced sop instance) is a segmentation or "
        r"surface segmentation",
        Equals(TAG.ReferencedSOPClassUID, (*SEGMENTATIONS, SURFACE_SEGMENTATION)),
        "PS3.4 B.5",
    ),
    (
        r"(?:the )?(?:sop )?instance was created in response to a frame-level "
        r"retrieve request",
        Present(TAG.FrameExtractionSequence),
        "PS3.3 C.12.3",
    ),
    (
        r"(?:the |this )?(?:sop instance|image|instance|pixel data) is a "
        r"multi-?frame(?: image| sop instance)?",
        Predicate("image-has-frames"),
        "PS3.3 C.7.6.6",
    ),
    (
        r"lossy compression has been performed on (?:the |this )?images?|(?:the |this "
        r")?(?:image|iod instance) has been (?:lossy )?compressed",
        Equals(TAG.LossyImageCompression, ("01",)),
        "PS3.3 C.7.6.1.1.5",
    ),
    (
        r"(?:multi-frame pixel data (?:are|is) present|(?:image is a )?multi-frame image)",
        Predicate("image-has-frames"),
        "PS3.3 C.7.6.6",
    ),
    (
        r"@7fe00010 contains more than one frame",
        Compares(TAG.NumberOfFrames, ">", 1),
        "PS3.3 C.7.6.6",
    ),
    (
        r"(?:the )?(?:first item|control point 0) (?:of|in) (?:segment )?@[0-9a-f]{8}",
        Predicate("item-is-the-first"),
        "PS3.3 5.4",
    ),
    (
        r"the body part examined is a paired structure",
        Predicate("body-part-is-paired"),
        "PS3.16 Table L-1",
    ),
    (
        r"(?:an )?expanded or replacement character set is used",
        Predicate("text-is-not-ascii"),
        "PS3.3 C.12.1.1.2",
    ),
    (
        r"the directory record references a sop instance",
        Present(TAG.ReferencedFileID),
        "PS3.3 F.3.2.2",
    ),
    (
        r"every frame is encoded as a single fragment",
        Predicate("frames-are-single-fragments"),
        "PS3.5 A.4",
    ),
    (
        r"image does not require @00200037 .* @00480102",
        All((Not(Demanded(TAG.ImageOrientationPatient)), Not(Demanded(TAG.ImageOrientationSlide)))),
        "PS3.3 C.7.6.1.1.1",
    ),
    (
        r"segmented data is used in .*",
        Present(TAG.SegmentedRedPaletteColorLookupTableData),
        "PS3.3 C.7.9.2",
    ),
    (
        r"segmented data is not used in .* presentation state iod",
        AnyOf(
            (
                Not(Present(TAG.SegmentedRedPaletteColorLookupTableData)),
                Equals(TAG.SOPClassUID, PRESENTATION_STATES),
            )
        ),
        "PS3.3 C.7.9.2",
    ),
    (
        r"in a presentation state iod(?: see .*)?",
        Equals(TAG.SOPClassUID, PRESENTATION_STATES),
        "PS3.3 A.33",
    ),
    (
        r"(?:the )?(?:@00081155|referenced sop instance) is a multi-?frame image",
        Predicate("referenced-image-has-frames"),
        "PS3.4 B.5",
    ),
    (
        r"for any frame, there are per-frame .* not empty",
        Present(TAG.PerFrameFunctionalGroupsSequence),
        "PS3.3 C.7.6.16.1.2",
    ),
    (
        r"(?:this|it) is the root content item",
        Predicate("item-is-the-root"),
        "PS3.3 C.17.3.1",
    ),
    (
        r"the enclosing content item has relationships",
        Present(TAG.ContentSequence),
        "PS3.3 C.17.3.2",
    ),
    (
        r"the image is to be transferred in .* presentation contexts .*",
        Predicate("pixels-are-elsewhere"),
        "PS3.5 A.6",
    ),
    (
        r"the physical pixel spacing is not specified by @00280030.*",
        Not(
            AnyOf(
                (
                    Present(TAG.PixelSpacing),
                    Present(TAG.ImagerPixelSpacing),
                    Present(TAG.NominalScannedPixelSpacing),
                )
            )
        ),
        "PS3.3 C.7.6.3.1.7",
    ),
    (
        r"(?:the aspect ratio )?values? (?:do|does) not have a ratio of 1:1",
        Predicate("pixels-are-not-square"),
        "PS3.3 C.7.6.3.1.7",
    ),
)


def predicate_in(words: str) -> Expression | None:
    """The expression for a wording in the table; None for any other."""
    for pattern, expression in _COMPILED:
        if pattern.fullmatch(words):
            return expression
    return None


_COMPILED = [(re.compile(words, re.IGNORECASE), expression) for words, expression, _ in PREDICATES]
