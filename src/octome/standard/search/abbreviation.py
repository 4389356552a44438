"""What a short name leads to."""

from __future__ import annotations

from octome.standard.search.short_names import ATTRIBUTES, CIODS, TRANSFER_SYNTAXES, UIDS
from octome.standard.search.wording import singular


def keys_of_short(name: str) -> list[str]:
    """The keys of what a short name leads to, or its singular; none for another word.

    >>> keys_of_short("wl"), keys_of_short("frog")
    (['name:windowcenter'], [])
    """
    for known in dict.fromkeys((name, singular(name))):
        keys = [f"ciod:{id_}" for id_ in CIODS.get(known, ())]
        keys += [f"name:{keyword.casefold()}" for keyword in ATTRIBUTES.get(known, ())]
        keys += [f"uid:{uid}" for uid in TRANSFER_SYNTAXES.get(known, ())]
        keys += [f"uid:{uid}" for uid in UIDS.get(known, ())]
        if keys:
            return keys
    return []
