"""From an acquisition to the whole chain of instances, each step once (PS3.3 C.8.17.14.1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from octome.errors import InstanceUnwritable
from octome.files import held_folder, new_folder
from octome.formats.reading_options import NO_OPTIONS, ReadingOptions
from octome.pipeline.chain_metadata import chain_metadata
from octome.pipeline.chain_plan import plan
from octome.pipeline.executor import run_plan
from octome.pipeline.manifest import Manifest
from octome.pipeline.recent import forget_readings
from octome.pipeline.request import Request
from octome.pipeline.source import read_source
from octome.pipeline.step import Progress
from octome.pipeline.step_result import StepResult


def process(
    path: Path,
    out: Path,
    request: Request,
    progress: Progress = lambda _label, _share: None,
    *,
    options: ReadingOptions = NO_OPTIONS,
    flow_path: Path | None = None,
    surfaces_path: Path | None = None,
) -> list[StepResult]:
    """Turn a scanner's recording into the chain of instances in a folder.

    Steps that were already finished, from the same input with the same parameters, are not run
    again; nothing is overwritten.

    Parameters
    ----------
    path : Path
        An acquisition file, a Raw Data instance, a vendor file, or an Ophthalmic Tomography Image.
    out : Path
        The chain's folder; created if it does not exist.
    request : Request
    progress : callable, optional
        Called with the current step and the share of the whole that is done.
    options : ReadingOptions, optional
        What only the caller knows about a vendor file.
    flow_path : Path, optional
        A device's second file, if it stores flow separately.
    surfaces_path : Path, optional
        Surfaces that OCTExplorer found in a device's volume, as XML; used instead of the device's.

    Returns
    -------
    results : list of StepResult
        In the order of the chain.

    Raises
    ------
    OctomeError
        Something is missing, unreadable, or cannot be written; finished instances stay. Or another
        run is working in the folder.
    """
    if out.exists() and not out.is_dir():
        raise InstanceUnwritable(f"cannot write into {out}: it is a file", path=str(out))
    progress("reading", 0.0)
    try:
        source = read_source(
            path, options=options, flow_path=flow_path, surfaces_path=surfaces_path
        )
        digest = chain_metadata(source, request).digest(source)
        with _alone_in(out):
            manifest = Manifest(out, digest)
            steps = plan(source, request, manifest.reserved)
            # Before the first instance: a later run puts its own into the same series.
            manifest.save()
            return run_plan(steps, manifest, progress=progress)
    finally:
        forget_readings()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, which is created, and removed if it stays empty."""
    with ExitStack() as stack:
        try:
            if not folder.exists():
                new_folder(folder)
                stack.callback(_remove_empty, folder)
            is_held = stack.enter_context(held_folder(folder))
        except OSError as error:
            raise InstanceUnwritable(
                f"cannot write into {folder}: {error.strerror or error}", path=str(folder)
            ) from error
        if not is_held:
            raise InstanceUnwritable(
                f"another run is working in {folder}: wait until it has ended", path=str(folder)
            )
        yield


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # it has files
        folder.rmdir()
