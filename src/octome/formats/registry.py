"""Every vendor format that octome reads, and the function that reads any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from octome.errors import DeviceFileUnreadable, MissingFact, OctomeError, PackageMissing
from octome.formats import (
    bioptigen,
    heidelberg_e2e,
    heidelberg_vol,
    heidelberg_xml,
    optovue,
    thorlabs,
    topcon,
    zeiss,
)
from octome.formats.iowa_xml import with_surfaces
from octome.formats.reading_options import NO_OPTIONS, ReadingOptions
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume

Answer = TypeVar("Answer")

# Enough of a file's beginning to recognise it.
_HEAD_BYTES = 64


@dataclass(frozen=True, kw_only=True)
class DeviceFormat:
    """One vendor format: how it is recognised, and its reader."""

    name: str
    suffix: str
    read: Callable[[Path, ReadingOptions], DeviceVolume]
    magic: tuple[bytes, ...] = ()
    """The file begins with one of these; empty if the format has no signature."""
    magic_at: int = 0
    """How many bytes into the file."""
    read_flow: Callable[[Path], Float32] | None = None
    """Reads a second file of the same scan that holds its flow."""
    needs: frozenset[str] = frozenset()
    """Of `ReadingOptions`, what means something for this format, in addition to the spacing."""

    def begins(self, head: bytes) -> bool:
        """Whether a file with this beginning may be of this format."""
        return not self.magic or head[self.magic_at :].startswith(self.magic)


GREY = frozenset({"grey_span_db"})
# Of two formats with one suffix, the one with a signature comes first.
FORMATS = (
    DeviceFormat(
        name="Heidelberg .vol",
        suffix=".vol",
        read=heidelberg_vol.read,
        magic=heidelberg_vol.MAGIC,
        read_flow=heidelberg_vol.read_flow,
    ),
    DeviceFormat(
        name="Heidelberg .e2e",
        suffix=".e2e",
        read=heidelberg_e2e.read,
        magic=heidelberg_e2e.MAGIC,
        needs=frozenset({"series"}),
    ),
    DeviceFormat(name="Heidelberg XML", suffix=".xml", read=heidelberg_xml.read),
    DeviceFormat(
        name="Topcon .fda", suffix=".fda", read=topcon.read, magic=topcon.MAGIC, needs=GREY
    ),
    DeviceFormat(
        name="Topcon .fds", suffix=".fds", read=topcon.read, magic=topcon.MAGIC, needs=GREY
    ),
    DeviceFormat(name="Zeiss Cirrus .img", suffix=".img", read=zeiss.read, needs=GREY | {"size"}),
    DeviceFormat(
        name="Bioptigen .oct",
        suffix=".oct",
        read=bioptigen.read,
        magic=(bioptigen.KEY,),
        magic_at=bioptigen.KEY_AT,
        needs=GREY,
    ),
    DeviceFormat(name="Thorlabs .oct", suffix=".oct", read=thorlabs.read, magic=thorlabs.MAGIC),
    DeviceFormat(name="Optovue .oct", suffix=".oct", read=optovue.read, needs=GREY),
)


def read_device_volume(
    path: Path,
    *,
    options: ReadingOptions = NO_OPTIONS,
    flow_path: Path | None = None,
    surfaces_path: Path | None = None,
) -> DeviceVolume:
    """The volume in a vendor file: the recording, its spacing, and the device's own results.

    Parameters
    ----------
    path : Path
        A file of one of `FORMATS`.
    options : ReadingOptions, optional
        What only the caller knows.
    flow_path : Path, optional
        A second file of the same scan that holds its flow, if the device stores it separately
        (Heidelberg's `...Angio.vol`).
    surfaces_path : Path, optional
        Surfaces that OCTExplorer found in this volume, as XML; used instead of the device's own.

    Raises
    ------
    DeviceFileUnreadable
        The file is missing, empty, damaged, incomplete, or of an unknown format.
    PackageMissing
        The package that reads this format is not installed.
    SpacingUnknown
        The file does not state its spacing and none is given.
    MissingFact
        An option means nothing for this format.
    ShapeMismatch
        The parts of the file, or the other files, disagree.
    """
    kind = _format_of(path)
    _check_options(path, kind, options)
    volume = _guarded(path, kind, lambda: kind.read(path, options))
    if flow_path is not None:
        volume = replace(volume, flow=_read_flow(flow_path))
    if surfaces_path is not None:
        volume = with_surfaces(volume, surfaces_path)
    return volume


def _check_options(path: Path, kind: DeviceFormat, options: ReadingOptions) -> None:
    """Raise for an option that the reader of this format would ignore."""
    for name, why in (
        ("series", "which holds one scan"),
        ("size", "which states its size"),
        ("grey_span_db", "whose scale of brightness is known"),
    ):
        if getattr(options, name) is not None and name not in kind.needs:
            takers = ", ".join(each.name for each in FORMATS if name in each.needs)
            raise MissingFact(
                f"--{name.replace('_', '-')} is for {takers} files; {path.name} is a {kind.name} "
                f"file, {why}",
                missing=name,
            )


def _read_flow(path: Path) -> Float32:
    """The flow in a device's second file."""
    kind = _format_of(path)
    if kind.read_flow is None:
        raise DeviceFileUnreadable(
            f"{path.name} is a {kind.name} file; only Heidelberg .vol stores flow in a second file",
            path=str(path),
        )
    read_flow = kind.read_flow
    return _guarded(path, kind, lambda: read_flow(path))


def _format_of(path: Path) -> DeviceFormat:
    """The format of a file, by its suffix and its signature."""
    if path.is_dir():
        raise DeviceFileUnreadable(f"{path} is a folder; give a file in it", path=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise DeviceFileUnreadable(
            f"{path} cannot be read: {error.strerror}", path=str(path)
        ) from error
    if not head:
        raise DeviceFileUnreadable(f"{path} is empty", path=str(path))
    named = [kind for kind in FORMATS if kind.suffix == path.suffix.lower()]
    for kind in named:
        if kind.begins(head):
            return kind
    known = ", ".join(dict.fromkeys(kind.suffix for kind in FORMATS))
    why = (
        f"does not begin like a {named[0].name} file"
        if named
        else f"is not a vendor file that octome reads: {known}"
    )
    raise DeviceFileUnreadable(f"{path.name} {why}", path=str(path), known=known)


def _guarded(path: Path, kind: DeviceFormat, read: Callable[[], Answer]) -> Answer:
    """The result of a reader; any exception in it becomes one of octome's errors."""
    try:
        return read()
    except OctomeError:
        raise
    except ImportError as error:
        raise PackageMissing(
            f"{kind.name} files need the package {error.name or error}, which is not installed: "
            "pip install 'octome[formats]'",
            package=error.name,
        ) from error
    # The packages trust a file's lengths and offsets: a damaged one can raise any exception.
    # Its text may quote the file, names included, and is not repeated.
    except Exception as error:
        raise DeviceFileUnreadable(
            f"{path.name} cannot be read as {kind.name}: it is damaged, incomplete or of an "
            f"unknown version ({type(error).__name__})",
            path=str(path),
            reason=type(error).__name__,
        ) from error
