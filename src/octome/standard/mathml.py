"""Formulas in MathML: only elements of formulas are kept, when read and when shown."""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import Element, ParseError, fromstring

MATHML = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """math mi mn mo ms mspace mtext mrow mfrac msqrt mroot mstyle mpadded mphantom menclose
    msub msup msubsup munder mover munderover mmultiscripts mprescripts none
    mtable mtr mtd""",
    )
)
ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        """accent accentunder columnalign columnspan display displaystyle fence form linethickness
    lspace mathvariant maxsize minsize movablelimits notation rowalign rowspan rspace scriptlevel
    separator stretchy symmetric width""",
    )
)
# Not shown, nor anything in them.
NOT_SHOWN = frozenset(("annotation", "annotation-xml"))
LARGEST, DEEPEST = 100_000, 60


def sanitised_mathml(source: str) -> str:
    """A formula without prefixes and other elements; empty if it is not a formula.

    `mfenced`, which browsers no longer support, is written out.

    Examples
    --------
    >>> sanitised_mathml('<math onclick="x()"><mi href="y">a</mi><script>z</script></math>')
    '<math><mi>a</mi></math>'
    """
    root = _root(source)
    return "" if root is None else _written(root, DEEPEST)


def linear_words(source: str) -> str:
    """A formula on one line, such as `x = (a + b)/c`.

    Examples
    --------
    >>> below = "<mrow><mi>b</mi><mo>+</mo><mn>2</mn></mrow>"
    >>> linear_words(f"<math><mfrac><mi>a</mi>{below}</mfrac></math>")
    'a/(b + 2)'
    """
    root = _root(source)
    return "" if root is None else " ".join(_linear(root, DEEPEST).split())


def _root(source: str) -> Element | None:
    # A document type could define entities that grow without end.
    if len(source) > LARGEST or "<!DOCTYPE" in source or "<!ENTITY" in source:
        return None
    try:
        root = fromstring(source)  # noqa: S314
    except ParseError:
        return None
    return root if _name(root) == "math" else None


def _name(element: Element) -> str:
    return element.tag.removeprefix(MATHML)


def _written(element: Element, depth: int) -> str:
    name = _name(element)
    if depth == 0 or name in NOT_SHOWN:
        return ""
    if name in ("semantics", "mfenced"):
        fences = _fenced(element) if name == "mfenced" else None
        parts = [_written(child, depth - 1) for child in element]
        return "<mrow>" + "".join(_between(parts, fences)) + "</mrow>"
    if name not in ELEMENTS:
        return ""
    attributes = "".join(
        f' {key}="{escape(value)}"' for key, value in element.items() if key in ATTRIBUTES
    )
    inside = escape((element.text or "").strip(), quote=False)
    inside += "".join(_written(child, depth - 1) for child in element)
    return f"<{name}{attributes}>{inside}</{name}>"


def _fenced(element: Element) -> tuple[str, str, str]:
    """The opening, separating and closing signs."""
    separators = element.get("separators", ",").strip()
    return element.get("open", "("), separators, element.get("close", ")")


def _between(parts: list[str], fences: tuple[str, str, str] | None) -> list[str]:
    if fences is None:
        return parts
    opening, separators, closing = (escape(sign) for sign in fences)
    found = [f"<mo>{opening}</mo>"] if opening else []
    for at, part in enumerate(parts):
        if at and separators:
            found.append(f"<mo>{fences[1][min(at - 1, len(fences[1]) - 1)]}</mo>")
        found.append(part)
    return [*found, f"<mo>{closing}</mo>"] if closing else found


def _linear(element: Element, depth: int) -> str:
    name = _name(element)
    if depth == 0 or name in NOT_SHOWN:
        return ""
    parts = [_linear(child, depth - 1).strip() for child in element]
    match name, [_grouped(part) for part in parts]:
        case "mfrac", [above, below]:
            return f"{above}/{below}"
        case "msub" | "munder", [base, below]:
            return f"{base}_{below}"
        case "msup" | "mover", [base, above]:
            return f"{base}^{above}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{base}_{below}^{above}"
        case "msqrt", _:
            return f"\u221a({' '.join(parts)})"
        case "mroot", [base, degree]:
            return f"{degree}\u221a({base})"
        case "mtable", _:
            return f"[{'; '.join(parts)}]"
        case "mtr", _:
            return ", ".join(parts)
        case "mfenced", _:
            opening, separators, closing = _fenced(element)
            gap = f"{separators[:1]} "
            return f"{opening}{gap.join(parts)}{closing}"
        case _:
            return " ".join([(element.text or "").strip(), *parts]).strip()


def _grouped(words: str) -> str:
    return f"({words})" if " " in words and not words.startswith(("(", "[")) else words
