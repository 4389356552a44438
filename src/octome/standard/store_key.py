"""The key of a store: what it is compiled from.

It is computed whenever a store is opened, so that this module imports no source.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from octome.standard.sources.listed import SOURCES

if TYPE_CHECKING:
    from octome.standard.sources.source import Source


def store_key(sources: Sequence[Source] = SOURCES) -> str:
    """The key of a store compiled now: from its sources and octome's own code.

    Raises
    ------
    StoreUnavailable
        A source is not installed.
    """
    versions = " ".join(f"{source.name}={source.fingerprint()}" for source in sources)
    return f"{versions} compiler={code_digest()}"


@cache
def code_digest() -> str:
    """Of octome's own code, read once."""
    code = blake2b(digest_size=6)
    standard = Path(__file__).parent
    for pattern in ("*.py", "sources/**/*.py", "compile/*.*", "search/short_names/*.py"):
        for file in sorted(standard.glob(pattern)):
            code.update(file.read_bytes())
    return code.hexdigest()
