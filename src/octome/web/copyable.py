"""What a page has to copy: the tag, the keyword, the way to it in Python, its addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from octome.standard.model.attribute import AttributePage
from octome.standard.model.ciod import CiodPage
from octome.standard.model.code import CodePage
from octome.standard.model.context_group import ContextGroupPage
from octome.standard.model.dictionary import AttributeEntry
from octome.standard.model.page import Page
from octome.standard.model.section import SectionPage
from octome.standard.model.table import TablePage
from octome.standard.model.template import TemplatePage
from octome.standard.model.uid import UidPage
from octome.standard.model.value_representation import VALUE_REPRESENTATIONS


@dataclass(frozen=True)
class Copyable:
    """A piece of text to copy, and what it is; a link is copied as a whole address."""

    label: str
    text: str
    is_link: bool = False


def copyables(page: Page, permalink: str) -> tuple[Copyable, ...]:
    """What a page has to copy; nothing on lists.

    Parameters
    ----------
    permalink : str
        The address of the page that names its edition.
    """
    own = tuple(_own(page))
    if not own:
        return ()
    official = page.section.standard_url if isinstance(page, SectionPage) else None
    official = official or getattr(page, "standard_url", None)
    return (
        *own,
        Copyable("Path", page.path),
        Copyable("Permalink", permalink, is_link=True),
        *((Copyable("Official page", official, is_link=True),) if official else ()),
    )


def _own(page: Page) -> Iterator[Copyable]:
    """What is of a page's kind alone."""
    match page:
        case AttributePage(attribute=use):
            tags = page.path.split("/")[-len(page.keywords) :]
            yield from _attribute(use.display_tag, use.vr, tags, page.keywords)
        case AttributeEntry():
            yield from _attribute(page.display_tag, page.vr, [page.tag], [page.keyword])
        case UidPage(entry=entry):
            yield Copyable("UID", entry.uid)
            yield Copyable("Name", entry.name)
            if entry.keyword:
                yield Copyable("Keyword", entry.keyword)
        case CiodPage():
            yield Copyable("Name", page.title)
            for sop in page.sop_classes:
                yield Copyable("SOP class UID", sop.uid)
        case TablePage():
            yield Copyable("Name", page.title)
        case _:
            yield from _numbered(page)


def _numbered(page: Page) -> Iterator[Copyable]:
    """What is of a page that is known by a number."""
    match page:
        case SectionPage(section=section):
            part, _, number = section.number.rpartition("-")
            is_other_part = part.startswith("PS3.")
            yield Copyable("Section", f"{part} {number}" if is_other_part else f"PS3.3 {number}")
            yield Copyable("Title", page.title)
        case ContextGroupPage():
            yield Copyable("Number", f"CID {page.cid}")
            if page.uid:
                yield Copyable("UID", page.uid)
        case TemplatePage():
            yield Copyable("Number", f"TID {page.tid}")
        case CodePage():
            yield Copyable("Code", f'({page.value}, {page.scheme}, "{page.title}")')


def _attribute(
    tag: str, vr: str, tags: Sequence[str], keywords: Sequence[str]
) -> Iterator[Copyable]:
    """An attribute at the end of a path of tags and keywords."""
    yield Copyable("Tag", tag)
    if keywords[-1]:
        yield Copyable("Keyword", keywords[-1])
    if "x" in "".join(tags) or "" in keywords:  # a repeating group has no keyword of one tag
        return
    yield Copyable("Python", "ds." + "[0].".join(keywords))
    if vr in VALUE_REPRESENTATIONS:
        yield Copyable("DICOM JSON", dicom_json(tags, vr))


def dicom_json(tags: Sequence[str], vr: str) -> str:
    """An attribute without a value in the DICOM JSON Model, within the sequences above it.

    PS3.18 F.2.5.

    Examples
    --------
    >>> dicom_json(["00280030"], "DS")
    '{"00280030": {"vr": "DS"}}'
    >>> dicom_json(["00082112", "00081155"], "UI")
    '{"00082112": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI"}}]}}'
    """
    *above, last = [tag.upper() for tag in tags]
    element: dict[str, object] = {last: {"vr": vr}}
    for tag in reversed(above):
        element = {tag: {"vr": "SQ", "Value": [element]}}
    return json.dumps(element)
