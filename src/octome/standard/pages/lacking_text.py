"""Why an attribute has no description."""

from __future__ import annotations

from octome.standard.pages.reader import Reader


def lacking_text(reader: Reader, edition: str) -> str:
    """A sentence for an attribute without a description in an edition, and what helps."""
    of = reader.text_edition(edition)
    if "3" in reader.whole_parts[edition]:
        return f"Edition {edition} does not describe it."
    how = "octome sync fetches an edition whole, with every description."
    if of != edition:
        return (
            f"No description here: the text at hand is that of {of}, which does not describe it. "
            f"{how}"
        )
    return f"No description here: the source of {edition} has none. {how}"
