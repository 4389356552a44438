"""Files and folders of instances, de-identified into a new folder: all of them, or none.

First all originals are read, so that nothing is begun that cannot be finished. Then each is
rewritten, and what was written is read again and searched for what identified somebody.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from octome.conformance.rules.rulebook import Rulebook
from octome.deidentification.action_table import ActionTable
from octome.deidentification.attribute_type import Level, root_level
from octome.deidentification.coded import Codes
from octome.deidentification.leftover import Leftover, Searched
from octome.deidentification.mark import METHOD, METHOD_CODES, marks, shows_retina
from octome.deidentification.options import Options
from octome.deidentification.original import Original, read_original, same_people
from octome.deidentification.private_data import RAW_DATA_CLASS
from octome.deidentification.pseudonym import Pseudonyms
from octome.deidentification.rewriting import Context, Rewriter, in_order
from octome.dicom.folder import files_below
from octome.dicom.part10 import is_part10_file, read_encoded
from octome.dicom.writer import file_meta, write_data_set
from octome.errors import InstanceUnreadable, InstanceUnwritable
from octome.files import new_file, new_folder, whole_folder
from octome.standard.library import Library

IMPLEMENTATION_CLASS = "2.25.123598927504570968810320083184632630077"
EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1"
DUMMY_DATE = "19000101"
Progress = Callable[[str, float], object]


@dataclass(frozen=True, kw_only=True)
class Deidentified:
    """What became of the originals."""

    files: tuple[tuple[Path, str], ...]
    """Each original, and its file in the new folder."""
    left_out: tuple[tuple[Path, str], ...]
    """Each original that has none, and why."""
    leftovers: tuple[Leftover, ...]
    notes: tuple[str, ...]
    """What the caller has to know, or do."""
    table_edition: str
    is_written: bool
    """Whether the new folder is there."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is de-identified, and how."""

    paths: Sequence[Path]
    out: Path
    options: Options
    secret: bytes | None = None
    mapping: Path | None = None
    """Where to write which pseudonym stands for what; nowhere if None."""
    burned_in_stays: bool = False
    """Whether instances that state text in their pixels are written all the same."""
    leftovers_stay: bool = False
    """Whether the folder is written even if something identifying is left in it."""


def deidentify(
    request: Request, library: Library, edition: str | None, progress: Progress
) -> Deidentified:
    """De-identify instances.

    Raises
    ------
    InstanceUnreadable
        An original is missing, damaged, cut short, in an encoding that is not rewritten, or states
        that there is text in its pixels. Nothing is written.
    InstanceUnwritable
        The folder exists, or the system cannot write it. Nothing is left.
    """
    rulebook = Rulebook(library, edition)
    table = ActionTable(library, rulebook.edition, request.options)
    _require_apart(request)
    originals, left_out = _originals(request)
    originals = same_people(originals)
    vocabulary = library.vocabulary(rulebook.edition)
    registered = frozenset(entry.uid for entry in library.uid_index(rulebook.edition).uids)
    searched = Searched(vocabulary, registered)
    codes = Codes(lambda scheme, value: library.code_meanings(scheme, value, rulebook.edition))
    run = _Run(table, rulebook, codes, searched, Pseudonyms(request.secret, registered))
    try:
        with ExitStack() as stack:
            if request.mapping is not None:
                new_folder(request.mapping.parent)
                mapping = stack.enter_context(new_file(request.mapping))
            hidden = stack.enter_context(whole_folder(request.out))
            files = run.write(originals, hidden, progress)
            leftovers = run.search(files, hidden, progress)
            _require_clean(leftovers, request)
            run.mark_identified({each.file for each in leftovers}, hidden)
            if request.mapping is not None:
                data = json.dumps(run.pseudonyms.as_data(), indent=2)
                mapping.write(data.encode())
        is_written = True
    except _NotWritten:
        is_written = False
    except OSError as error:
        if isinstance(error, InstanceUnreadable):
            raise
        where = error.filename or request.out
        raise InstanceUnwritable(
            f"cannot write {where}: {error.strerror or error}", path=str(request.out)
        ) from error
    return Deidentified(
        files=tuple((original.path, name) for original, name in files),
        left_out=tuple(left_out),
        leftovers=tuple(leftovers),
        notes=tuple(_notes(originals, searched, table, rulebook.edition)),
        table_edition=table.edition,
        is_written=is_written,
    )


