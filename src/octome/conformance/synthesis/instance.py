"""Builds an instance of a CIOD from its rules alone.

>>> from octome import open_library  # doctest: +SKIP
>>> from octome.conformance.synthesis.instance import make  # doctest: +SKIP
>>> with open_library() as library:  # doctest: +SKIP
...     ds = make(Rulebook(library), "ct-image")
"""

from __future__ import annotations

from pydicom.dataset import Dataset

from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.sop_class import DIRECTORY
from octome.conformance.synthesis.completion import MOST_ROUNDS, Completion
from octome.conformance.synthesis.consistency import arrange
from octome.conformance.synthesis.file import file_meta
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.target import newest_id, sop_class_of


def make(
    book: Rulebook,
    ciod: str,
    *,
    sop_class: str | None = None,
    all_optional: bool = False,
    seed: int = 0,
) -> Dataset:
    """A minimal instance of a CIOD with clearly artificial values.

    Parameters
    ----------
    book : Rulebook
        The rules of the edition to follow.
    ciod : str
        The CIOD's id.
    sop_class : str, optional
        UID of one of the CIOD's SOP Classes; the first that is not retired if None.
    all_optional : bool
        Fill attributes that may be empty, and add optional ones in the root and in the items of
        its sequences; deeper only required ones.
    seed : int
        Another seed gives other UIDs and dates; the same seed gives the same bytes.

    Raises
    ------
    UnknownPath
        The edition does not have the CIOD, or the CIOD does not have the SOP Class.
    """
    rule = book.ciod(ciod)
    uid = sop_class_of(book, ciod, sop_class)
    plan = InstancePlan(
        ciod=newest_id(book, ciod),
        sop_class=uid,
        edition=book.edition,
        seed=seed,
        all_optional=all_optional,
    )
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = plan.sop_class, plan.own_uid
    completion = Completion(book, rule, plan, ds)
    for _ in range(MOST_ROUNDS):
        is_changed = completion.round()
        arrange(ds)
        if not is_changed:
            break
    if plan.sop_class == DIRECTORY:
        # PS3.10 8.6: only its File Meta Information has its class.
        ds.file_meta = file_meta(ds)
        del ds.SOPClassUID, ds.SOPInstanceUID
    return ds
