"""Single attributes with tighter limits than their value representation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

OFFSET = re.compile(r"-(?:0\d|1[01])[0-5]\d|-1200|\+(?:0\d|1[0-3])[0-5]\d|\+1400")


def timezone(encoded: Encoded) -> Iterator[Disagreement]:
    """The offset from UTC is one that a DT may have (PS3.3 C.12.1)."""
    found = encoded.data_set.text(TAG.TimezoneOffsetFromUTC)
    if found and OFFSET.fullmatch(found) is None:
        yield Disagreement(
            code="value-format",
            fix="Write the offset as in +0100 or -0530",
            path="TimezoneOffsetFromUTC",
            message=f"it is {found!r}, not a sign, hours and minutes from -1200 to +1400",
            section="PS3.3 C.12.1",
        )
