"""An instance laid over its CIOD: what is there, what is missing, and what is said of each.

The answer is bounded, so that a page of it stays one: of many items the first are shown, long
values are cut, bulk data is told by its size.
"""

from __future__ import annotations

from collections.abc import Iterable

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Finding, Report
from octome.conformance.inspect.inspection import Inspection, Node, Part
from octome.conformance.inspect.value_text import ValueText
from octome.conformance.rules.rule import AttributeRule, CiodRule, GroupRule, LevelRule
from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

MISSING = {"missing": "missing", "missing-undecided": "undecided"}
FIRST_ITEMS = 12  # of a sequence
FIRST_FRAMES = 3  # of per-frame functional groups
MOST_NODES = 5_000


def inspect(checker: Checker, encoded: Encoded, name: str = "") -> Inspection:
    """Lay an instance over its CIOD.

    Parameters
    ----------
    checker : Checker
        Which edition.
    encoded : Encoded
        The instance, read by `octome.dicom.part10.read_encoded`.
    name : str
        What the report calls it.
    """
    return _Overlay(checker, encoded, checker.check_encoded(encoded, name)).inspection()


class _Overlay:
    """One inspection."""

    def __init__(self, checker: Checker, encoded: Encoded, report: Report) -> None:
        self.book = checker.book
        self.encoded = encoded
        self.report = report
        self.text = ValueText(checker)
        self.left = MOST_NODES
        self.findings: dict[str, list[Finding]] = {}
        for finding in report.findings:
            self.findings.setdefault(finding.path, []).append(finding)
        self.seen: set[int] = set()

    def inspection(self) -> Inspection:
        """Everything."""
        ciod = self.book.ciod(self.report.ciod) if self.report.ciod else None
        parts = [self._meta(), *self._modules(ciod), *self._rest(ciod is not None)]
        return Inspection(
            self.report,
            self.text.uid(self.encoded.transfer_syntax),
            self.encoded.size,
            tuple(part for part in parts if part.nodes or part.absent),
            self.left > 0,
        )

    def _meta(self) -> Part:
        nodes = tuple(self._plain(self.encoded.meta, element, "") for element in self.encoded.meta)
        return Part("File Meta Information", "", "PS3.10 7.1", "", nodes)

    def _modules(self, ciod: CiodRule | None) -> Iterable[Part]:
        root = self.encoded.data_set
        for module in ciod.modules if ciod else ():
            if module.name not in self.report.modules:
                continue
            nodes = self._level(module.level, root, "", module.path, ciod)
            absent = tuple(
                (rule.name, f"{module.path}/{rule.tag_id}")
                for rule in module.level
                if rule.type == "3" and rule.tag not in root and not rule.repeats
            )
            self.seen |= module.level.tags
            yield Part(module.name, module.usage, module.section, module.path, nodes, absent)

    def _rest(self, has_ciod: bool) -> Iterable[Part]:  # noqa: FBT001
        """What is in no module that the instance uses."""
        root = self.encoded.data_set
        known = self.seen if has_ciod else set()
        rest = [e for e in root if e.tag not in known and e.tag & 0xFF00FFFF not in known]
        public = [e for e in rest if not e.tag >> 16 & 1]
        private = [e for e in rest if e.tag >> 16 & 1]
        for name, elements in (
            ("In no module that the instance uses" if has_ciod else "Attributes", public),
            ("Private", private),
        ):
            state = "unexpected" if has_ciod else "present"
            nodes = tuple(self._plain(root, element, "", state) for element in elements)
            yield Part(name, "", "", "", nodes)

    def _level(
        self, level: LevelRule, ds: DataSet, path: str, link: str, ciod: CiodRule | None
    ) -> tuple[Node, ...]:
        """The attributes of a level in the Standard's order, those that are there or missed."""
        nodes = []
        for tag, twins in level.rules.items():
            element = ds.get(tag)
            rule = self._fitting(twins, element)
            if element is not None:
                nodes.append(self._present(rule, element, ds, path, link, ciod))
            else:
                lacking = self._lacking(rule, path, link)
                nodes += [lacking] if lacking else []
        return tuple(nodes)

    def _fitting(self, twins: tuple[AttributeRule, ...], element: Element | None) -> AttributeRule:
        """Of alternatives, the one whose items fit best."""
        if len(twins) == 1 or element is None or not element.items:
            return twins[0]
        tags = element.items[0].elements.keys()
        return max(twins, key=lambda rule: len(rule.items.tags & tags) if rule.has_items else 0)

    def _present(
        self,
        rule: AttributeRule,
        element: Element,
        ds: DataSet,
        path: str,
        link: str,
        ciod: CiodRule | None,
    ) -> Node:
        here = f"{path}{rule.keyword}"
        page = f"{link}/{rule.tag_id}"
        items: tuple[tuple[Node, ...], ...] = ()
        more = 0
        if element.items:
            shown = (
                FIRST_FRAMES if element.tag == TAG.PerFrameFunctionalGroupsSequence else FIRST_ITEMS
            )
            shown = shown if self.left > 0 else 0
            items = tuple(
                self._item(rule, item, f"{here}[{number}].", page, ciod)
                for number, item in enumerate(element.items[:shown])
            )
            more = len(element.items) - len(items)
        self.left -= 1
        return Node(
            rule.tag_id,
            rule.keyword,
            rule.name,
            element.vr,
            rule.type,
            "present" if ds.has_value(element.tag) else "empty",
            self.text.of(ds, element),
            here,
            page,
            tuple(self.findings.get(here, ())),
            items,
            more,
        )

    def _item(
        self, rule: AttributeRule, item: DataSet, path: str, link: str, ciod: CiodRule | None
    ) -> tuple[Node, ...]:
        if (
            rule.tag in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)
            and ciod
            and ciod.groups
        ):
            return self._groups(ciod, item, path)
        if not rule.has_items:
            return tuple(self._plain(item, element, path) for element in item)
        nodes = self._level(rule.items, item, path, link, ciod)
        strays = [e for e in item if e.tag not in rule.items.tags]
        return (*nodes, *(self._plain(item, element, path, "unexpected") for element in strays))

    def _groups(self, ciod: CiodRule, item: DataSet, path: str) -> tuple[Node, ...]:
        """The functional groups of one frame, or those that are shared."""
        nodes: list[Node] = []
        for group in ciod.groups.values():
            element = item.get(group.tag)
            link = group.path.rpartition("/")[0]
            if element is not None:
                nodes.append(self._present(group.rule, element, item, path, link, ciod))
            else:
                nodes += self._group_lacking(group, path)
        strays = [element for element in item if element.tag not in ciod.groups]
        return (*nodes, *(self._plain(item, element, path, "unexpected") for element in strays))

    def _group_lacking(self, group: GroupRule, path: str) -> list[Node]:
        findings = tuple(
            finding
            for finding in self.findings.get(f"{path}{group.rule.keyword}", ())
            if finding.code in ("group-missing", "group-undecided")
        )
        if not findings:
            return []
        state = "missing" if findings[0].code == "group-missing" else "undecided"
        return [
            self._node_lacking(group.rule, path, group.path.rpartition("/")[0], state, findings)
        ]

    def _lacking(self, rule: AttributeRule, path: str, link: str) -> Node | None:
        """An attribute that is missed; None for one that nobody misses."""
        if not rule.is_required:
            return None  # another module misses it
        findings = tuple(
            finding
            for finding in self.findings.get(f"{path}{rule.keyword}", ())
            if finding.code in MISSING
        )
        if not findings:
            return None
        return self._node_lacking(rule, path, link, MISSING[findings[0].code], findings)

    def _node_lacking(
        self,
        rule: AttributeRule,
        path: str,
        link: str,
        state: str,
        findings: tuple[Finding, ...],
    ) -> Node:
        self.left -= 1
        return Node(
            rule.tag_id,
            rule.keyword,
            rule.name,
            rule.vrs[0],
            rule.type,
            state,
            "",
            path + rule.keyword,
            f"{link}/{rule.tag_id}",
            findings,
        )

    def _plain(self, ds: DataSet, element: Element, path: str, state: str = "present") -> Node:
        """An element by itself, without rules; the items of a sequence too."""
        entry = self.book.dictionary.get(element.tag)
        tag = f"{element.tag:08x}"
        keyword = entry.keyword if entry and entry.keyword else tag
        here = f"{path}{keyword}"
        shown = (element.items or [])[: FIRST_ITEMS if self.left > 0 else 0]
        items = tuple(
            tuple(self._plain(item, child, f"{here}[{number}].", state) for child in item)
            for number, item in enumerate(shown)
            if path.count(".") < FIRST_ITEMS
        )
        self.left -= 1
        is_empty = state == "present" and not ds.has_value(element.tag)
        return Node(
            tag,
            keyword,
            entry.name if entry else self.text.private_name(ds, element),
            element.vr,
            None,
            "empty" if is_empty else state,
            self.text.of(ds, element),
            here,
            f"/attributes/{entry.tag:08x}" if entry else "",
            tuple(self.findings.get(here, ())),
            items,
            len(element.items or ()) - len(items),
        )
