"""The share of all conditions that is understood, and decided on instances.

Run it with `PYTHONPATH=tests/conformance`, and folders of files if there are any. Of the edition
whose text is here, 2020b; for CIODs that people use most and for all; on instances that octome
makes with everything optional, and on those files; and next to dicom-validator's parser where that
is installed (`pip install dicom-validator`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.presence import Presence
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.condition.logic import unknowns
from octome.conformance.rules.rule import AttributeRule, LevelRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.instance import make
from octome.dicom.data_set import DataSet
from octome.errors import InstanceUnreadable
from octome.standard.library import Library, open_library

EDITION = "2020b"
GROUPS = {
    "OCT-A": [
        "raw-data",
        "ophthalmic-tomography-image",
        "ophthalmic-optical-coherence-tomography-b-scan-volume-analysis",
        "surface-segmentation",
        "ophthalmic-optical-coherence-tomography-en-face-image",
    ],
    "segmentation": ["segmentation", "surface-segmentation"],
    "CT": ["ct-image", "enhanced-ct-image"],
    "MR": ["mr-image", "enhanced-mr-image"],
    "SR": ["basic-text-sr", "enhanced-sr", "comprehensive-sr", "comprehensive-3d-sr"],
    "US": ["us-image", "us-multi-frame-image", "enhanced-us-volume"],
}


@dataclass
class Share:
    """Conditions by their text: how often each is used, and whether it is understood."""

    uses: Counter[str] = field(default_factory=Counter)
    whole: dict[str, bool] = field(default_factory=dict)

    def add(self, rule: AttributeRule) -> None:
        """Count one attribute of Type 1C or 2C."""
        text = rule.requirement.text
        self.uses[text] += 1
        self.whole[text] = not unknowns(rule.requirement.required)

    @property
    def by_text(self) -> float:
        """Of different texts."""
        return sum(self.whole.values()) / len(self.whole)

    @property
    def by_use(self) -> float:
        """Of attributes, counting every occurrence."""
        understood = sum(n for text, n in self.uses.items() if self.whole[text])
        return understood / self.uses.total()


def share_of(book: Rulebook, ciods: list[str]) -> Share:
    """The conditions of all attributes of some CIODs, in items and functional groups too."""
    share = Share()
    for ciod in ciods:
        rule = book.ciod(ciod)
        for module in rule.modules:
            _add(module.level, share, ())
        for group in rule.groups.values():
            _add(group.rule.items, share, ())
    return share


def _add(level: LevelRule, share: Share, around: tuple[LevelRule, ...]) -> None:
    for rule in level:
        if rule.is_conditional:
            share.add(rule)
        if rule.has_items and rule.items not in (*around, level):
            _add(rule.items, share, (*around, level))


def shares(library: Library) -> dict[str, Share]:
    """By group of CIODs, and of all."""
    book = Rulebook(library, EDITION)
    every = [ciod.id for ciod in library.ciods(EDITION)]
    return {name: share_of(book, ciods) for name, ciods in (GROUPS | {"all": every}).items()}


def decided_by_dicom_validator(library: Library, texts: list[str]) -> float | None:
    """The share of texts that dicom-validator's parser understands; None without it."""
    try:
        from dicom_validator.spec_reader.condition_parser import ConditionParser
    except ImportError:
        return None
    info = {
        f"({term.tag[:4]},{term.tag[4:]})".upper(): {"name": term.name, "vr": term.vr}
        for term in library.dictionary(EDITION)
    }
    parser = ConditionParser(info)
    return sum(not parser.parse(text).type.user_defined for text in texts) / len(texts)


@contextmanager
def counted() -> Iterator[Counter[bool]]:
    """Counts the conditions of missing attributes that a check evaluates, by whether it decides."""
    truths: Counter[bool] = Counter()
    requirement = Presence._requirement

    def count(self: Presence, rule: AttributeRule, ds: DataSet, level: LevelRule) -> Truth:
        truth = requirement(self, rule, ds, level)
        if rule.is_conditional:
            truths[truth is not None] += 1
        return truth

    Presence._requirement = count  # type: ignore[method-assign]
    try:
        yield truths
    finally:
        Presence._requirement = requirement  # type: ignore[method-assign]


def decided_on_instances(library: Library, ciods: list[str]) -> float:
    """Of conditional attributes that are missing in synthetic instances: the decided share."""
    checker = Checker(library, EDITION)
    with counted() as truths:
        for ciod in ciods:
            checker.check(encoded(make(checker.book, ciod, all_optional=True)))
    return truths[True] / truths.total()


def decided_on_files(library: Library, edition: str, paths: Iterable[Path]) -> tuple[int, float]:
    """How many of the files can be checked, and the decided share of conditions in them."""
    checker, files = Checker(library, edition), 0
    with counted() as truths:
        for path in paths:
            try:
                files += bool(checker.check(path).ciod)
            except InstanceUnreadable:
                continue
    return files, truths[True] / truths.total()


def write(line: str) -> None:
    """Write one line."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print the table, and a line for each folder and edition."""
    with open_library() as library:
        for folder in sys.argv[1:]:
            paths = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
            for edition in ("2020b", "2026b"):
                files, share = decided_on_files(library, edition, paths)
                write(f"{folder}, {edition}: {files} files, {share:.1%} decided")
        found = shares(library)
        every = {"all": [ciod.id for ciod in library.ciods(EDITION)]}
        heads = ("attributes", "texts", "of uses", "of texts", "on instances")
        write(f"{'CIODs':14}" + "".join(f"{head:>14}" for head in heads))
        for name, share in found.items():
            decided = decided_on_instances(library, (GROUPS | every)[name])
            write(
                f"{name:14}{share.uses.total():14,}{len(share.whole):14,}"
                f"{share.by_use:14.1%}{share.by_text:14.1%}{decided:14.1%}"
            )
        theirs = decided_by_dicom_validator(library, [text for text in found["all"].whole if text])
        if theirs is not None:
            write(f"dicom-validator, of the same texts: {theirs:.1%}")


if __name__ == "__main__":
    sys.exit(main())