class _NotWritten(Exception):
    """Something identifying is left."""


def _require_clean(leftovers: Sequence[Leftover], request: Request) -> None:
    if leftovers and not request.leftovers_stay:
        raise _NotWritten


class _Run:
    """One run: what it has to remember between files."""

    def __init__(
        self,
        table: ActionTable,
        rulebook: Rulebook,
        codes: Codes,
        searched: Searched,
        pseudonyms: Pseudonyms,
    ) -> None:
        self.table = table
        self.rulebook = rulebook
        self.codes = codes
        self.searched = searched
        self.pseudonyms = pseudonyms
        self.dates = {DUMMY_DATE}
        self.names: set[str] = set()
        self.written: list[tuple[Original, str]] = []
        self._levels: dict[str, Level] = {}

    def write(
        self, originals: Sequence[Original], folder: Path, progress: Progress
    ) -> list[tuple[Original, str]]:
        """Write each instance; returns the names of the files."""
        self.names = {name for original in originals for name in original.names}
        for number, original in enumerate(originals):
            progress("Rewriting", number / len(originals) / 2)
            name = self._name(original)
            path = folder / name
            new_folder(path.parent)
            self._write_one(original, path, is_identified=original.has_text)
            self.written.append((original, name))
        return self.written

    def _name(self, original: Original) -> str:
        """Study, series and instance, by their new UIDs."""
        is_kept = "uids" in self.table.options.retain
        study, series, instance = (
            each if is_kept else self.pseudonyms.uid(each) for each in original.uids
        )
        return f"{study}/{series}/{instance}.dcm"

    def mark_identified(self, names: Collection[str], folder: Path) -> None:
        """Write files again in which something is left, so that they do not claim the profile."""
        for original, name in self.written:
            if name in names:
                (folder / name).unlink()
                self._write_one(original, folder / name, is_identified=True)

    def _write_one(self, original: Original, path: Path, *, is_identified: bool) -> None:
        encoded = read_encoded(original.path)
        ds = encoded.data_set
        level = self._level(original.sop_class)
        rewriter = Rewriter(
            self.table,
            self.pseudonyms,
            vocabulary=self.searched.vocabulary,
            names=self.names,
            codes=self.codes,
            removed=lambda at, element: self.searched.add(at, element, str(original.path)),
        )
        context = Context(
            level=level,
            person=original.person,
            patient=self.pseudonyms.patient(original.patient),
            sop_class=original.sop_class,
        )
        added = marks(
            ds, level, self.table.options, self.table.edition, is_identified=is_identified
        )
        kept = (
            element
            for element in rewriter.data_set(ds, context)
            if element.tag not in (METHOD, METHOD_CODES)
        )
        elements = in_order(kept, added)
        instance = path.stem
        syntax = encoded.transfer_syntax if original.is_encapsulated else EXPLICIT_LITTLE_ENDIAN
        with new_file(path) as file:
            file.write(file_meta(original.sop_class, instance, syntax, IMPLEMENTATION_CLASS))
            write_data_set(file, elements)
        self.dates |= rewriter.dates

    def _level(self, sop_class: str) -> Level:
        if sop_class not in self._levels:
            self._levels[sop_class] = root_level(self.rulebook, sop_class)
        return self._levels[sop_class]

    def search(
        self, files: Sequence[tuple[Original, str]], folder: Path, progress: Progress
    ) -> list[Leftover]:
        """What is left in the files."""
        found: dict[Leftover, None] = {}
        allowed = self.dates | self.pseudonyms.written
        for number, (original, name) in enumerate(files):
            progress("Searching what was written", 0.5 + number / len(files) / 2)
            left = self.searched.leftovers(folder / name, name, str(original.path), allowed)
            found |= dict.fromkeys(left)
        return list(found)


