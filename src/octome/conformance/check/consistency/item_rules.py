"""Rules that the Standard states in the same words of many attributes, as rows of a table.

`item_rules.tsv` has a row for each, with the section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from octome.conformance.check.consistency import item_count, item_value
from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.item_row import Place, Row, rows
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

RULES: dict[str, Callable[[DataSet, Place, Row], Iterator[Disagreement]]] = {
    "items": item_count.number_of_items,
    "unique": item_count.unique_numbers,
    "ordinal": item_count.ordinal_numbers,
    "rising": item_count.rising_numbers,
    "first": item_count.first_item,
    "marked": item_count.marked_items,
    "all-or-none": item_count.all_or_none,
    "some": item_count.some_item,
    "several": item_count.several_items,
    "values": item_count.number_of_values,
    "length": item_count.length_of_list,
    "count": item_count.allowed_count,
    "distinct": item_count.distinct_values,
    "range": item_value.number_range,
    "listed": item_value.listed_value,
    "form": item_value.form_of_value,
    "filled": item_value.filled_value,
    "follows": item_value.following_value,
    "needs": item_value.needed_attribute,
    "excludes": item_value.excluded_attribute,
    "order": item_value.ordered_values,
    "differs": item_value.different_values,
    "next": item_value.next_number,
    "one-frame": item_value.one_frame,
}


def item_rules(encoded: Encoded) -> Iterator[Disagreement]:
    """Every row of the table, in every data set that has its first attribute."""
    by_tag, having = (
        _rows_about(encoded.data_set.text(TAG.SOPClassUID)),
        encoded.data_set.walk.by_tag,
    )
    for tag in sorted(by_tag.keys() & having.keys()):
        for ds in having[tag]:
            if ds.cut_at is not None:
                continue
            for row in by_tag[tag]:
                if not row.within or ds.parent_sequence == row.within:
                    yield from RULES[row.rule](ds, ds.place, row)


@lru_cache(256)
def _rows_about(sop_class: str) -> dict[int, tuple[Row, ...]]:
    """The rows about instances of a SOP Class, by the tag of their first attribute."""
    about = {
        tag: tuple(row for row in of_tag if row.is_about(sop_class))
        for tag, of_tag in rows().items()
    }
    return {tag: of_tag for tag, of_tag in about.items() if of_tag}
