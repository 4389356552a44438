"""Names from slugs: what the current edition calls a thing of which only the slug is known."""

from __future__ import annotations

import re

# Words of the Standard's titles that are not written with one capital. Source: the titles of
# PS3.3 Annexes A and C, 2020b and later.
SPELLED = {
    word.lower(): word
    for word in re.findall(
        r"\S+",
        """3D 32-bit 2D and B-scan C-Arm CPR CR CT DX ECG ENT EO for HSM ICC IOD IOL IVOCT LUT MPR
        MR MRI NM OCT of OPT PET PS QA ROI RT SC SOP SR TID to UDI UID US VL VOI WSI XA XRF""",
    )
}

# Slugs whose hyphens do not all stand for spaces. Source: the titles of PS3.3.
PHRASES = {
    "12 lead": "12-Lead",
    "32 bit": "32-bit",
    "b scan": "B-scan",
    "c arm": "C-Arm",
    "cone beam": "Cone-Beam",
    "multi channel": "Multi-channel",
    "multi energy": "Multi-energy",
    "multi frame": "Multi-frame",
    "multi resolution": "Multi-Resolution",
    "photon electron": "Photon-Electron",
    "real time": "Real-Time",
    "robotic arm": "Robotic-Arm",
    "slide coordinates": "Slide-Coordinates",
    "structured report": "Structured Report",
    "x ray": "X-Ray",
}

# Modules that the maps hold once for each CIOD. Source: PS3.3 C.7.6.16 and C.7.6.29.
FUNCTIONAL_GROUPS = ("multi-frame-functional-groups", "current-frame-functional-groups")
# A module of its own whose name ends like theirs. Source: PS3.3 C.7.6.16.
OWN_FUNCTIONAL_GROUPS = "sparse-multi-frame-functional-groups"


def _titled(words: str) -> str:
    return " ".join(SPELLED.get(word, word[:1].upper() + word[1:]) for word in words.split())


def name_of_slug(slug: str, known: dict[str, str]) -> str:
    """The title for a slug: the known one, or one made of its words.

    The functional groups of each multi-frame CIOD are a table of their own in the maps, but one
    module in the Standard, and so is their name.

    Examples
    --------
    >>> name_of_slug("x-ray-3d-image-multi-frame-functional-groups", {})
    'Multi-frame Functional Groups'
    >>> name_of_slug("robotic-arm-rt-record", {})
    'Robotic-Arm RT Record'
    """
    if slug in known:
        return known[slug]
    words = f" {base_module(slug).replace('-', ' ')} "
    for plain, phrase in PHRASES.items():
        words = words.replace(f" {plain} ", f" {phrase} ")
    return _titled(words)


def base_module(id_: str) -> str:
    """The module of the Standard that a table of the maps is: itself, or functional groups.

    Examples
    --------
    >>> base_module("enhanced-ct-image-multi-frame-functional-groups")
    'multi-frame-functional-groups'
    """
    if id_ == OWN_FUNCTIONAL_GROUPS:
        return id_
    return next((base for base in FUNCTIONAL_GROUPS if id_.endswith(f"-{base}")), id_)


def words_of_keyword(keyword: str) -> str:
    """A context group's keyword as words.

    The keywords are titles without their spaces, and small words are not capitalised in them; the
    ones that no other word ends in are found again.

    Examples
    --------
    >>> words_of_keyword("EnFaceImageType"), words_of_keyword("MedicationTypeforAnesthesia")
    ('En Face Image Type', 'Medication Type for Anesthesia')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z\d])(?=[A-Z][a-z])", " ", keyword)
    small = r"(?<=[a-z])(for|from|with|(?<!o)of|(?<=ion|ity)and|(?<=ion)or)(?= )"
    return re.sub(small, r" \1", words)
