from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.fundus_picture import FundusPicture


@pytest.mark.parametrize("shape", [(4,), (4, 5, 2), (0, 5)])
def test_a_picture_is_grey_or_rgb(shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeMismatch, match="grey or RGB"):
        FundusPicture(pixels=np.zeros(shape, np.uint8))
