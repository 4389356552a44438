"""Modules and macros."""

from __future__ import annotations

import pytest

from octome.standard.model.table import TableIndex


def test_table_is_a_module_or_a_macro() -> None:
    with pytest.raises(ValueError, match="what is 'ciod', which is not one of module, macro"):
        TableIndex(path="/ciods", edition="2020b", title="", what="ciod", tables=())  # type: ignore[arg-type]
