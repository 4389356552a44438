"""Pixel attributes against the Transfer Syntax that compresses the pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

MONOCHROME = ("MONOCHROME1", "MONOCHROME2")
JPEG = "1.2.840.10008.1.2.4."
JPEG_BASELINE = JPEG + "50"
# These always lose information (PS3.5 8.2 and A.4).
LOSSY = frozenset({JPEG_BASELINE, JPEG + "51"} | {f"{JPEG}{n}" for n in range(100, 109)})


@dataclass(frozen=True, slots=True)
class Compressed:
    """What PS3.5 8.2 allows for pixels of some Photometric Interpretations."""

    interpretations: tuple[str, ...]
    allocated: tuple[int, ...]
    most_stored: int
    is_signed: bool = False


_EIGHT_OR_SIXTEEN = (8, 16)
_WIDE = (8, 16, 24, 32, 40)
_LOSSLESS_JPEG = (
    Compressed(MONOCHROME, _EIGHT_OR_SIXTEEN, 16, is_signed=True),
    Compressed(("PALETTE COLOR", "YBR_FULL", "RGB"), _EIGHT_OR_SIXTEEN, 16),
)
_LOSSLESS_WAVELET = (
    Compressed(MONOCHROME, (1, *_WIDE), 38, is_signed=True),
    Compressed(("PALETTE COLOR",), _EIGHT_OR_SIXTEEN, 16),
    Compressed(("YBR_RCT", "RGB", "YBR_FULL"), _WIDE, 38),
)
_RLE = (
    Compressed(MONOCHROME, (1, 8, 16), 16, is_signed=True),
    Compressed(("PALETTE COLOR", "YBR_FULL", "RGB"), _EIGHT_OR_SIXTEEN, 16),
)
_WAVELET = (*_LOSSLESS_WAVELET, Compressed(("YBR_ICT",), _WIDE, 38))
# PS3.5 Tables 8.2.1-1, 8.2.1-2, 8.2.2-1, 8.2.3-1, 8.2.4-1, 8.2.14-1.
ALLOWED: dict[str, tuple[Compressed, ...]] = {
    "1.2.840.10008.1.2.5": _RLE,
    JPEG_BASELINE: (Compressed((*MONOCHROME, "YBR_FULL_422", "RGB"), (8,), 8),),
    JPEG + "51": (Compressed(MONOCHROME, (8, 16), 12),),
    JPEG + "57": _LOSSLESS_JPEG,
    JPEG + "70": _LOSSLESS_JPEG,
    JPEG + "80": _LOSSLESS_JPEG,
    JPEG + "81": _LOSSLESS_JPEG,
    JPEG + "90": _LOSSLESS_WAVELET,
    JPEG + "91": _WAVELET,
    JPEG + "201": _LOSSLESS_WAVELET,
    JPEG + "202": _LOSSLESS_WAVELET,
    JPEG + "203": _WAVELET,
}
# Defined in PS3.3 C.7.6.3.1.2; other interpretations may be compressed in any way.
STANDARD = frozenset(
    name for rows in ALLOWED.values() for row in rows for name in row.interpretations
)


def encapsulated_pixels(encoded: Encoded) -> Iterator[Disagreement]:
    """Encapsulated Pixel Data is OB (PS3.5 A.4)."""
    element = encoded.data_set.get(TAG.PixelData)
    if element is not None and element.fragments is not None and element.vr != "OB":
        yield Disagreement(
            code="wrong-representation",
            path="PixelData",
            message=f"it is encapsulated, but encoded as {element.vr} instead of OB",
            fix="Encode Pixel Data as OB",
            section="PS3.5 A.4",
            outcome="warning",  # fragments are read as bytes whatever the VR
        )


def lossy_compression(encoded: Encoded) -> Iterator[Disagreement]:
    """What was compressed with loss says so (PS3.3 C.7.6.1.1.5)."""
    stated = encoded.data_set.text(TAG.LossyImageCompression)
    if stated == "00" and encoded.transfer_syntax in LOSSY:
        yield Disagreement(
            code="lossy",
            path="LossyImageCompression",
            message="it is 00, but the Transfer Syntax compresses with loss",
            fix="Set it to 01, with the ratio and the method",
            section="PS3.3 C.7.6.1.1.5",
        )
    for at in range(len(encoded.data_set.values(TAG.LossyImageCompressionRatio))):
        ratio = encoded.data_set.number(TAG.LossyImageCompressionRatio, at)
        if ratio is not None and ratio < 1:
            yield Disagreement(
                code="lossy",
                outcome="violation" if ratio <= 0 else "warning",
                path="LossyImageCompressionRatio",
                message=f"it is {ratio:g}, but the size before is divided by the size after",
                fix="Write how many times smaller the image became, as 20 for 20 to 1",
                section="PS3.3 C.7.6.1.1.5.2",
            )
            return


def compressed_pixels(encoded: Encoded) -> Iterator[Disagreement]:
    """Pixels are of a kind that the Transfer Syntax can compress (PS3.5 8.2)."""
    ds, rows = encoded.data_set, ALLOWED.get(encoded.transfer_syntax, ())
    element, name = ds.get(TAG.PixelData), ds.text(TAG.PhotometricInterpretation)
    if not rows or element is None or element.fragments is None or name not in STANDARD:
        return
    row = next((row for row in rows if name in row.interpretations), None)
    if row is None:
        names = ", ".join(name for row in rows for name in row.interpretations)
        yield _of(encoded, "photometric", "PhotometricInterpretation", name, names, "warning")
        return
    allocated, stored = ds.number(TAG.BitsAllocated), ds.number(TAG.BitsStored)
    outcome: Outcome = "violation" if encoded.transfer_syntax in LOSSY else "warning"
    if allocated is not None and allocated not in row.allocated:
        listed = " or ".join(map(str, row.allocated))
        yield _of(encoded, "bits", "BitsAllocated", f"{allocated:g}", listed, outcome)
    elif stored is not None and stored > row.most_stored:
        yield _of(
            encoded, "bits", "BitsStored", f"{stored:g}", f"at most {row.most_stored}", outcome
        )
    if ds.number(TAG.PixelRepresentation) == 1 and not row.is_signed:
        yield _of(encoded, "bits", "PixelRepresentation", "1", "0", "warning")


def _of(
    encoded: Encoded, code: str, keyword: str, found: str, needed: str, outcome: Outcome
) -> Disagreement:
    from pydicom.uid import UID

    syntax = UID(encoded.transfer_syntax).name
    return Disagreement(
        code=code,
        outcome=outcome,
        path=keyword,
        message=f"it is {found}, but pixels in {syntax} have {needed}",
        fix="Correct it, or use another Transfer Syntax",
        section="PS3.5 8.2",
    )
