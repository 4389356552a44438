"""CIODs with other names in other editions."""

from __future__ import annotations

from octome.standard.library import Library


def test_old_name_leads_to_todays_ciod(library: Library) -> None:
    first, second = library.search("US Multi-frame").hits[:2]
    assert first.path == "/ciods/ultrasound-multi-frame-image"
    assert (second.path, second.editions) == ("/ciods/us-multi-frame-image", ("2020b",))
