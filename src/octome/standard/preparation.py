"""A store that another process compiles, while this one answers from those that are ready.

A thread would not do: compiling keeps Python's interpreter lock busy, and each row that a page
reads would wait for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Sequence
from multiprocessing.connection import Connection

from octome.errors import EditionBeingPrepared, OctomeError, StoreUnavailable
from octome.standard.edition_folder import kept_edition
from octome.standard.edition_store import open_edition, title_of
from octome.standard.sources.source import Source
from octome.standard.store import open_store, ready_store
from octome.standard.store_key import store_key


class Preparation:
    """One store that is being compiled.

    Parameters
    ----------
    edition : str, optional
        A fetched edition; None for those of the packages.
    """

    def __init__(self, edition: str | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=compile_for, args=(edition, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.step, self.share, self.error = "starting", 0.0, ""

    def is_running(self) -> bool:
        """Whether it goes on; `step`, `share` and `error` are as it last reported."""
        is_alive = self._process.is_alive()
        try:
            while self._pipe.poll():
                self.step, self.share, self.error = self._pipe.recv()
        except (EOFError, OSError):
            is_alive = False  # its end of the pipe is closed
        if not is_alive and self._process.exitcode:
            self.error = self.error or "it was stopped"
        return is_alive

    def stop(self) -> None:
        """End it; what it has written goes when the next store is."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def compile_for(edition: str | None, pipe: Connection) -> None:
    """Compile the store of an edition, and report each step."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and the server this
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, 5)  # pages go first

    def report(step: str, share: float) -> None:
        pipe.send((step, share, ""))

    try:
        if edition is None:
            open_store(progress=report).close()
        else:
            open_edition(kept_edition(edition), progress=report).close()
    except OctomeError as error:
        pipe.send(("failed", 1.0, str(error)))


class Background:
    """Opens stores that are ready, and has the others compiled: one after the other."""

    def __init__(self) -> None:
        self._by_key: dict[str, tuple[str, Preparation]] = {}

    def is_busy(self) -> bool:
        """Whether a store is being compiled."""
        return any(preparation.is_running() for _, preparation in self._by_key.values())

    def store(self, edition: str | None, sources: Sequence[Source]) -> sqlite3.Connection:
        """A store, read-only.

        Parameters
        ----------
        edition : str, optional
            A fetched edition; None for those of the packages.
        sources : sequence of Source
            What it is compiled from.

        Raises
        ------
        EditionBeingPrepared
            It has to be compiled first, which is under way or waits for another one.
        StoreUnavailable
            It could not be compiled; the next call tries again.
        """
        key, title = store_key(sources), title_of(edition) if edition else "the installed editions"
        own = self._by_key.get(key)
        if own is not None and own[1].is_running():
            raise _being_prepared(*own)
        ready = ready_store(None, sources)
        if ready is not None:
            return ready
        if own is not None and own[1].error:
            del self._by_key[key]  # the next request tries again
            raise StoreUnavailable(f"{title} cannot be prepared: {own[1].error}")
        for other in self._by_key.values():
            if other[1].is_running():
                raise _being_prepared(*other)
        self._by_key[key] = title, Preparation(edition)
        raise _being_prepared(*self._by_key[key])

    def close(self) -> None:
        """End what is under way."""
        for _, preparation in self._by_key.values():
            preparation.stop()


def _being_prepared(title: str, preparation: Preparation) -> EditionBeingPrepared:
    step, share = preparation.step, preparation.share
    return EditionBeingPrepared(f"{title} is being prepared", step=step, share=share)
