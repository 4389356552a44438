"""Values of pixels that pad an image to a rectangle."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

PADDING = (
    (TAG.PixelPaddingValue, "PixelPaddingValue"),
    (TAG.PixelPaddingRangeLimit, "PixelPaddingRangeLimit"),
)


def padding_range(encoded: Encoded) -> Iterator[Disagreement]:
    """Pixel padding runs from the darkest pixels on (PS3.3 C.7.5.1.1.2)."""
    ds = encoded.data_set
    value, limit = ds.number(TAG.PixelPaddingValue), ds.number(TAG.PixelPaddingRangeLimit)
    name = ds.text(TAG.PhotometricInterpretation)
    if value is None or limit is None:
        return
    if (name == "MONOCHROME2" and value > limit) or (name == "MONOCHROME1" and value < limit):
        yield Disagreement(
            code="range",
            path="PixelPaddingRangeLimit",
            message=f"it is {limit:,.10g} and Pixel Padding Value {value:,.10g}: in {name} the "
            f"limit is not {'below' if name == 'MONOCHROME2' else 'above'} it",
            fix="Exchange Pixel Padding Value and Pixel Padding Range Limit",
            section="PS3.3 C.7.5.1.1.2",
        )


def padding_values(encoded: Encoded) -> Iterator[Disagreement]:
    """Padding is a value that a pixel can have (PS3.3 C.7.5.1.1.2)."""
    ds = encoded.data_set
    stored, is_signed = ds.number(TAG.BitsStored), ds.number(TAG.PixelRepresentation) == 1
    if stored is None or not 1 <= stored <= 16:
        return
    least, most = (
        (-(2 ** int(stored - 1)), 2 ** int(stored - 1) - 1)
        if is_signed
        else (0, 2 ** int(stored) - 1)
    )
    for tag, keyword in PADDING:
        value, element = ds.number(tag), ds.get(tag)
        is_misread = element is not None and is_signed != (element.vr == "SS")
        if value is not None and not is_misread and not least <= value <= most:
            yield Disagreement(
                code="range",
                outcome="warning",  # viewers clip it, or compare whole words
                path=keyword,
                message=f"it is {value:,.10g}, but pixels of {stored:g} bits stored, "
                f"{'signed' if is_signed else 'unsigned'}, are from {least:,} to {most:,}",
                fix="Pad with a value that pixels can have, or correct Bits Stored",
                section="PS3.3 C.7.5.1.1.2",
            )
