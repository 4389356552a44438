"""Replace a stored edition by another version, if nothing is lost or on request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from octome.errors import StoreUnavailable, SyncFailed
from octome.standard.counted import counted
from octome.standard.edition_folder import STAGING, EditionFolder, editions_folder
from octome.standard.edition_manifest import NEEDED_PARTS, KeptEdition
from octome.standard.edition_store import open_edition
from octome.standard.progress import Progress, no_progress
from octome.standard.sources.listed import SOURCES

FULLNESS = {"facts": 0, "json": 1, "docbook": 2}


@contextmanager
def staged_edition(edition: str) -> Iterator[EditionFolder]:
    """An empty folder for an edition that is being prepared; it is removed at the end."""
    path = editions_folder() / STAGING / "new" / edition
    shutil.rmtree(path, ignore_errors=True)
    try:
        yield EditionFolder(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def kept_manifest(edition: str) -> KeptEdition | None:
    """The manifest of a stored edition; None if there is none or it cannot be read."""
    try:
        return EditionFolder(editions_folder() / edition).manifest
    except StoreUnavailable:
        return None


def keep_staged(
    staged: EditionFolder, *, replaces: bool, progress: Progress = no_progress
) -> EditionFolder:
    """Store a staged edition, replacing the one of the same name.

    Parameters
    ----------
    replaces : bool
        Whether an edition with more content is replaced too.
    progress : callable
        As for the compiler.

    Raises
    ------
    SyncFailed
        The stored one has more, or the new one cannot be used. Nothing is changed then.
    """
    manifest = staged.manifest
    before = kept_manifest(manifest.edition)
    if not replaces:
        refuse_loss(before, manifest)
    if manifest.layout != "docbook":
        # Files that are not from the official site may not fit together; compiling them shows it.
        # The compiled store is used afterwards.
        try:
            open_edition(staged, progress=progress).close()
        except StoreUnavailable as error:
            raise SyncFailed(f"edition {manifest.edition} is not kept: {error}") from error
    folder = EditionFolder(editions_folder() / manifest.edition)
    for kept in (*manifest.parts.values(), *manifest.figures.values()):
        target = folder.path / kept.file
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged.path / kept.file).replace(target)
    folder.write(manifest)
    return folder


def refuse_loss(before: KeptEdition | None, after: KeptEdition) -> None:
    """Refuse an edition that has less than the stored or packaged one of the same name.

    Parameters
    ----------
    before : KeptEdition, optional
        The stored one. Where there is one, it hides the packaged one already.

    Raises
    ------
    SyncFailed
        It has less. The message names the option that replaces the edition anyway.
    """
    lost = what_is_lost(before, after) if before else what_is_hidden(after)
    if lost and before is None:
        raise SyncFailed(
            f"edition {after.edition} comes with octome, with {lost}, which this one lacks and "
            "would hide: --replace uses this one instead",
            edition=after.edition,
            lost=lost,
        )
    if lost and before is not None:
        raise SyncFailed(
            f"edition {before.edition} is here with {lost}, which would be lost: --replace "
            "replaces it",
            edition=before.edition,
            lost=lost,
        )


def what_is_hidden(after: KeptEdition) -> str:
    """What the packaged edition of the same name has and `after` lacks, in words, if anything."""
    packaged = {content for s in SOURCES for content in s.contents().get(after.edition, ())}
    if "facts" in packaged and not after.is_usable:
        return NEEDED_PARTS[3]
    return "text" if "text" in packaged and after.layout == "facts" else ""


def what_is_lost(before: KeptEdition, after: KeptEdition) -> str:
    """What would be lost if `after` replaced `before`, in words; empty if nothing."""
    if before.layout == after.layout:
        parts = [name for name in before.parts if name not in after.parts]
        figures = len(before.figures.keys() - after.figures.keys())
        what = "part" if before.layout == "docbook" else "file"
        return " and ".join(
            [f"{what}{'s' * (len(parts) > 1)} {', '.join(parts)}"] * bool(parts)
            + [counted(figures, "figure")] * bool(figures)
        )
    if FULLNESS[after.layout] > FULLNESS[before.layout] and after.is_usable:
        return ""
    if before.layout == "docbook":
        figures = len(before.figures)
        return f"{counted(len(before.parts), 'part')} of text and {counted(figures, 'figure')}"
    if before.layout == "json":
        return "text"
    own = after.parts if after.layout == "docbook" else {}
    return " and ".join(what for part, what in NEEDED_PARTS.items() if str(part) not in own)
