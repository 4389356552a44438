"""The key of a store: what it is compiled from.

It is computed whenever a store is opened, so that this module imports no source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from octome.standard.sources.listed import SOURCES

if TYPE_CHECKING:
    from octome.standard.sources.source import Source


PATTERNS = (
    "*.py",
    "compile/*.*",
    "model/*.py",
    "search/short_names/*.py",
    "search/squash.py",
    "search/wording.py",
    "sources/**/*.py",
)


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
    for file in code_files():
        code.update(file.read_bytes())
    return code.hexdigest()


def code_files() -> Iterator[Path]:
    """The files that what is compiled depends on: the compiler's, and what they import."""
    standard = Path(__file__).parent
    for pattern in PATTERNS:
        yield from sorted(standard.glob(pattern))
