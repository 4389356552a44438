"""How far stored surfaces can be trusted: a verdict on all, and confidence in each at each A-scan.

Content Description has the verdict in a few words: `Surfaces good`, or `Surfaces poor: ` and why.
Where nothing was found there is no instance of surfaces: then Image Comments of the structural
volume has the verdict, `Surfaces failed: ` and why.
Segment Description has in how many of the A-scans a surface was found, and in how many with a
confidence of 0.75 or more. The confidence itself is in private elements of each item of
Segment Sequence, of Surface Segmentation and Height Map Segmentation alike; the private creator is
`OCTOME SURFACES`:

    (0079,xx01)  US  number of B-scans, number of A-scans in each
    (0079,xx02)  OB  one byte for each A-scan, B-scan after B-scan: 0 where the surface was not
                     found, else its confidence times 255, rounded, at least 1

Confidence is the chance that the surface lies within 5 pixels of the true one. Surfaces that a
device or OCTExplorer drew have a verdict, by contrast and by how much was drawn, and no confidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pydicom.datadict import add_private_dict_entries
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable
from octome.instances.segment import surface_name
from octome.octa.acquisition import Float32
from octome.octa.surface import TRUSTED, SurfaceMaps
from octome.octa.verdict import OUTCOMES, Outcome, Verdict

GROUP, CREATOR = 0x0079, "OCTOME SURFACES"
SHAPE, CONFIDENCE = 0x01, 0x02
MOST_CHARACTERS = 64  # of Content Description
BETWEEN = "; "
SURFACES = "Surfaces"
_VERDICT = re.compile(f"{SURFACES} ({'|'.join(OUTCOMES)})(?:: (.+))?")
# So that they keep their names and types in Implicit VR files too.
add_private_dict_entries(
    CREATOR,
    {
        GROUP << 16 | 0x1000 | SHAPE: ("US", "2", "Shape", ""),
        GROUP << 16 | 0x1000 | CONFIDENCE: ("OB", "1", "Confidence", ""),
    },
)


def write_rating(ds: Dataset, maps: SurfaceMaps, *, is_own: bool = True) -> None:
    """Add the verdict and the confidence to an instance of surfaces.

    Parameters
    ----------
    ds : Dataset
        Surface Segmentation or Height Map Segmentation.
    maps : SurfaceMaps
        Its surfaces; nothing is added without a verdict.
    is_own : bool
        Whether octome found them, so that their confidence is known.
    """
    if maps.verdict is None:
        return
    ds.ContentDescription = verdict_text(maps.verdict)
    for item in ds.SegmentSequence:
        confidence = maps.confidence[surface_name(item)]
        found, sure = (confidence > 0).mean(), (confidence >= TRUSTED).mean()
        item.SegmentDescription += f". Found in {found:.0%} of the A-scans"
        if not is_own:
            continue
        item.SegmentDescription += f", with a confidence of {TRUSTED:g} or more in {sure:.0%}"
        block = item.private_block(GROUP, CREATOR, create=True)
        block.add_new(SHAPE, "US", list(confidence.shape))
        block.add_new(CONFIDENCE, "OB", confidence_bytes(confidence).tobytes())


def write_failure(ds: Dataset, verdict: Verdict) -> None:
    """State in a structural volume why octome found no surface in it."""
    ds.ImageComments = f"{SURFACES} {verdict}"


def verdict_text(verdict: Verdict) -> str:
    """A verdict in 64 characters, with the reasons that fit, the worst first.

    >>> verdict_text(Verdict("poor", ("contrast 16.2 dB", "BM found in 71% of A-scans", "x" * 9)))
    'Surfaces poor: contrast 16.2 dB; BM found in 71% of A-scans'
    """
    text = f"{SURFACES} {verdict.outcome}"
    for reason in verdict.reasons:
        longer = f"{text}{BETWEEN if ': ' in text else ': '}{reason}"
        if len(longer) > MOST_CHARACTERS:
            break
        text = longer
    return text


def stated_verdict(header: Dataset) -> Verdict | None:
    """The verdict that an instance of surfaces or a volume without any states; None if neither."""
    text = header.get("ContentDescription") or header.get("ImageComments") or ""
    found = _VERDICT.fullmatch(str(text))
    if found is None:
        return None
    outcome: Outcome = next(each for each in OUTCOMES if each == found[1])
    return Verdict(outcome, tuple(found[2].split(BETWEEN)) if found[2] else ())


def rated_maps(rows: Mapping[str, Float32], header: Dataset) -> SurfaceMaps:
    """Surfaces with the confidence and the verdict that their instance states.

    Without one, the confidence is 1 wherever a surface is.

    Parameters
    ----------
    rows : mapping of float32, (B, X)
        By name of the surface.
    header : Dataset
        Of their instance.

    Raises
    ------
    InstanceUnreadable
        The confidence of a surface is shorter than its shape states.
    """
    stated = stated_confidence(header)
    confidence = {}
    for name, row in rows.items():
        known = stated.get(name)
        sure = known if known is not None and known.shape == row.shape else np.float32(1)
        confidence[name] = np.where(np.isfinite(row), sure, np.float32(0)).astype(np.float32)
    return SurfaceMaps(rows, confidence, verdict=stated_verdict(header))


def stated_confidence(header: Dataset) -> dict[str, Float32]:
    """The confidence in each surface, (B, X), 0 to 1, by name; empty if it is not stated.

    Raises
    ------
    InstanceUnreadable
        It is shorter than its shape states.
    """
    found = {}
    for item in header.get("SegmentSequence") or []:
        try:
            block = item.private_block(GROUP, CREATOR)
        except KeyError:
            continue
        if SHAPE not in block or CONFIDENCE not in block:
            continue
        bscans, ascans = (int(length) for length in block[SHAPE].value)
        data = np.frombuffer(bytes(block[CONFIDENCE].value or b""), np.uint8)
        if len(data) < bscans * ascans:
            raise InstanceUnreadable(
                f"the confidence of its segment {surface_name(item)} has {len(data)} bytes for "
                f"{bscans} x {ascans} A-scans"
            )
        levels = data[: bscans * ascans].reshape(bscans, ascans)
        found[surface_name(item)] = levels.astype(np.float32) / np.float32(255)
    return found


def confidence_bytes(confidence: Float32) -> NDArray[np.uint8]:
    """Confidence from 0 to 1 as bytes; what is not 0 is at least 1.

    >>> confidence_bytes(np.float32([0, 0.001, 0.5, 1])).tolist()
    [0, 1, 128, 255]
    """
    levels = np.rint(np.clip(confidence, 0, 1) * 255)
    return np.where(confidence > 0, np.maximum(levels, 1), 0).astype(np.uint8)
