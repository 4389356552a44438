"""Which CIODs of several editions are the same one, even if renamed."""

from __future__ import annotations

from octome.standard.sources.records import EditionRecords


class SameCiods:
    """One id for the same CIOD in every edition: its id in the oldest edition that has it."""

    def __init__(self) -> None:
        self._of_id: dict[str, str] = {}
        self._of_sop_class: dict[str, str] = {}

    def add(self, edition: EditionRecords) -> dict[str, str]:
        """The shared id of each CIOD of an edition, by its own id. The oldest edition comes first.

        A CIOD is the same as an older one if it has the same id, or else if both store the same
        SOP Class.
        """
        same = {ciod.id: self._of_id[ciod.id] for ciod in edition.ciods if ciod.id in self._of_id}
        renamed = {
            ciod: self._of_sop_class[uid]
            for uid, ciod in edition.sop_classes.items()
            if uid in self._of_sop_class
        }
        taken = set(same.values())
        for ciod in edition.ciods:
            older = renamed.get(ciod.id)
            if ciod.id not in same:
                # Two CIODs of one edition differ, even if an older edition had one for both.
                same[ciod.id] = ciod.id if older is None or older in taken else older
                taken.add(same[ciod.id])
        self._of_id |= same
        self._of_sop_class |= {
            uid: same[ciod] for uid, ciod in edition.sop_classes.items() if ciod in same
        }
        return same
