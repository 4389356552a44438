"""Numbers of items and of values, numbering, ranges, and values that follow, in any data set.

The Standard states these in the same words of many attributes: `item_rules.tsv` has a row for each,
with the section. Every data set is visited once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded

Place = tuple[tuple[int, int], ...]  # tags of sequences and numbers of items that lead there


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of `item_rules.tsv`; what its attributes are for depends on the rule."""

    rule: str
    tag: int
    keyword: str
    other: int
    other_keyword: str
    value: str
    other_value: str
    section: str


def item_rules(encoded: Encoded) -> Iterator[Disagreement]:
    """Every row of the table, in every data set that has its first attribute."""
    by_tag = rows()
    waiting: list[tuple[DataSet, Place]] = [(encoded.data_set, ())]
    while waiting:
        ds, place = waiting.pop()
        for tag, element in ds.elements.items():
            if tag in by_tag and ds.cut_at is None:
                for row in by_tag[tag]:
                    yield from RULES[row.rule](ds, place, row)
            for number, item in enumerate(element.items or ()):
                waiting.append((item, (*place, (tag, number))))


def number_of_items(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A sequence has as many items as an attribute next to it states."""
    stated, found = ds.number(row.tag), len(ds.items(row.other))
    if stated is not None and found and stated != found:  # an empty sequence is of Type 2
        yield Disagreement(
            code="count",
            path=_path(place, row.keyword),
            message=f"it is {stated:,.10g}, but {row.other_keyword} has {_counted(found, 'item')}",
            fix=f"Correct {row.keyword}, or the items",
            section=row.section,
        )


def unique_numbers(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Each item of a sequence has a number, or a name, of its own."""
    items = ds.items(row.tag)
    counted = Counter(item.text(row.other) for item in items)
    repeated = {value for value, count in counted.items() if value and count > 1}
    for at, item in enumerate(items if repeated else ()):
        value = item.text(row.other)
        if value in repeated:
            repeated.discard(value)
            yield Disagreement(
                code="numbering",
                path=_path((*place, (row.tag, at)), row.other_keyword),
                message=f"{value} is that of {counted[value]} items of {row.keyword}",
                fix=f"Give each item a {row.other_keyword} of its own",
                section=row.section,
            )


def ordinal_numbers(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """The items of a sequence are numbered from 1 by 1."""
    for at, item in enumerate(ds.items(row.tag)):
        found = item.number(row.other)
        if found is not None and found != at + 1:
            yield Disagreement(
                code="numbering",
                path=_path((*place, (row.tag, at)), row.other_keyword),
                message=f"it is {found:,.10g}, but items are numbered from 1 by 1: {at + 1}",
                fix=f"Number the items of {row.keyword} in their order",
                section=row.section,
            )
            return


def number_of_values(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Something has as many values, or a sequence as many items, as another attribute has values.

    One item for several names is allowed: the text is about more than one.
    """
    element = ds.get(row.tag)
    is_sequence = element is not None and element.items is not None
    found = len(ds.items(row.tag)) if is_sequence else len(ds.values(row.tag))
    needed = len(ds.values(row.other))
    if found > is_sequence and needed and found != needed:
        yield Disagreement(
            code="count",
            path=_path(place, row.keyword),
            message=f"it has {_counted(found, 'item' if is_sequence else 'value')}, but "
            f"{row.other_keyword} has {needed}",
            fix=f"Write one for each value of {row.other_keyword}, in the same order",
            section=row.section,
        )


def length_of_list(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A list has as many values, for each thing in it, as an attribute next to it states."""
    stated, found = ds.number(row.other), len(ds.values(row.tag))
    needed = float(row.value) * stated if stated is not None else None
    if found and needed is not None and found != needed:
        yield Disagreement(
            code="count",
            path=_path(place, row.keyword),
            message=f"it has {_counted(found, 'value')}, but {row.other_keyword} "
            f"{stated:,.10g} needs {needed:,.10g}",
            fix=f"Correct {row.other_keyword}, or the values",
            section=row.section,
        )


def number_range(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A number is within its range."""
    least, most = float(row.value), float(row.other_value or "inf")
    limits = f"at least {row.value}" + (
        f" and at most {row.other_value}" if row.other_value else ""
    )
    for at in range(len(ds.values(row.tag))):
        found = ds.number(row.tag, at)
        if found is not None and not least <= found <= most:
            yield Disagreement(
                code="range",
                path=_path(place, row.keyword),
                message=f"it is {found:,.10g}, but the value is {limits}",
                fix="Correct the value",
                section=row.section,
            )
            return


def following_value(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """An attribute has the value that follows from a value of another attribute next to it."""
    found = ds.text(row.other)
    values = [ds.text(row.tag, at) for at in range(len(ds.values(row.tag)))]
    if row.value in values and found and found != row.other_value:
        yield Disagreement(
            code="enumerated",
            path=_path(place, row.other_keyword),
            message=f"it is {found!r}, but where {row.keyword} is {row.value} it is "
            f"{row.other_value}",
            fix=f"Set it to {row.other_value}, or correct {row.keyword}",
            section=row.section,
        )


RULES: dict[str, Callable[[DataSet, Place, Row], Iterator[Disagreement]]] = {
    "items": number_of_items,
    "unique": unique_numbers,
    "ordinal": ordinal_numbers,
    "values": number_of_values,
    "length": length_of_list,
    "range": number_range,
    "follows": following_value,
}


@cache
def rows() -> dict[int, tuple[Row, ...]]:
    """The rows by the tag of their first attribute."""
    table = files("octome.conformance.check.consistency").joinpath("item_rules.tsv")
    found: dict[int, tuple[Row, ...]] = {}
    for line in table.read_text("utf-8").splitlines()[1:]:
        rule, tag, keyword, other, other_keyword, value, other_value, section = line.split("\t")
        row = Row(
            rule=rule,
            tag=int(tag, 16),
            keyword=keyword,
            other=int(other, 16) if other else 0,
            other_keyword=other_keyword,
            value=value,
            other_value=other_value,
            section=f"PS3.3 {section}",
        )
        found[row.tag] = (*found.get(row.tag, ()), row)
    return found


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _path(place: Place, keyword: str) -> str:
    """The path in keywords; only for findings, as reading the dictionary takes a while."""
    from pydicom.datadict import keyword_for_tag

    words = [f"{keyword_for_tag(tag) or f'{tag:08x}'}[{number}]" for tag, number in place]
    return ".".join([*words, keyword])
