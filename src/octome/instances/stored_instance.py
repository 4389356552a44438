"""An instance in a file: what the readers of all kinds of instance have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable
from octome.instances.composite import Reference, reference_to
from octome.instances.exam import Exam, exam_of
from octome.instances.file import InstanceFile, read_instance, reading
from octome.instances.instance_kind import class_name


@dataclass(frozen=True)
class StoredInstance:
    """An instance of any kind; each kind has its own subclass."""

    file: InstanceFile

    @property
    def header(self) -> Dataset:
        """Everything except the pixels."""
        return self.file.header

    @property
    def reference(self) -> Reference:
        """A reference to it."""
        return reference_to(self.header)

    @cached_property
    def exam(self) -> Exam:
        """The examination it belongs to."""
        with reading(self.file.path):
            return exam_of(self.header)


@contextmanager
def reading_class(path: str | Path, sop_class: str) -> Iterator[InstanceFile]:
    """An instance of one SOP Class; any exception from reading it becomes one clear error.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, or damaged.
    """
    file = read_instance(path)
    with reading(path):
        found = file.header.SOPClassUID
        if found != sop_class:
            raise InstanceUnreadable(
                f"its SOP Class is {class_name(found)}, not {class_name(sop_class)}"
            )
        yield file
