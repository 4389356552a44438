"""Tables of short names."""

from __future__ import annotations

from octome.standard.search.short_names.table import read_table


def test_every_name_of_a_line_leads_to_all_of_it() -> None:
    table = read_table("frog toad: pond marsh")
    assert table == {"frog": ("pond", "marsh"), "toad": ("pond", "marsh")}
