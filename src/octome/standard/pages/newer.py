"""What is newer than the dictionary or the registry that an edition uses here, so not known."""

from __future__ import annotations

from octome.standard.edition import NAME, edition_key
from octome.standard.pages.reader import Reader


def older_than(edition: str, source: str) -> str:
    """The edition of a dictionary or registry, if it is older than the one that uses it; or empty.

    >>> older_than("2026b", "2024c (frogs 3.0)"), older_than("2020b", "2024c (frogs 3.0)")
    ('2024c', '')
    """
    name = source.partition(" ")[0]
    return name if NAME.fullmatch(name) and edition_key(name) < edition_key(edition) else ""


def attributes_not_known(reader: Reader, edition: str) -> str:
    """That the attributes newer than its dictionary are not known in an edition; or empty."""
    name = older_than(edition, reader.dictionaries[edition]) if reader.is_partial[edition] else ""
    return f"attributes newer than {name} are not known in {edition}" if name else ""


def not_listed(reader: Reader, edition: str, word: str) -> str:
    """That the older dictionary or registry of an edition lacks a tag, keyword or UID; or empty."""
    is_uid = word.count(".") > 1
    source = reader.meta("uids") if is_uid else reader.dictionaries[edition]
    name = older_than(edition, source)
    return (
        f"is not in the {'registry of UIDs' if is_uid else 'dictionary'} of {name} that {edition} "
        f"uses here; it may be newer: octome sync {edition} fetches the whole edition"
        if name
        else ""
    )
