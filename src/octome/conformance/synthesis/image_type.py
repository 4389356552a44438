"""Image Type and Frame Type of each CIOD: PS3.3 C.7.6.1.1.2, C.8.16.1 and each CIOD's module."""

from __future__ import annotations

from octome.conformance.synthesis.slot import Slot

ORIGINAL, DERIVED, PRIMARY = "ORIGINAL", "DERIVED", "PRIMARY"
ENHANCED = [ORIGINAL, PRIMARY, "VOLUME", "NONE"]
TYPES: dict[str, list[str]] = {
    "ct-image": [ORIGINAL, PRIMARY, "AXIAL"],  # C.8.2.1.1.1
    "mr-image": [ORIGINAL, PRIMARY, "OTHER"],  # C.8.3.1.1.1
    "nuclear-medicine-image": [ORIGINAL, PRIMARY, "STATIC", "EMISSION"],  # C.8.4.9.1.1
    "x-ray-angiographic-image": [ORIGINAL, PRIMARY, "SINGLE PLANE"],  # C.8.7.1.1.1
    "x-ray-radiofluoroscopic-image": [ORIGINAL, PRIMARY, "SINGLE PLANE"],
    "rt-image": [ORIGINAL, PRIMARY, "PORTAL"],  # C.8.8.2
    "enhanced-xa-image": [ORIGINAL, PRIMARY, "SINGLE PLANE", "NONE"],  # C.8.19.2
    "enhanced-xrf-image": [ORIGINAL, PRIMARY, "SINGLE PLANE", "NONE"],
    "enhanced-us-volume": [ORIGINAL, PRIMARY, "VOLUME", "NONE"],  # C.8.24.1
    "segmentation": [DERIVED, PRIMARY],  # C.8.20.2
    "ophthalmic-optical-coherence-tomography-en-face-image": [DERIVED, PRIMARY],  # C.8.17.16
    "height-map-segmentation": [DERIVED, PRIMARY],
    "parametric-map": [DERIVED, PRIMARY, "VOLUME", "NONE"],  # C.8.32.2
    "positron-emission-tomography-image": [ORIGINAL, PRIMARY],  # C.8.9.4
}
PLAIN = [ORIGINAL, PRIMARY]
# CIODs with these words in their id have four values (C.8.16.1).
MULTI = (
    "enhanced-", "legacy-converted", "mr-spectroscopy", "x-ray-3d", "tomosynthesis",
    "whole-slide", "intravascular", "breast-projection", "photoacoustic", "confocal",
)  # fmt: skip
# SOP Classes of images for processing (PS3.4 B.5).
FOR_PROCESSING = frozenset(
    f"1.2.840.10008.5.1.4.1.1.{rest}" for rest in ("1.1.1", "1.2.1", "1.3.1", "13.1.5", "14.2")
)


def presentation_intent(slot: Slot) -> str:
    """Presentation Intent Type, which depends on the SOP Class (PS3.3 C.8.11.1.1.1)."""
    is_raw = slot.plan.sop_class in FOR_PROCESSING
    return "FOR PROCESSING" if is_raw else "FOR PRESENTATION"


def image_type(slot: Slot) -> list[str]:
    """Image Type, or the Frame Type of a functional group: the same if both are present."""
    ciod = slot.plan.ciod
    if ciod in TYPES:
        return TYPES[ciod]
    if slot.rule.keyword == "FrameType" or any(word in ciod for word in MULTI):
        return ENHANCED
    return PLAIN
