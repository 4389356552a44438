"""SOP Classes whose instances are images."""

from __future__ import annotations

STORAGE = "1.2.840.10008.5.1.4.1.1."
# Instances that nobody takes for anything but images: projections, CT, MR, ultrasound, captures,
# angiography, nuclear medicine, visible light, PET.
IMAGES = tuple(
    STORAGE + first
    for first in ("1", "2", "4", "6.1", "6.2", "7", "12", "13.1", "20", "77.1", "128")
)
SPECTRA = STORAGE + "4.2"


def is_image(uid: str) -> bool:
    """Whether instances of a SOP Class are images beyond doubt.

    Examples
    --------
    >>> is_image(STORAGE + "2"), is_image(STORAGE + "4.2"), is_image(STORAGE + "88.11")
    (True, False, False)
    """
    return uid != SPECTRA and any(uid == one or uid.startswith(f"{one}.") for one in IMAGES)
