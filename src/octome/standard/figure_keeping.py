"""The pictures of a part, made safe to show and kept with the edition."""

from __future__ import annotations

from collections.abc import Sequence

from octome.standard.edition_folder import EditionFolder
from octome.standard.edition_manifest import KeptFile
from octome.standard.edition_origin import Files, Got, Site
from octome.standard.progress import Progress


def kept_figures(
    place: Site | Files,
    folder: EditionFolder,
    got: Got,
    part: str,
    names: Sequence[str],
    progress: Progress,
) -> tuple[dict[str, KeptFile], list[str]]:
    """Fetch the pictures of a part, and keep those that are safe to show.

    Parameters
    ----------
    got : Got
        The file of the part; its pictures are next to it.
    part : str
        Its number.
    names : sequence of str
        The pictures, as the part names them.

    Returns
    -------
    figures : dict
        The kept files, by part and name as in a manifest.
    problems : list of str
        The pictures that are not kept, each with the reason.
    """
    from octome.standard.sources.docbook.figures import picture_format, sanitised_svg

    found: dict[str, KeptFile] = {}
    problems = []
    for at, name in enumerate(names):
        progress(f"part {part}, figure {at + 1} of {len(names)}", 0.99)
        picture = place.figure(got, name)
        picture_type = picture_format(picture) if picture is not None else None
        if picture is None or picture_type is None:
            why = "a picture is missing" if picture is None else "not a picture"
            problems.append(f"part {part}: {why}: {name}")
            continue
        try:
            safe = sanitised_svg(picture) if picture_type == "svg" else picture
        except ValueError as error:
            problems.append(f"part {part}: a picture is not used: {name}, {error}")
            continue
        found[f"{part}/{name}"] = folder.keep(f"figures/part{int(part):02}/{name}", safe)
    return found, problems
