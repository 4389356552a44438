"""Functional groups of multi-frame instances: which are present, where, and with what content.

PS3.3 C.7.6.16.1.1 and C.7.6.16.1.2, and each CIOD's table of functional group macros.
"""

from __future__ import annotations

from functools import partial

from octome.conformance.check.location import Location
from octome.conformance.check.presence import Presence
from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.rule import CiodRule, GroupRule
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

KEYWORDS = {
    TAG.SharedFunctionalGroupsSequence: "SharedFunctionalGroupsSequence",
    TAG.PerFrameFunctionalGroupsSequence: "PerFrameFunctionalGroupsSequence",
}


class FunctionalGroups:
    """Checks the functional groups of an instance against those of its CIOD."""

    def __init__(self, ciod: CiodRule, instance: Instance, presence: Presence) -> None:
        self.ciod = ciod
        self.instance = instance
        self.presence = presence
        self.collector = presence.collector
        self.shared = instance.root.items(TAG.SharedFunctionalGroupsSequence)[:1]
        self.frames = instance.root.items(TAG.PerFrameFunctionalGroupsSequence)

    def check(self) -> None:
        """All checks."""
        cut_at = self.instance.root.cut_at
        is_whole = cut_at is None or cut_at > TAG.PerFrameFunctionalGroupsSequence
        if is_whole:
            self._check_count()
        tags, alike = frozenset(self.ciod.groups), self.presence.alike_items()
        for sequence, items in (
            (TAG.SharedFunctionalGroupsSequence, self.shared),
            (TAG.PerFrameFunctionalGroupsSequence, self.frames),
        ):
            for number, item in enumerate(items):
                self.presence.deadline.require()
                self.presence.allow_tags(item, tags)
                path = f"{KEYWORDS[sequence]}[{number}]."
                alike.check(item, path, partial(self._check_content, sequence, path, item))
        for group in self.ciod.groups.values() if is_whole else ():
            self._check_use(group)

    def _check_count(self) -> None:
        """One item per frame."""
        frames = self.instance.root.number(TAG.NumberOfFrames)
        if self.frames and frames is not None and frames != len(self.frames):
            self.collector.add(
                code="frame-count",
                outcome="violation",
                path=KEYWORDS[TAG.PerFrameFunctionalGroupsSequence],
                message=f"Per-Frame Functional Groups Sequence has {len(self.frames)} items, "
                f"Number of Frames is {frames:g}",
                fix="Give each frame one item",
                module="Multi-frame Functional Groups",
                type="1C",
                section="PS3.3 C.7.6.16",
            )

    def _check_content(self, sequence: int, path: str, item: DataSet) -> None:
        shape = f"{KEYWORDS[sequence]}[]."
        for tag, element in item.elements.items():
            group = self.ciod.groups.get(tag)
            if group is None:
                continue
            location = Location(
                module=group.name,
                section=group.section,
                link=group.path.rpartition("/")[0],
                path=path,
                shape=shape,
            )
            self.presence.check_present((group.rule,), element, item, group.level, location)

    def _check_use(self, group: GroupRule) -> None:
        """Whether the group is present, either shared or per frame."""
        in_shared = any(group.tag in item.elements for item in self.shared)
        without = [n for n, item in enumerate(self.frames) if group.tag not in item.elements]
        in_frames = len(self.frames) - len(without)
        if in_shared and in_frames:
            path = f"{KEYWORDS[TAG.SharedFunctionalGroupsSequence]}[0].{group.rule.keyword}"
            message = f"the {group.name} group is shared, and also in {in_frames} frames"
            self._add(
                "group-in-both", group, path, message, "Keep it either shared or in each frame"
            )
        self._check_placement(group, in_shared=in_shared, in_frames=in_frames)
        if in_shared or (self.frames and not without):
            return
        truth = self._is_required(group)
        is_in_frames = bool(in_frames) or group.placement == "per frame"
        sequence = (
            TAG.PerFrameFunctionalGroupsSequence
            if is_in_frames
            else TAG.SharedFunctionalGroupsSequence
        )
        number = without[0] if is_in_frames and without else 0
        path = f"{KEYWORDS[sequence]}[{number}].{group.rule.keyword}"
        if truth and in_frames:
            count = f"{len(without)} of {len(self.frames)} frames"
            message = f"the {group.name} group is missing in {count}"
            self._add("group-missing", group, path, message, "Add it to each frame", group.edition)
        elif truth:
            message = f"the {group.name} group is missing: it is neither shared nor in each frame"
            fix = f"Add it where it is allowed: {group.placement}"
            self._add("group-missing", group, path, message, fix, group.edition)
        elif truth is None and not in_frames:
            message = (
                f"the {group.name} group is missing: the instance does not decide whether it is "
                "required"
            )
            fix = "Add it if its condition is met"
            self._add("group-undecided", group, path, message, fix, group.edition)

    def _is_required(self, group: GroupRule) -> Truth:
        truth: Truth = group.usage == "M"
        if group.usage == "C":
            scope = Scope(self.instance, self.instance.root, frozenset(self.ciod.root_tags))
            truth = group.requirement.required.truth(scope)
        if truth and group.tag == TAG.SegmentIdentificationSequence and self._is_label_map():
            return False
        if truth and group.tag == TAG.FrameContentSequence and self._is_full_of_tiles():
            return None
        return truth

    def _is_label_map(self) -> bool:
        """Whether each pixel names its segment, so that frames need not (PS3.3 A.51.5)."""
        return self.instance.root.text(TAG.SegmentationType) == "LABELMAP"

    def _is_full_of_tiles(self) -> bool:
        """Whether groups per frame may be left out, as the order of tiles is known.

        The text does not say if Frame Content is one of them (PS3.3 C.7.6.17.3).
        """
        return self.instance.root.text(TAG.DimensionOrganizationType) == "TILED_FULL"

    def _check_placement(self, group: GroupRule, *, in_shared: bool, in_frames: int) -> None:
        """Whether the group is where it is allowed."""
        if (in_shared and group.placement == "per frame") or (
            in_frames and group.placement == "shared"
        ):
            sequence = (
                TAG.SharedFunctionalGroupsSequence
                if in_shared
                else TAG.PerFrameFunctionalGroupsSequence
            )
            path = f"{KEYWORDS[sequence]}[0].{group.rule.keyword}"
            message = f"the {group.name} group may only be {group.placement}"
            self._add("group-misplaced", group, path, message, "Move it")

    def _add(
        self,
        code: str,
        group: GroupRule,
        path: str,
        message: str,
        fix: str,
        edition: str | None = None,
    ) -> None:
        """Add a finding by a rule of an edition; of the one that is checked against if None."""
        self.collector.add(
            code=code,
            outcome="undecided" if code == "group-undecided" else "violation",
            path=path,
            message=message,
            fix=fix,
            module=group.name,
            type=group.rule.type,
            section=group.section,
            link=group.path,
            edition=edition or self.collector.edition,
            condition=group.requirement.text if group.usage == "C" else "",
        )
