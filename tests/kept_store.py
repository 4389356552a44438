"""The store of all tests, where a command or another library expects it."""

from __future__ import annotations

import shutil
from pathlib import Path

from octome.standard.store import store_path
from octome.standard.store_key import store_key


def keep_store(store: Path) -> None:
    """Copy the packaged editions' store to the cache folder: nobody has to compile it again."""
    path = store_path(store_key())
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(store, path)
