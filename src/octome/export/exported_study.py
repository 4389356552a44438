"""A study as plain copies in a new folder, which appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from octome.errors import InstanceUnwritable, NothingThere, OctomeError
from octome.export.plain_copy import LeftOut, PlainCopy, plain_copies
from octome.export.writers import (
    FrameDone,
    OutputFormat,
    write_capture,
    write_pictures,
    write_tiff,
)
from octome.files import whole_folder
from octome.instances.exam import Exam
from octome.pipeline.study import Study

Progress = Callable[[str, float], object]
"""Called with the current copy and the share of all that is done."""


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """One copy that was written."""

    copy: PlainCopy
    path: Path
    """A folder for the pictures of a volume."""
    series_number: int | None = None
    """Of an instance; None for other formats."""
    sop_instance: str | None = None


@dataclass(frozen=True)
class ExportedStudy:
    """What was written, and what has no copy."""

    files: list[ExportedFile]
    left_out: list[LeftOut]


def export_study(
    study: Study,
    out: Path,
    output_format: OutputFormat,
    *,
    progress: Progress = lambda _label, _share: None,
) -> ExportedStudy:
    """Write the copies of a study into a new folder.

    Parameters
    ----------
    study : Study
    out : Path
        Must not exist.
    output_format : OutputFormat
    progress : callable, optional

    Raises
    ------
    NothingThere
        The study has nothing to copy: a viewer that knows its structural volume shows all of it.
    InstanceUnwritable
        The folder exists, or the system cannot write it.
    OctomeError
        An instance is damaged, or the study holds several scans or volumes.
    """
    found = list(plain_copies(study))
    copies = [each for each in found if isinstance(each, PlainCopy)]
    left_out = [each for each in found if isinstance(each, LeftOut)]
    if not copies:
        raise NothingThere(
            f"{study.folder} holds neither flow, nor surfaces, nor en face images: there is "
            "nothing to copy",
            path=str(study.folder),
        )
    with _written_whole(out) as hidden:
        done = _Done(copies, progress)
        first = study.next_series_number()
        files = []
        for number, copy in enumerate(_named_apart(copies), first):
            done.begin(copy)
            written = _write(copy, hidden, output_format, study.structure.exam, number, done.frame)
            files.append(replace(written, path=out / written.path.relative_to(hidden)))
    return ExportedStudy(files, left_out)


@contextmanager
def _written_whole(out: Path) -> Iterator[Path]:
    """A new folder; an error of the system becomes one clear error."""
    hidden = out
    try:
        with whole_folder(out) as hidden:
            yield hidden
    except InstanceUnwritable as error:
        # The hidden folder is gone.
        message = str(error).replace(str(hidden), str(out))
        raise InstanceUnwritable(message, path=str(out)) from error
    except OctomeError:
        raise
    except FileExistsError as error:
        raise InstanceUnwritable(
            f"{out} already exists and is not overwritten: choose another name", path=str(out)
        ) from error
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {out}: {error.strerror or error}", path=str(out)
        ) from error


def _write(
    copy: PlainCopy,
    folder: Path,
    output_format: OutputFormat,
    exam: Exam,
    number: int,
    done: FrameDone,
) -> ExportedFile:
    if output_format == "sc":
        path, uid = write_capture(copy, folder, exam, number, done)
        return ExportedFile(copy=copy, path=path, series_number=number, sop_instance=uid)
    write = write_tiff if output_format == "tiff" else write_pictures
    return ExportedFile(copy=copy, path=write(copy, folder, done))


def _named_apart(copies: Sequence[PlainCopy]) -> Iterator[PlainCopy]:
    """The copies, with a number in the name of a file that has the name of an earlier one."""
    taken: set[str] = set()
    for copy in copies:
        name, number = copy.name, 2
        while name in taken:
            name, number = f"{copy.name}-{number}", number + 1
        taken.add(name)
        yield replace(copy, name=name)


class _Done:
    """The progress of all copies, frame by frame."""

    def __init__(self, copies: Sequence[PlainCopy], progress: Progress) -> None:
        self._count = sum(copy.image.shape[0] for copy in copies)
        self._done, self._title, self._progress = 0, "", progress

    def begin(self, copy: PlainCopy) -> None:
        """The next copy begins."""
        self._title = copy.title

    def frame(self) -> None:
        """One more frame is written."""
        self._done += 1
        self._progress(self._title, self._done / self._count)
