"""Text in the character sets of PS3.3 C.12.1.1.2."""

from __future__ import annotations

import warnings


def decoded(raw: bytes, character_sets: tuple[str, ...]) -> str:
    """Bytes as text; bytes that are invalid in these character sets become U+FFFD.

    Parameters
    ----------
    raw : bytes
        One element's value, several values with their backslashes.
    character_sets : tuple of str
        Specific Character Set; empty means the default repertoire.
    """
    from pydicom.charset import convert_encodings, decode_bytes

    with warnings.catch_warnings():
        # Its warnings (an unknown set, a wrong byte) are findings of the check itself.
        warnings.simplefilter("ignore")
        try:
            encodings = convert_encodings(list(character_sets) or [""])
            return str(decode_bytes(raw, encodings, {0x0A, 0x0C, 0x0D, 0x5C, 0x5E, 0x3D}))
        except (LookupError, ValueError):
            return raw.decode("ascii", errors="replace")
