"""The position of a data set in the Standard's tables."""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """The position of a data set, in the instance and in the Standard; built by keyword.

    `path` leads to it in keywords, empty at the root and with a full stop at its end elsewhere;
    `shape` is the path without the numbers of items; `link` is octome's page of the module or of
    the sequence whose items it is one of. `trigger` is the attribute because of which a module
    counts as used; empty if the CIOD demands the module.
    """

    module: str
    section: str
    link: str
    trigger: str = ""
    path: str = ""
    shape: str = ""

    def item(self, keyword: str, tag_id: str, number: int) -> Location:
        """An item of a sequence that is here.

        Examples
        --------
        >>> patient = Location(module="Patient", section="PS3.3 C.7.1.1", link="/modules/patient")
        >>> inside = patient.item("OtherPatientIDsSequence", "00101002", 3)
        >>> inside.path, inside.shape, inside.link
        ('OtherPatientIDsSequence[3].', 'OtherPatientIDsSequence[].', '/modules/patient/00101002')
        """
        return Location(
            module=self.module,
            section=self.section,
            link=f"{self.link}/{tag_id}",
            path=f"{self.path}{keyword}[{number}].",
            shape=f"{self.shape}{keyword}[].",
        )
