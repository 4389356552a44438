"""Names for new files: nothing that exists is ever overwritten."""

from __future__ import annotations

from pathlib import Path


def free_path(folder: Path, name: str) -> Path:
    """A file of that name in a folder that does not exist yet.

    >>> free_path(Path("/nowhere"), "ILM..IPL+10um").name
    'ILM..IPL+10um.dcm'
    """
    path, number = folder / f"{name}.dcm", 2
    while path.exists():
        path, number = folder / f"{name}-{number}.dcm", number + 1
    return path
