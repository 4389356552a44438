"""CIODs and their orders."""

from __future__ import annotations

import pytest

from octome.standard.model.ciod import CIOD_ORDERS, CiodIndex, CiodSummary, ciod_order


def test_word_of_an_address_means_an_order() -> None:
    assert tuple(ciod_order(order) for order in CIOD_ORDERS) == CIOD_ORDERS
    assert [ciod_order(word) for word in (None, "", "frog")] == ["standard"] * 3


def test_category_and_order_that_are_unknown_are_refused() -> None:
    with pytest.raises(ValueError, match="kind is 'frog'"):
        CiodSummary("frog", "Frog", "/ciods/frog", "frog")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="order is 'frog'"):
        CiodIndex(path="/ciods", edition="2020b", title="", order="frog", ciods=())  # type: ignore[arg-type]
