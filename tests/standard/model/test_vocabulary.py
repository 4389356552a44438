"""The check of a closed vocabulary."""

from __future__ import annotations

import pytest

from octome.standard.model.vocabulary import require_one_of


def test_what_is_allowed_passes_and_the_rest_is_refused_by_name() -> None:
    require_one_of(("frog", "toad"), "toad", "animal")
    for other in ("Frog", "", None):
        with pytest.raises(ValueError, match=r"animal is .*, which is not one of frog, toad"):
            require_one_of(("frog", "toad"), other, "animal")
