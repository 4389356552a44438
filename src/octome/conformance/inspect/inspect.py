"""Inspects an instance: its attributes by module, missing ones included, with their findings.

The result is bounded so that a page can show it: it has only the first items of a sequence, long
values are cut, and bulk data is shown by its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Finding, Report
from octome.conformance.check.limits import Limits
from octome.conformance.inspect.inspection import Inspection, Node, Part, State
from octome.conformance.inspect.value_text import ValueText
from octome.conformance.rules.rule import AttributeRule, CiodRule, GroupRule, LevelRule
from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

MISSING = frozenset({"missing", "missing-undecided", "group-missing", "group-undecided"})
FIRST_ITEMS = 12  # of a sequence
FIRST_FRAMES = 3  # of per-frame functional groups
DEEPEST = 12  # sequences of attributes without rules
MOST_NODES = 5_000
NO_LIMITS = Limits()


def inspect(
    checker: Checker, encoded: Encoded, name: str = "", *, limits: Limits = NO_LIMITS
) -> Inspection:
    """Check an instance and arrange its attributes by module.

    Parameters
    ----------
    checker : Checker
        For one edition.
    encoded : Encoded
        The instance, read by `octome.dicom.part10.read_encoded`.
    name : str
        The name of the file in the report.
    limits : Limits
        How long the check may take, and how many findings are listed.
    """
    report = checker.check_encoded(encoded, name, limits=limits)
    return _InspectionBuilder(checker, encoded, report).inspection()


class _InspectionBuilder:
    """Builds one inspection."""

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
        self.ciod: CiodRule | None = self.book.ciod(report.ciod) if report.ciod else None

    def inspection(self) -> Inspection:
        """The whole inspection."""
        parts = [self._meta(), *self._modules(), *self._rest()]
        return Inspection(
            report=self.report,
            transfer_syntax=self.text.uid(self.encoded.transfer_syntax),
            size=self.encoded.size,
            parts=tuple(part for part in parts if part.nodes or part.absent),
            is_whole=self.left > 0,
        )

    def _meta(self) -> Part:
        nodes = tuple(self._plain_nodes(self.encoded.meta, self.encoded.meta, ""))
        return Part(name="File Meta Information", section="PS3.10 7.1", nodes=nodes)

    def _modules(self) -> Iterable[Part]:
        root = self.encoded.data_set
        for module in self.ciod.modules if self.ciod else ():
            if module.name not in self.report.modules:
                continue
            nodes = self._level(module.level, root, "", module.path)
            absent = tuple(
                (rule.name, f"{module.path}/{rule.tag_id}")
                for rule in module.level
                if rule.type == "3" and rule.tag not in root and not rule.repeats
            )
            self.seen |= module.level.tags
            yield Part(
                name=module.name,
                usage=module.usage,
                section=module.section,
                link=module.path,
                nodes=nodes,
                absent=absent,
            )

    def _rest(self) -> Iterable[Part]:
        """The attributes outside the modules that the instance uses."""
        root = self.encoded.data_set
        has_ciod = self.ciod is not None
        known = self.seen if has_ciod else set()
        rest = [e for e in root if e.tag not in known and e.tag & 0xFF00FFFF not in known]
        public = [e for e in rest if not e.tag >> 16 & 1]
        private = [e for e in rest if e.tag >> 16 & 1]
        state: State = "unexpected" if has_ciod else "present"
        for name, elements in (
            ("In no module that the instance uses" if has_ciod else "Attributes", public),
            ("Private", private),
        ):
            yield Part(name=name, nodes=tuple(self._plain_nodes(root, elements, "", state)))

    def _level(self, level: LevelRule, ds: DataSet, path: str, link: str) -> tuple[Node, ...]:
        """The attributes of a level in the Standard's order: those present, and those missing."""
        nodes = []
        for tag, alternatives in level.rules.items():
            element = ds.get(tag)
            rule = _fitting(alternatives, element)
            if element is not None:
                nodes.append(self._present(rule, element, ds, path, link))
            elif rule.is_required:  # the rules of another module may still require an optional one
                nodes += self._missing(rule, path, link)
        return tuple(nodes)

    def _present(
        self, rule: AttributeRule, element: Element, ds: DataSet, path: str, link: str
    ) -> Node:
        own_path = f"{path}{rule.keyword}"
        page = f"{link}/{rule.tag_id}"
        first = self._first_items(element)
        items = tuple(
            self._item(rule, item, f"{own_path}[{number}].", page)
            for number, item in enumerate(first)
        )
        self.left -= 1
        return Node(
            tag=rule.tag_id,
            keyword=rule.keyword,
            name=rule.name,
            vr=element.vr,
            type=rule.type,
            state="present" if ds.has_value(element.tag) else "empty",
            value=self.text.of(ds, element),
            path=own_path,
            link=page,
            findings=tuple(self.findings.get(own_path, ())),
            items=items,
            more=len(element.items or ()) - len(items),
        )

    def _first_items(self, element: Element) -> list[DataSet]:
        """The items that the inspection shows."""
        if self.left <= 0:
            return []
        return (element.items or [])[
            : FIRST_FRAMES if element.tag == TAG.PerFrameFunctionalGroupsSequence else FIRST_ITEMS
        ]

    def _item(self, rule: AttributeRule, item: DataSet, path: str, link: str) -> tuple[Node, ...]:
        if (
            rule.tag in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)
            and self.ciod
            and self.ciod.groups
        ):
            return self._groups(self.ciod, item, path)
        if not rule.has_items:
            return tuple(self._plain_nodes(item, item, path))
        nodes = self._level(rule.items, item, path, link)
        unexpected = [element for element in item if element.tag not in rule.items.tags]
        return (*nodes, *self._plain_nodes(item, unexpected, path, "unexpected"))

    def _groups(self, ciod: CiodRule, item: DataSet, path: str) -> tuple[Node, ...]:
        """The functional groups of one frame, or the shared ones."""
        nodes: list[Node] = []
        for group in ciod.groups.values():
            element = item.get(group.tag)
            link = _parent(group)
            if element is not None:
                nodes.append(self._present(group.rule, element, item, path, link))
            else:
                nodes += self._missing(group.rule, path, link)
        unexpected = [element for element in item if element.tag not in ciod.groups]
        return (*nodes, *self._plain_nodes(item, unexpected, path, "unexpected"))

    def _missing(self, rule: AttributeRule, path: str, link: str) -> list[Node]:
        """The node of a missing attribute; none if it has no finding."""
        own_path = f"{path}{rule.keyword}"
        findings = tuple(one for one in self.findings.get(own_path, ()) if one.code in MISSING)
        if not findings:
            return []
        self.left -= 1
        return [
            Node(
                tag=rule.tag_id,
                keyword=rule.keyword,
                name=rule.name,
                vr=rule.vrs[0],
                type=rule.type,
                state="undecided" if findings[0].outcome == "undecided" else "missing",
                value="",
                path=own_path,
                link=f"{link}/{rule.tag_id}",
                findings=findings,
            )
        ]

    def _plain_nodes(
        self, ds: DataSet, elements: Iterable[Element], path: str, state: State = "present"
    ) -> Iterator[Node]:
        """Elements without rules, up to the limit."""
        for element in elements:
            if self.left <= 0:
                return
            yield self._plain(ds, element, path, state)

    def _plain(self, ds: DataSet, element: Element, path: str, state: State) -> Node:
        """An element without rules, with the first items of a sequence."""
        self.left -= 1
        entry = self.book.dictionary.get(element.tag)
        tag = f"{element.tag:08x}"
        keyword = entry.keyword if entry and entry.keyword else tag
        own_path = f"{path}{keyword}"
        first = self._first_items(element) if path.count(".") < DEEPEST else []
        items = tuple(
            tuple(self._plain_nodes(item, item, f"{own_path}[{number}].", state))
            for number, item in enumerate(first)
        )
        is_empty = state == "present" and not ds.has_value(element.tag)
        return Node(
            tag=tag,
            keyword=keyword,
            name=entry.name if entry else self.text.private_name(ds, element),
            vr=element.vr,
            type=None,
            state="empty" if is_empty else state,
            value=self.text.of(ds, element),
            path=own_path,
            link=f"/attributes/{entry.tag:08x}" if entry else "",
            findings=tuple(self.findings.get(own_path, ())),
            items=items,
            more=len(element.items or ()) - len(items),
        )


def _fitting(alternatives: tuple[AttributeRule, ...], element: Element | None) -> AttributeRule:
    """The alternative whose items fit best."""
    if len(alternatives) == 1 or element is None or not element.items:
        return alternatives[0]
    tags = element.items[0].elements.keys()
    return max(alternatives, key=lambda rule: len(rule.items.tags & tags) if rule.has_items else 0)


def _parent(group: GroupRule) -> str:
    """The page of the table that a functional group is in."""
    return group.path.rpartition("/")[0]
