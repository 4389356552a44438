"""The one instance of a file that was sent to the inspector: plain, packed, in JSON or XML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from octome.conformance.check.inputs import Input, inputs_of_file, read_input
from octome.dicom.part10 import Encoded, is_part10, read_encoded
from octome.errors import InstanceUnreadable, NotAnInstance


def uploaded_instance(
    content: bytes | Path, name: str, vr_of: Mapping[int, str], folder: Path, largest: int
) -> Encoded:
    """Read the instance of a file.

    Parameters
    ----------
    content : bytes or Path
        The content of the file, or where it is.
    name : str
        What it is called.
    vr_of : mapping
        The VR of each tag of the data dictionary.
    folder : Path
        Where what has to be written is.
    largest : int
        How many bytes it may unpack to.

    Raises
    ------
    InstanceUnreadable
        It has no instance, or several, or cannot be read.
    """
    if isinstance(content, bytes) and is_part10(content):
        return read_encoded(content, vr_of)
    path = content if isinstance(content, Path) else folder / "received"
    if isinstance(content, bytes):
        path.write_bytes(content)
    refused: list[InstanceUnreadable] = []
    files = list(inputs_of_file(path, name, lambda: folder, refused.append, most=largest))
    if len(files) == 1:
        return read_input(files[0], vr_of)
    return _only(files, name, vr_of, refused)


def _only(
    files: list[Input], name: str, vr_of: Mapping[int, str], refused: list[InstanceUnreadable]
) -> Encoded:
    """The only file that is an instance, among those that a packed one holds."""
    found: Encoded | None = None
    for file in files:
        try:
            encoded = read_input(file, vr_of)
        except NotAnInstance:
            continue
        if found is not None:
            why = (
                f"it has several instances, and the inspector shows one: run `octome check {name}`"
            )
            raise InstanceUnreadable(f"cannot read {name}: {why}", path=name)
        found = encoded
    if found is None:
        raise refused[0] if refused else NotAnInstance(f"{name} has no DICOM instance", path=name)
    return found
