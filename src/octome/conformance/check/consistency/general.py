"""Single attributes with tighter limits than their value representation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.value_representation import OFFSET
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG


def timezone(encoded: Encoded) -> Iterator[Disagreement]:
    """The offset from UTC is one that a DT may have (PS3.3 C.12.1)."""
    found = encoded.data_set.text(TAG.TimezoneOffsetFromUTC)
    if found and re.fullmatch(OFFSET, found.encode()) is None:
        yield Disagreement(
            code="value-format",
            fix="Write the offset as in +0100 or -0530",
            path="TimezoneOffsetFromUTC",
            message=f"it is {found!r}, not an offset from -1200 to +1400 (+0000 for UTC)",
            section="PS3.3 C.12.1",
        )
