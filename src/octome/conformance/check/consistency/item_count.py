"""Rules about numbers of items and of values, and how items are numbered, as rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.item_row import (
    Place,
    Row,
    counted,
    described,
    is_allowed,
)
from octome.dicom.data_set import DataSet


def number_of_items(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A sequence has as many items as an attribute next to it states."""
    stated, found = ds.number(row.tag), len(ds.items(row.other))
    if stated is not None and found and stated != found:  # an empty sequence is of Type 2
        message = f"it is {stated:,.10g}, but {row.other_keyword} has {counted(found, 'item')}"
        fix = f"Correct {row.keyword}, or the items"
        yield row.finding(place, "count", row.keyword, (message, fix))


def unique_numbers(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Each item of a sequence has a number, or a name, of its own."""
    items = ds.items(row.tag)
    numbers = Counter(item.text(row.other) for item in items)
    repeated = {value for value, count in numbers.items() if value and count > 1}
    for at, item in enumerate(items if repeated else ()):
        value = item.text(row.other)
        if value in repeated:
            repeated.discard(value)
            message = f"{value} is that of {numbers[value]} items of {row.keyword}"
            fix = f"Give each item a {row.other_keyword} of its own"
            inside = (*place, (row.tag, at))
            yield row.finding(inside, "numbering", row.other_keyword, (message, fix))


def ordinal_numbers(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """The items of a sequence are numbered from 1 by 1."""
    for at, item in enumerate(ds.items(row.tag)):
        found = item.number(row.other)
        if found is not None and found != at + 1:
            message = f"it is {found:,.10g}, but items are numbered from 1 by 1: {at + 1}"
            fix = f"Number the items of {row.keyword} in their order"
            inside = (*place, (row.tag, at))
            yield row.finding(inside, "numbering", row.other_keyword, (message, fix))
            return


def rising_numbers(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Each item of a sequence has a greater number than the one before."""
    last: float | None = None
    for at, item in enumerate(ds.items(row.tag)):
        found = item.number(row.other)
        if found is not None and last is not None and found <= last:
            message = f"it is {found:,.10g}, but that of the item before is {last:,.10g}"
            fix = f"Write the items of {row.keyword} in the order of {row.other_keyword}"
            inside = (*place, (row.tag, at))
            yield row.finding(inside, "numbering", row.other_keyword, (message, fix))
            return
        last = last if found is None else found


def first_item(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """The first item of a sequence has a certain value."""
    for item in ds.items(row.tag)[:1]:
        found = item.text(row.other)
        if found and not is_allowed(row.other_value, found):
            message = f"it is {found}, but in the first item it is {described(row.other_value)}"
            fix = f"Set it to {described(row.other_value)}, or correct the order of the items"
            inside = (*place, (row.tag, 0))
            yield row.finding(inside, "numbering", row.other_keyword, (message, fix))


def marked_items(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A certain number of items of a sequence has a certain value."""
    found = sum(item.text(row.other) == row.value for item in ds.items(row.tag))
    if ds.items(row.tag) and not is_allowed(row.other_value, str(found)):
        message = (
            f"{counted(found, 'item')} {'has' if found == 1 else 'have'} {row.other_keyword} "
            f"{row.value}, but the number of these is {described(row.other_value)}"
        )
        fix = f"Correct {row.other_keyword} of the items"
        yield row.finding(place, "count", row.keyword, (message, fix))


def all_or_none(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """An attribute is in all items of a sequence, or in none."""
    have = [item.has_value(row.other) for item in ds.items(row.tag)]
    if any(have) and not all(have):
        message = f"it is missing, but {counted(sum(have), 'other item')} of {row.keyword} have it"
        fix = f"Add {row.other_keyword} to every item, or remove it from all"
        inside = (*place, (row.tag, have.index(False)))
        yield row.finding(inside, "missing", row.other_keyword, (message, fix))


def some_item(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """At least one item of a sequence has an attribute."""
    items = ds.items(row.tag)
    if items and not any(item.has_value(row.other) for item in items):
        message = f"none of its items has {row.other_keyword}, but at least one has it"
        fix = f"Add {row.other_keyword} to an item, or remove the sequence"
        yield row.finding(place, "missing", row.keyword, (message, fix))


def several_items(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A sequence has more than one item only where these have a certain value."""
    items = ds.items(row.tag)
    wrong = [item.text(row.other) for item in items if item.text(row.other) != row.other_value]
    if len(items) > 1 and wrong and wrong[0]:
        message = (
            f"it has {len(items)} items, and {row.other_keyword} of one is {wrong[0]!r}: there is "
            f"more than one only where it is {row.other_value}"
        )
        fix = f"Keep one item, or correct {row.other_keyword}"
        yield row.finding(place, "count", row.keyword, (message, fix))


def number_of_values(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Something has as many values, or items, as another attribute has, plus a number.

    `or 1`: one item for several names is allowed, as the text is about more than one.
    """
    found, noun = _number_of(ds, row.tag)
    others, other_noun = _number_of(ds, row.other)
    needed = others + int(row.other_value or 0)
    is_single = row.value == "or 1" and found == 1
    if found and others and found != needed and not is_single:
        message = (
            f"it has {counted(found, noun)}, but {row.other_keyword} has "
            f"{counted(others, other_noun)}"
        )
        each = f"Write one for each {other_noun} of {row.other_keyword}"
        fix = f"{each}, in the same order" if needed == others else f"Write {needed}"
        yield row.finding(place, "count", row.keyword, (message, fix))


def length_of_list(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A list has as many values, for each thing in it, as stated next to it, plus a number."""
    stated, found = ds.number(row.other), ds.count(row.tag)
    needed = float(row.value) * stated + int(row.other_value or 0) if stated is not None else None
    if found and needed is not None and found != needed:
        message = (
            f"it has {counted(found, 'value')}, but {row.other_keyword} {stated:,.10g} needs "
            f"{needed:,.10g}"
        )
        fix = f"Correct {row.other_keyword}, or the values"
        yield row.finding(place, "count", row.keyword, (message, fix))


def allowed_count(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Where an attribute has some value, another has a certain number of items or values."""
    found, noun = _number_of(ds, row.other)
    # What is not there, or empty, is about presence: another check knows if it has to be there.
    if found and row.applies(ds) and not is_allowed(row.other_value, str(found)):
        when = "" if row.tag == row.other and not row.value else f" where {row.condition(ds)}"
        message = (
            f"it has {counted(found, noun)}, but the number is {described(row.other_value)}{when}"
        )
        fix = f"Write as many {noun}s as allowed" + (f", or correct {row.keyword}" if when else "")
        yield row.finding(place, "count", row.other_keyword, (message, fix))


def distinct_values(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """No value is there twice."""
    counts = Counter(text for text in row.texts(ds) if text)
    for value, count in counts.items():
        if count > 1:
            message = f"{value!r} is there {count} times, but each value once at most"
            yield row.finding(place, "count", row.keyword, (message, "Write each value once"))
            return


def _number_of(ds: DataSet, tag: int) -> tuple[int, str]:
    """How many items, or values, an attribute has, and what they are called."""
    element = ds.get(tag)
    if element is not None and element.items is not None:
        return len(element.items), "item"
    return ds.count(tag), "value"
