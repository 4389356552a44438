"""The pictures of a part: which files it needs, what they are, and SVG that is safe to show."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

from lxml import etree

from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.tag import names, tag

PictureFormat = Literal["svg", "png", "jpeg", "gif"]
# What a browser can show, the best first.
ENDINGS = (".svg", ".png", ".gif", ".jpg", ".jpeg")
SIGNATURES: tuple[tuple[bytes, PictureFormat], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
# An address or a path out of the folder is not a file of the part.
SAFE_FILE = re.compile(r"(?!/)[\w.,+() -]+(?:/[\w.,+() -]+)*")

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LARGEST_BYTES = 32 << 20
SVG_ELEMENTS = names(
    """a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
    filter g image line linearGradient marker mask path pattern polygon polyline radialGradient rect
    stop style svg switch symbol text textPath title tspan use"""
)
SVG_ATTRIBUTES = names(
    """alignment-baseline baseline-shift class clip clip-path clip-rule clipPathUnits color
    color-interpolation color-interpolation-filters cx cy d direction display
    dominant-baseline dx dy fill fill-opacity fill-rule filter filterUnits flood-color
    flood-opacity font font-family font-size font-size-adjust font-stretch font-style
    font-variant font-weight fx fy gradientTransform gradientUnits height href id
    image-rendering in in2 k1 k2 k3 k4 kerning lengthAdjust letter-spacing marker-end
    marker-mid marker-start markerHeight markerUnits markerWidth mask maskContentUnits
    maskUnits mode offset opacity operator orient overflow paint-order pathLength
    patternContentUnits patternTransform patternUnits points preserveAspectRatio
    primitiveUnits r radius refX refY result rotate rx ry shape-rendering spreadMethod
    startOffset stdDeviation stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width style text-anchor text-decoration text-rendering textLength transform type
    unicode-bidi values vector-effect version viewBox visibility width word-spacing
    writing-mode x x1 x2 y y1 y2"""
)
INLINE_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]*")
# Anything that fetches in a style or an attribute. A backslash could disguise it.
FETCHES = re.compile(
    r"""url\(\s*(?!['"]?\s*#)[^)]*\)?|@import[^;]*;?|expression\(|javascript:|image-set\(|\\""",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def picture_file(element: etree._Element) -> str:
    """The file of a `mediaobject` in the part's folder, the best that is offered; empty if none."""
    files = [data.get("fileref", "").strip() for data in element.iter(tag("imagedata"))]
    return min((file for file in files if _is_safe(file)), key=_rank, default="")


def picture_files(part: Part) -> tuple[str, ...]:
    """The files of all pictures of a part, in its order, each once: `figures/PS3.3_A.1-1.svg`."""
    objects = part.root.iter(tag("mediaobject"), tag("inlinemediaobject"))
    return tuple(dict.fromkeys(file for each in objects if (file := picture_file(each))))


def _is_safe(file: str) -> bool:
    return bool(SAFE_FILE.fullmatch(file)) and ".." not in PurePosixPath(file).parts


def _rank(file: str) -> int:
    lower = file.lower()
    return next((at for at, end in enumerate(ENDINGS) if lower.endswith(end)), len(ENDINGS))


def picture_format(content: bytes) -> PictureFormat | None:
    """The format of a picture by its first bytes, not its file name; None if unknown.

    Examples
    --------
    >>> picture_format(b"GIF89a...")
    'gif'
    """
    for signature, format_ in SIGNATURES:
        if content.startswith(signature):
            return format_
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "svg" if start.startswith(b"<") and b"<svg" in content[:20_000] else None


def sanitised_svg(content: bytes) -> bytes:
    """An SVG picture without anything that runs or fetches.

    Raises
    ------
    ValueError
        It is not SVG, damaged, or too large.
    """
    if len(content) > LARGEST_BYTES:
        raise ValueError(f"a picture of more than {LARGEST_BYTES >> 20} MiB")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"damaged SVG: {error.msg}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("not SVG")
    return etree.tostring(_copied(root), encoding="utf-8", xml_declaration=True)


def _copied(source: etree._Element) -> etree._Element:
    """A new element with the allowed content of an element."""
    copy = etree.Element(source.tag, nsmap={None: SVG, "xlink": "http://www.w3.org/1999/xlink"})
    for key, value in source.items():
        kept = _attribute(str(source.tag).rpartition("}")[2], str(key), str(value))
        if kept:
            copy.set(key, kept)
    is_style = source.tag == f"{{{SVG}}}style"
    copy.text = _without_fetching(source.text or "") if is_style else source.text
    last: etree._Element | None = None
    for child in source:
        name = str(child.tag) if isinstance(child.tag, str) else ""
        if name.startswith(f"{{{SVG}}}") and name.rpartition("}")[2] in SVG_ELEMENTS:
            last = _copied(child)
            copy.append(last)
            last.tail = child.tail
        elif last is None:
            copy.text = (copy.text or "") + (child.tail or "")
        else:
            last.tail = (last.tail or "") + (child.tail or "")
    return copy


def _attribute(element: str, key: str, value: str) -> str:
    """The value of an attribute that is kept; empty if it is not."""
    if key in ("href", XLINK_HREF):
        is_inside = value.startswith("#") and element != "a"
        is_image = element == "image" and INLINE_IMAGE.fullmatch(value)
        return value if is_inside or is_image else ""
    if key not in SVG_ATTRIBUTES and key != XML_SPACE:
        return ""
    return _without_fetching(value)


def _without_fetching(words: str) -> str:
    """A style, or the value of an attribute, without anything that would be fetched."""
    words = COMMENT.sub("", words)
    return FETCHES.sub("none", words)
