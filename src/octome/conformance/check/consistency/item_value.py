"""Rules about values, and values that follow from others, as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.item_row import Place, Row, described, is_allowed
from octome.dicom.data_set import DataSet


def number_range(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A number is within its range."""
    for at in range(len(ds.values(row.tag))) if row.nth is None else (row.nth,):
        found = ds.number(row.tag, at)
        if found is not None and not is_allowed(row.value, str(found)):
            which = "it" if row.nth is None else f"value {at + 1}"
            message = f"{which} is {found:,.10g}, but the value is {described(row.value)}"
            yield row.finding(place, "range", row.keyword, (message, "Correct the value"))
            return


def listed_value(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A value is one of a list."""
    wrong = [each for each in row.texts(ds) if each and not is_allowed(row.value, each)]
    if wrong:
        which = "it" if row.nth is None else f"value {row.nth + 1}"
        message = f"{which} is {wrong[0]!r}, but here it is {described(row.value)}"
        fix = f"Set it to {described(row.value)}"
        yield row.finding(place, "enumerated", row.keyword, (message, fix))


def form_of_value(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A value has a certain form; the row has it as an expression, and in words."""
    wrong = [each for each in row.texts(ds) if each and not re.fullmatch(row.value, each)]
    if wrong:
        message = f"it is {wrong[0]!r}, but it is {row.other_value}"
        fix = f"Write {row.other_value}"
        yield row.finding(place, "value-format", row.keyword, (message, fix))


def filled_value(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A certain value of several is not empty."""
    if row.nth is not None and ds.has_value(row.tag) and not ds.text(row.tag, row.nth):
        message = f"it has no value {row.nth + 1}"
        fix = f"Write value {row.nth + 1}"
        yield row.finding(place, "empty", row.keyword, (message, fix))


def following_value(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """An attribute has the value that follows from a value of another attribute next to it."""
    found = ds.text(row.other)
    if found and row.applies(ds) and not is_allowed(row.other_value, found):
        needed = described(row.other_value)
        message = f"it is {found!r}, but where {row.condition(ds)} it is {needed}"
        fix = f"Set it to {needed}, or correct {row.keyword}"
        yield row.finding(place, "enumerated", row.other_keyword, (message, fix))


def needed_attribute(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Where an attribute has some value, another one has a value too."""
    is_cut = ds.cut_at is not None and row.other >= ds.cut_at
    if row.applies(ds) and not ds.has_value(row.other) and not is_cut:
        message = f"it is missing, but {row.condition(ds)}"
        fix = f"Add {row.other_keyword}, with a value"
        yield row.finding(place, "missing", row.other_keyword, (message, fix))


def excluded_attribute(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """Where an attribute has some value, another one is not there; the row may say why."""
    if ds.has_value(row.other) and row.applies(ds):
        message = f"it is there, but {row.other_value or row.condition(ds)}"
        correction = "" if row.other_value else f", or correct {row.keyword}"
        fix = f"Remove {row.other_keyword}{correction}"
        yield row.finding(place, "excluded", row.other_keyword, (message, fix))


def ordered_values(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A number is not greater than another one; `<` if it is less."""
    low, high = ds.number(row.tag), ds.number(row.other)
    if low is None or high is None:
        return
    is_strict = row.value == "<"
    if low > high or (is_strict and low == high):
        than = "is not greater than" if is_strict else "is less than"
        message = f"it is {high:,.10g}, which {than} {row.keyword}, {low:,.10g}"
        fix = f"Correct {row.keyword} or {row.other_keyword}"
        yield row.finding(place, "range", row.other_keyword, (message, fix))


def different_values(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """An attribute and another one have different values."""
    first, second = ds.text(row.tag), ds.text(row.other)
    if first and first == second:
        message = f"it is {second!r}, which is {row.keyword} too"
        fix = f"Correct {row.keyword} or {row.other_keyword}"
        yield row.finding(place, "enumerated", row.other_keyword, (message, fix))


def next_number(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """A number is the one after another number."""
    first, second = ds.number(row.tag), ds.number(row.other)
    if first is not None and second is not None and second != first + 1:
        message = f"it is {second:,.10g}, but {row.keyword} is {first:,.10g}: it follows that one"
        fix = f"Set it to {first + 1:,.10g}"
        yield row.finding(place, "range", row.other_keyword, (message, fix))


def one_frame(ds: DataSet, place: Place, row: Row) -> Iterator[Disagreement]:
    """An attribute of an image of one frame has a certain value."""
    frames = ds.number(row.other) if ds.has_value(row.other) else 1
    found = ds.text(row.tag)
    if frames == 1 and found and not is_allowed(row.value, found):
        message = f"it is {found!r}, but in an image of one frame it is {described(row.value)}"
        fix = f"Set it to {described(row.value)}, or remove it"
        yield row.finding(place, "enumerated", row.keyword, (message, fix))
