"""Functional groups of multi-frame instances: which are there, where, and what is in them.

PS3.3 C.7.6.16.1.1 and C.7.6.16.1.2, and each CIOD's table of functional group macros.
"""

from __future__ import annotations

from octome.conformance.check.finding import Finding
from octome.conformance.check.finding_collector import Notebook, Where
from octome.conformance.check.presence import Presence
from octome.conformance.check.scope import Instance, Place
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.rule import CiodRule, GroupRule
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

KEYWORDS = {
    TAG.SharedFunctionalGroupsSequence: "SharedFunctionalGroupsSequence",
    TAG.PerFrameFunctionalGroupsSequence: "PerFrameFunctionalGroupsSequence",
}


class FunctionalGroups:
    """Holds the functional groups of an instance against those of its CIOD."""

    def __init__(self, ciod: CiodRule, instance: Instance, presence: Presence) -> None:
        self.ciod = ciod
        self.instance = instance
        self.presence = presence
        self.notebook: Notebook = presence.notebook
        self.shared = instance.root.items(TAG.SharedFunctionalGroupsSequence)[:1]
        self.frames = instance.root.items(TAG.PerFrameFunctionalGroupsSequence)
        self.notebook.frames = len(self.frames)

    def check(self) -> None:
        """Everything about them."""
        cut_at = self.instance.root.cut_at
        is_whole = cut_at is None or cut_at > TAG.PerFrameFunctionalGroupsSequence
        if is_whole:
            self._count()
        for holder, items in (
            (TAG.SharedFunctionalGroupsSequence, self.shared),
            (TAG.PerFrameFunctionalGroupsSequence, self.frames),
        ):
            for number, item in enumerate(items):
                self.presence.known.setdefault(id(item), set()).update(self.ciod.groups)
                self._inside(holder, number, item)
        for group in self.ciod.groups.values() if is_whole else ():
            self._use(group)

    def _count(self) -> None:
        """One item per frame."""
        frames = self.instance.root.number(TAG.NumberOfFrames)
        if self.frames and frames is not None and frames != len(self.frames):
            self._say(
                "frame-count",
                None,
                KEYWORDS[TAG.PerFrameFunctionalGroupsSequence],
                f"Per-Frame Functional Groups Sequence has {len(self.frames)} items, "
                f"Number of Frames is {frames:g}",
                "Give each frame one item",
            )

    def _inside(self, holder: int, number: int, item: DataSet) -> None:
        path = f"{KEYWORDS[holder]}[{number}]."
        for tag, element in item.elements.items():
            group = self.ciod.groups.get(tag)
            if group is None:
                continue
            where = Where(group.name, group.section, group.path.rpartition("/")[0], path)
            self.presence.present((group.rule,), element, item, group.level, where)

    def _use(self, group: GroupRule) -> None:
        in_shared = any(group.tag in item.elements for item in self.shared)
        without = [n for n, item in enumerate(self.frames) if group.tag not in item.elements]
        in_frames = len(self.frames) - len(without)
        if in_shared and in_frames:
            self._say(
                "group-in-both",
                group,
                f"{KEYWORDS[TAG.SharedFunctionalGroupsSequence]}[0].{group.rule.keyword}",
                f"the {group.name} group is shared and stands in {in_frames} frames too",
                "Keep it in one of the two",
            )
        self._placed(group, in_shared=in_shared, in_frames=in_frames)
        if in_shared or (self.frames and not without):
            return
        place = Place(self.instance, self.instance.root, frozenset(self.ciod.root_tags))
        truth: Truth = group.usage == "M"
        if group.usage == "C":
            truth = group.requirement.required.truth(place)
        if truth and group.tag == TAG.SegmentIdentificationSequence and self._is_label_map():
            return
        first = (
            f"{KEYWORDS[TAG.PerFrameFunctionalGroupsSequence]}[{without[0]}]"
            if in_frames
            else KEYWORDS[TAG.SharedFunctionalGroupsSequence] + "[0]"
        )
        path = f"{first}.{group.rule.keyword}"
        if truth and in_frames:
            message = (
                f"the {group.name} group is missing in {len(without)} of {len(self.frames)} frames"
            )
            self._say("group-missing", group, path, message, "Add it to each frame")
        elif truth:
            where = "neither shared nor in each frame"
            self._say(
                "group-missing",
                group,
                path,
                f"the {group.name} group is {where}",
                "Add it where it may stand: " + group.placement,
            )
        elif truth is None and not in_frames:
            message = f"the {group.name} group is not there; whether it has to be cannot be told"
            self._say("group-undecided", group, path, message, "Add it if its condition holds")

    def _is_label_map(self) -> bool:
        """Whether each pixel names its segment, so that frames need not (PS3.3 A.51.5)."""
        return self.instance.root.text(TAG.SegmentationType) == "LABELMAP"

    def _placed(self, group: GroupRule, *, in_shared: bool, in_frames: int) -> None:
        """Whether the group stands where it may."""
        wrong = (in_shared and group.placement == "per frame") or (
            in_frames and group.placement == "shared"
        )
        if wrong:
            holder = (
                TAG.SharedFunctionalGroupsSequence
                if in_shared
                else TAG.PerFrameFunctionalGroupsSequence
            )
            self._say(
                "group-misplaced",
                group,
                f"{KEYWORDS[holder]}[0].{group.rule.keyword}",
                f"the {group.name} group may only be {group.placement}",
                "Move it",
            )

    def _say(self, code: str, group: GroupRule | None, path: str, message: str, fix: str) -> None:
        undecided = code == "group-undecided"
        self.notebook.add(
            Finding(
                code,
                "undecided" if undecided else "violation",
                path,
                message,
                fix,
                group.name if group else "Multi-frame Functional Groups",
                group.rule.type if group else "1C",
                group.section if group else "PS3.3 C.7.6.16",
                group.path if group else "",
                group.edition if group else "",
                group.requirement.text if group and group.usage == "C" else "",
            )
        )
