"""The words of a query, and the spellings of each in the Standard."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['\u2019`]s?\b")
# "H&E", "S/N": one word.
INITIALS = re.compile(r"\b([^\W\d_])\s?[&/]\s?([^\W\d_])\b")
MARKED = frozenset("'\u2019`&/")  # what these two have
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Words of the query that name the kind of result.
KINDS = {
    "attribute": "attribute",
    "cid": "context group",
    "ciod": "CIOD",
    "element": "attribute",
    "iod": "CIOD",
    "keyword": "attribute",
    "macro": "macro",
    "modality": "CIOD",
    "module": "module",
    "object": "CIOD",
    "tag": "attribute",
    "template": "template",
    "tid": "template",
}
KINDS_OF_TWO_WORDS = {
    ("context", "group"): "context group",
    ("sop", "class"): "SOP class",
    ("transfer", "syntax"): "transfer syntax",
}

# Ignored in a query.
STOP_WORDS = frozenset(
    re.findall(r"\w+", "a an and are at dicom does for how in is of on or the to what which")
)
# British spellings -> those of the Standard.
AMERICAN = [
    (re.compile(british), american)
    for british, american in (
        (r"our(s|ed|ing|less)?$", r"or\1"),
        (r"(cent|met|fib|lit)re(s?)$", r"\1er\2"),
        (r"^centring$", "centering"),
        (r"^(.*)grey", r"\1gray"),
        (r"is(e[ds]?|ing|ation|ations|er)$", r"iz\1"),
        (r"ys(e[ds]?|ing|er)$", r"yz\1"),
        (r"aem", "em"),
        (r"oed", "ed"),
        (r"paed", "ped"),
        (r"logue", "log"),
        (r"elled$", "eled"),
        (r"elling$", "eling"),
        (r"^artefact", "artifact"),
        (r"^programme", "program"),
    )
]
# "flipped", "cropping": their verb, with one consonant less.
DOUBLED = re.compile(r"(\w*[aeiou]([bdgmnprt]))\2(?:ed|ing)")
MOST_WORDS = 8
# Plurals that do not follow the rules, and words that only look like plurals.
IRREGULAR = {
    "analyses": "analysis",
    "apices": "apex",
    "axes": "axis",
    "bases": "basis",
    "bias": "bias",
    "criteria": "criterion",
    "diagnoses": "diagnosis",
    "gas": "gas",
    "indices": "index",
    "lens": "lens",
    "lenses": "lens",
    "matrices": "matrix",
    "radii": "radius",
    "series": "series",
    "species": "species",
    "vertices": "vertex",
}
SHORTEST_BEGUN = 3  # letters: texts are indexed by no shorter beginnings of words


def words_of_query(query: str) -> list[str]:
    """The words to search: without stop words, unless there are no others.

    >>> words_of_query("The tag of Patient's Name")
    ['tag', 'patient', 'name']
    """
    if not MARKED.isdisjoint(query):
        query = INITIALS.sub(r"\1\2", POSSESSIVE.sub("", query))
    words = WORD.findall(query.casefold())
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_WORDS]


def humps(query: str) -> str:
    """A keyword as words.

    >>> humps("PixelSpacing"), humps("SOPInstanceUID")
    ('Pixel Spacing', 'SOP Instance UID')
    """
    return HUMP.sub(" ", query)


def named_kind(words: list[str]) -> tuple[str | None, list[str]]:
    """The kind of result that a query names, and its other words.

    >>> named_kind(["image", "plane", "module"])
    ('module', ['image', 'plane'])
    """
    for first, last in KINDS_OF_TWO_WORDS if len(words) > 2 else ():
        for at in (0, len(words) - 2):
            if words[at] == first and singular(words[at + 1]) == last:
                return KINDS_OF_TWO_WORDS[first, last], words[:at] + words[at + 2 :]
    if words[-1] == "uid" and tuple(words[-3:-1]) in KINDS_OF_TWO_WORDS and len(words) > 3:
        return KINDS_OF_TWO_WORDS[words[-3], words[-2]], words[:-3]
    at_ends = [word for word in (words[0], words[-1]) if word in KINDS] if len(words) > 1 else []
    if not at_ends:
        return None, words
    return KINDS[at_ends[-1]], [word for word in words if word != at_ends[-1]] or words


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Spellings of a word in the Standard: itself, singular, American, the verb of "flipped".

    >>> spellings("colours"), spellings("studies"), spellings("flipped")
    (('colours', 'colour', 'colors', 'color'), ('studies', 'study'), ('flipped', 'flip'))
    """
    found = [word]
    if (single := singular(word)) != word:
        found.append(single)
    if doubled := DOUBLED.fullmatch(word):
        found.append(doubled[1])
    for form in tuple(found):
        for british, american in AMERICAN:
            if (changed := british.sub(american, form)) != form:
                found.append(changed)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """A word without the ending of a plural.

    >>> [singular(word) for word in ("images", "studies", "axis", "class", "boxes", "pus")]
    ['image', 'study', 'axis', 'class', 'box', 'pus']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("xes", "sses", "ches", "shes")) else word[:-1]


def plural(word: str) -> str:
    """A word in the singular with the ending of a plural.

    >>> plural("image"), plural("study"), plural("axis"), plural("box")
    ('images', 'studies', 'axes', 'boxes')
    """
    if word.endswith("is"):
        return f"{word[:-2]}es"
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def expression(words: list[str]) -> str:
    """Every word, or its beginning, as an FTS5 expression.

    >>> expression(["colours", "scan"])
    '("colour"* OR "color"*) AND "scan"*'
    """
    return " AND ".join(any_of(_beginnings(word)) for word in words)


def text_expression(words: list[str], whole: Container[str]) -> str:
    """Every word as an FTS5 expression for texts, in the singular or plural if it is `whole`.

    Other words may be the beginning of a longer one, if they have three letters: the index of the
    texts has no shorter beginnings.

    >>> text_expression(["b", "slices", "calibr"], {"slices"})
    '"b" AND ("slice" OR "slices") AND "calibr"*'
    """
    return " AND ".join(
        [
            _any_number(word)
            if word in whole or len(word) < SHORTEST_BEGUN
            else any_of(_beginnings(word))
            for word in words
        ]
    )


def any_of(terms: Iterable[str]) -> str:
    """One of some terms, as an FTS5 expression."""
    each = list(terms)
    return f"({' OR '.join(each)})" if len(each) > 1 else "".join(each)


@lru_cache(maxsize=4096)
def _beginnings(word: str) -> tuple[str, ...]:
    forms = spellings(word)
    # "study" does not begin "studies", nor "axis" "axes".
    forms += tuple(plural(form) for form in forms if form.endswith(("y", "is")) and len(form) > 3)
    # The singular as a beginning also matches the plural.
    return tuple(
        f'"{form}"*'
        for form in forms
        if not any(form != other and form.startswith(other) for other in forms)
    )


@lru_cache(maxsize=4096)
def _any_number(word: str) -> str:
    """The spellings of a word in the singular and in the plural, as an FTS5 expression.

    Of one or two letters only the word itself.
    """
    if len(word) < SHORTEST_BEGUN:
        return f'"{word}"'
    singulars = dict.fromkeys(map(singular, spellings(word)))
    return any_of(f'"{form}"' for single in singulars for form in (single, plural(single)))