def _originals(request: Request) -> tuple[list[Original], list[tuple[Path, str]]]:
    """The instances to rewrite, and the files that are left out."""
    originals: list[Original] = []
    left_out: list[tuple[Path, str]] = []
    for path, is_dicom in _files(request.paths):
        if not is_dicom:
            left_out.append((path, "it is not a DICOM file with a preamble"))
            continue
        original = read_original(path, burned_in_stays=request.burned_in_stays)
        if original is None:
            left_out.append((path, "a DICOMDIR names all that is in its folder"))
        elif original.is_document:
            left_out.append((path, "it holds a document, and octome does not look into it"))
        elif original.sop_class == RAW_DATA_CLASS and not (
            original.is_safe_raw_data and "safe-private" in request.options.retain
        ):
            why = (
                "without --retain safe-private nothing would be left of Raw Data"
                if original.is_safe_raw_data
                else "what is in Raw Data of other software is not known"
            )
            left_out.append((path, why))
        else:
            originals.append(original)
    if not originals:
        raise InstanceUnreadable(
            f"there is no DICOM instance to de-identify in {', '.join(map(str, request.paths))}"
            + (f": {left_out[0][1]}" if left_out else "")
        )
    repeated = [
        uid for uid, count in Counter(each.uids[2] for each in originals).items() if count > 1
    ]
    if repeated:
        paths = [str(each.path) for each in originals if each.uids[2] == repeated[0]]
        raise InstanceUnreadable(f"several files are the same instance: {', '.join(paths[:3])}")
    return originals, left_out


def _require_apart(request: Request) -> None:
    """Refuse to write into what is read, or the mapping into what is given away."""
    out = request.out.resolve()
    for path in request.paths:
        if path.resolve() in out.parents:
            raise InstanceUnwritable(
                f"cannot write {request.out}: it is in {path}, which is read", path=str(out)
            )
    mapping = request.mapping and request.mapping.resolve()
    if mapping and (mapping == out or out in mapping.parents):
        raise InstanceUnwritable(
            f"cannot write {request.mapping}: it says who is who, and must not be in {request.out}",
            path=str(mapping),
        )


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether it is a DICOM file."""

    def refused(error: InstanceUnreadable) -> None:
        raise error

    for path in paths:
        if path.is_dir():
            for below in files_below(path, refused):
                yield below, _is_dicom(below)
            continue
        if not _is_dicom(path):
            raise InstanceUnreadable(f"cannot read {path}: it is not a DICOM file", path=str(path))
        yield path, True


def _is_dicom(path: Path) -> bool:
    try:
        return is_part10_file(path)
    except OSError as error:
        raise InstanceUnreadable(
            f"cannot read {path}: {error.strerror or error}", path=str(path)
        ) from error


def _notes(
    originals: Sequence[Original], searched: Searched, table: ActionTable, edition: str
) -> Iterator[str]:
    eyes = sum(shows_retina(original.sop_class) for original in originals)
    if eyes:
        yield (
            f"{eyes} of {len(originals)} instances are pictures of a retina, which identifies its "
            "owner as a fingerprint does, to all who have another picture of that eye"
        )
    unstated = sum(original.may_have_text for original in originals)
    if unstated:
        yield (
            f"{unstated} of {len(originals)} instances do not state whether there is text in their "
            "pixels, and octome does not look for it: look at them"
        )
    if table.edition != edition:
        yield (
            f"Table E.1-1 is that of {table.edition}; newer attributes are judged by their value "
            "representation. octome sync fetches the newest"
        )
    if searched.short:
        yield f"{searched.short} values of one or two characters were not searched for"
