"""Where a reader of a data set is, what it has reported, and how much more it may read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from octome.dicom.data_set import Buffer, DataSet
from octome.dicom.element_header import ElementHeader
from octome.dicom.encoding import Encoding
from octome.dicom.problem import Problems

MOST_ELEMENTS = 2_000_000  # elements, items and fragments in total


class Stop(Exception):
    """Reading cannot continue before the next known end."""


class Enough(Exception):
    """The instance has more elements than the limit."""


class Reading:
    """The state of one pass over a buffer.

    Parameters
    ----------
    buffer : bytes or mmap
    vr_of : mapping
        The VR of each tag of the data dictionary.
    problems : Problems
        Collects the problems.
    encoding : Encoding
        The encoding of the elements.
    is_cut : bool
        Whether the buffer ends too early and this has already been reported.
    most_elements : int
        Elements, items and fragments to read at most.

    Attributes
    ----------
    is_whole : bool
        Whether all elements so far could be read completely.
    """

    def __init__(
        self,
        buffer: Buffer,
        vr_of: Mapping[int, str],
        problems: Problems,
        encoding: Encoding,
        *,
        is_cut: bool = False,
        most_elements: int = MOST_ELEMENTS,
    ) -> None:
        self.buffer = buffer
        self.vr_of = vr_of
        self.problems = problems
        self.encoding = encoding
        self.is_whole = not is_cut
        self._depth = 0
        self._most = self._left = most_elements
        # Ends where a cut has already been reported.
        self._cut = {len(buffer)} if is_cut else set()

    def _report(self, ds: DataSet, code: str, message: str, *tag: int) -> None:
        """Report a problem of a data set, or of an element in it."""
        self.problems.add(code, message, (*chain.from_iterable(ds.place), *tag))

    def _report_cut(self, ds: DataSet, end: int, message: str, *tag: int) -> None:
        self.is_whole = False
        if end not in self._cut:
            self._cut.add(end)
            self._report(ds, "truncated", message, *tag)

    def _count(self, number: int = 1) -> None:
        self._left -= number
        if self._left < 0:
            raise Enough

    def _check_header(self, ds: DataSet, at: int, found: ElementHeader) -> None:
        """Report problems of an element's header; stop where nothing can follow it."""
        tag, vr, _, start, wrong = found
        if not start:
            self._report(ds, "truncated", f"the data stops within an element at {at}", tag)
            raise Stop
        if not tag >> 16:
            self._report(
                ds, "not-an-element", f"there is no data element at {at}: its group is 0000"
            )
            raise Stop
        if not vr:
            self._report(ds, "unknown-vr", f"there is no VR at {at + 4}, but {wrong!r}", tag)
            raise Stop
        self._report(
            ds, "unknown-vr", f"there is no VR at {at + 4}, but {wrong!r}: read as {vr}", tag
        )

    def _report_order(self, ds: DataSet, tag: int, at: int) -> None:
        if tag in ds.elements:
            self._report(
                ds, "repeated", f"the element occurs again at {at}: the first is read", tag
            )
        else:
            self._report(ds, "not-ascending", f"the element at {at} follows a greater tag", tag)
