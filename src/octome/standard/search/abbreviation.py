"""What a short name leads to."""

from __future__ import annotations

import re
from functools import lru_cache

from octome.standard.search.short_names.attributes import ATTRIBUTES
from octome.standard.search.short_names.ciods import CIODS
from octome.standard.search.short_names.uids import TRANSFER_SYNTAXES, UIDS
from octome.standard.search.wording import singular

GRAM = re.compile(r"(?<=.{3})gram$|(?<=.{3})graph$")


@lru_cache(maxsize=4096)
def keys_of_short(name: str) -> tuple[str, ...]:
    """The keys of what a short name leads to, or its singular; none for another word.

    A mammogram is as good as mammography.

    >>> keys_of_short("wl"), keys_of_short("frog")
    (('name:windowcenter',), ())
    """
    single = singular(name)
    for known in dict.fromkeys((name, single, GRAM.sub("graphy", single))):
        keys = [f"ciod:{id_}" for id_ in CIODS.get(known, ())]
        keys += [f"name:{keyword.casefold()}" for keyword in ATTRIBUTES.get(known, ())]
        keys += [f"uid:{uid}" for uid in TRANSFER_SYNTAXES.get(known, ())]
        keys += [f"uid:{uid}" for uid in UIDS.get(known, ())]
        if keys:
            return tuple(keys)
    return ()
