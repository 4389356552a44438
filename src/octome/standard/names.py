"""Names from slugs, for editions whose source has only slugs."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from urllib.parse import quote

# Words of the Standard's titles that are not written with one capital. Source: the titles of
# PS3.3 Annexes A and C.
SPELLED = {
    word.lower(): word
    for word in re.findall(
        r"\S+",
        """3D 32-bit 2D and B-scan C-Arm CPR CR CT DX ECG ENT EO for HSM ICC IOD IOL IVOCT LUT MPR
        MR MRI NM OCT of OPT PET PS QA ROI RT SC SOP SR TID to UDI UID US VL VOI WSI XA XRF""",
    )
}

# Slugs whose hyphens are not all spaces. Source: the titles of PS3.3.
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

# Modules that the maps have once for each CIOD. Source: PS3.3 C.7.6.16 and C.7.6.29.
CODE_MACRO = "/macros/code-sequence"  # PS3.3 Table 8.8-1
FUNCTIONAL_GROUPS = ("multi-frame-functional-groups", "current-frame-functional-groups")
# A separate module whose name ends like theirs. Source: PS3.3 C.7.6.16.
OWN_FUNCTIONAL_GROUPS = "sparse-multi-frame-functional-groups"

# Unescaped characters in the address of a code, apart from letters and digits. Source: UCUM.
CODE_CHARACTERS = "/[]{}()*'+:,=^"

# Words that titles do not capitalise, the longest first.
SMALL_WORDS = ("from", "with", "and", "for", "the", "as", "at", "by", "in", "of", "on", "or", "to")


def _titled(words: str) -> str:
    return " ".join(SPELLED.get(word, word[:1].upper() + word[1:]) for word in words.split())


def name_of_slug(slug: str, known: Mapping[str, str]) -> str:
    """The title for a slug: the known one, or one built from its words.

    The functional groups of each multi-frame CIOD are a separate table in the maps, but one module
    in the Standard, and get the name of that module.

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
    """The module of the Standard for a table of the maps: itself, or functional groups.

    Examples
    --------
    >>> base_module("enhanced-ct-image-multi-frame-functional-groups")
    'multi-frame-functional-groups'
    """
    if id_ == OWN_FUNCTIONAL_GROUPS:
        return id_
    return next((base for base in FUNCTIONAL_GROUPS if id_.endswith(f"-{base}")), id_)


def words_of_keyword(keyword: str, known: Container[str] = ()) -> str:
    """A context group's keyword as words.

    The keywords are titles without their spaces, in which small words are not capitalised.

    Parameters
    ----------
    keyword : str
        As in pydicom.
    known : container of str
        Words of other titles, in lower case: a small word counts only after one of these,
        but for "from".

    Examples
    --------
    >>> words_of_keyword("EnFaceImageType")
    'En Face Image Type'
    >>> words_of_keyword("NearorinMuscleFactor", {"near", "muscle", "factor", "fact"})
    'Near or in Muscle Factor'
    >>> words_of_keyword("ColorfromPond")
    'Color from Pond'
    """
    ends = r"(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z\d])(?=[A-Z][a-z])|(?<=[a-z])(?=from[A-Z])"
    words = re.sub(ends, " ", keyword).split()
    return " ".join(_with_small_words(word, known) for word in words)


def _with_small_words(word: str, known: Container[str]) -> str:
    if word.lower() in known or word in SMALL_WORDS:
        return word
    for small in SMALL_WORDS:
        stem = word.removesuffix(small)
        if stem != word and (found := _with_small_words(stem, known)).split()[0].lower() in known:
            return f"{found} {small}"
    return word


def code_path(scheme: str, value: str) -> str:
    """The address of a code's page; a code of UCUM may contain slashes.

    Examples
    --------
    >>> code_path("DCM", "121071"), code_path("UCUM", "/min"), code_path("UCUM", "%")
    ('/codes/DCM/121071', '/codes/UCUM//min', '/codes/UCUM/%25')
    """
    return f"{scheme_path(scheme)}/{quote(value, safe=CODE_CHARACTERS)}"


def scheme_path(scheme: str) -> str:
    """The address of the list of a coding scheme's codes."""
    return f"/codes/{quote(scheme, safe='')}"
