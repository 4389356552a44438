"""The ways in which the Standard states conditions, as patterns; attributes are tokens in them."""

from __future__ import annotations

import re

from octome.conformance.rules.condition.expression import Order

NAMED_UID = re.compile(
    r"(?:\b[A-Z][\w-]*(?: for)? )*\(?\"(\d+(?:\.\d+){5,})\"\)?(?: \([A-Z][^()"
    r"@]*\))?(?: Storage SOP Class(?:es)?)?"
)
# Newer editions write it with a capital letter, also where no number follows.
CAPITAL_VALUE = re.compile(r"\bValue(?=s?\b(?! \d))")
# Words without effect: the attribute is looked up there anyway.
QUALIFIERS = re.compile(
    r"\s*(?:\((?!\w+, ?\w+,)[^()@]*\)|\b[Aa]ttributes?\b"
    r"|\b(?:in|of|for|within) (?:the same|this|the current|that|the) (?:Sequence "
    r")?(?:[Ii]tem|[Ff]rame|[Ii]mage|SOP Instance|[Ii]nstance|[Dd]ata ?[Ss]et)"
    r"\b(?! of)"
    r"|\bof (?:this|the) @fffee000"
    r"|\b(?:in|of) the [A-Z][\w /()-]*? Module\b|\bat the image level\b|\bin this Module\b)"
)
ITEM = r"(?:[Ii]tems?|@fffee000)"
ATTRIBUTE = r"@(?P<tag>[0-9a-f]{8})"
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}
NUMBERS = {"zero": 0, "one": 1, "two": 2, "three": 3, "1": 1, "2": 2, "3": 3, "0": 0}
NUMBER = r"(?P<number>-?\d+(?:\.\d+)?|zero|one|two|three)"
SUBJECTS = (
    re.compile(rf"(?:the )?[Vv]alue (?P<nth>\d) of (?:the )?{ATTRIBUTE}(?: [Vv]alue)?"),
    re.compile(
        rf"(?:the )?(?P<word>first|second|third|fourth) (?:[Vv]alue of (?:the )?)?{ATTRIBUTE}"
    ),
    re.compile(rf"{ATTRIBUTE}\s*,?\s*\(?[Vv]alue (?P<nth>\d)\)?,?"),
    re.compile(
        rf"(?:the |a |an |any |value )?{ATTRIBUTE}(?: values?\b(?! of| other)| sequence\b)?"
    ),
)
# One value that the Standard names: in quotes, a number, or a word in capitals, or several.
CODE = re.compile(
    r"\(\s*(?P<value>[\w.:-]+)\s*,\s*(?P<scheme>[A-Z][\w-]*)\s*(?:,\s*(?:\"[^\"]*\"|"
    r"[^()\"]*))?\)"
)
VALUE = re.compile(
    r"\"(?P<quoted>[^\"]+)\"|(?P<uid>\d+(?:\.\d+){4,})|(?P<hex>[0-9A-F]{4}H)"
    r"|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<capitals>\d?[A-Z][A-Z0-9_]*(?:[ -][A-Z0-9_]+)*)(?![a-z])"
)
MEANING = re.compile(r"\s*\([^()@]*\)")
BETWEEN = re.compile(
    r"\s*,?\s+and\s+not\s+|\s*,\s*(?:or|and|nor)\s+|\s*,\s*|\s+(?:or|nor)\s+(?:of\s+)?"
)

BE = r"(?:is|are|was|were|be)"
EXISTENCE = (
    r"(?:present|included|sent|specified|provided|supplied|used|defined|populated|"
    r"existing|encoded)"
)
ABSENT = re.compile(rf"{BE} (?:not {EXISTENCE}|absent|missing)|does not exist|do not exist")
EMPTY = re.compile(
    rf"{BE} (?:(?:of )?zero[- ]length|null|empty|present and empty|present and "
    r"zero[- ]length|present with no value)|(?:has|have) no value|do(?:es)? not "
    r"(?:contain|have) a value"
)
FILLED = re.compile(
    rf"{BE} (?:present (?:and|with) (?:has )?(?:a |one or more )?(?:non-?(?:null|zero) )?values?"
    r"|non-null|non-zero[- ]length|not (?:null|empty|zero[- ]length)|of non-zero[- "
    r"]length|non-empty)"
    r"|(?:has|have|contains?) (?:a |any )?values?|is present and (?:is )?(?:not "
    r"empty|non-null|not null)"
    rf"|(?:has|contains) (?:one or more|at least one|an) {ITEM}"
)
THERE = re.compile(rf"{BE} (?:also )?{EXISTENCE}|exists?")
OTHER = re.compile(
    r"(?:is |are |equals |has |have |with )?(?:present )?(?:and |with )?(?:has |equals |is )?"
    r"(?:a |any )?(?:values? )?(?:other than|different from)(?: one of| any of)?(?: "
    r"the following)?:?"
)
UNLIKE = re.compile(
    r"(?:is|are) (?:present and (?:is )?)?(?:not equal to|not set to|not one "
    r"of|not any of|neither(?: of)?|not)(?: a value of)?(?: the (?:value|following)"
    r")?:?"
    r"|does not (?:equal|have (?:a |the )?values?(?: of)?|contain(?: the value)?)"
    r"|not equal to|not"
)
LIKE = re.compile(
    r"(?:is |are )?(?:present )?(?:and |with )?(?:its |the |it )?(?:has |have )?(?:is )?"
    r"(?:(?:a |the |one or more |any )?values? (?:of |is |are |equals |equal "
    r"to |equal |includes )?"
    r"|is equal to |are equal to |equals to |equals |equal to |equal "
    r"|EQUAL to |is set to |is either "
    r"|is one of |has been set to "
    r"|is |are |includes |contains |include |either |= ?)"
    r"(?:either |any of |one of |of |the )*(?:following values?|following|values?(?: "
    r"of)?)?(?: is)?:?"
)
ORDERS: tuple[tuple[re.Pattern[str], Order], ...] = (
    (
        re.compile(
            r"(?:is |has |has a |with a |and has a )?(?:present and )?(?:has a |is )?(?:value "
            rf")?(?:of )?(?:greater|more|larger|higher) than or equal to {NUMBER}"
        ),
        ">=",
    ),
    (
        re.compile(
            r"(?:is |has |has a |with a |and has a )?(?:present and )?(?:has a |is )?(?:value "
            rf")?(?:of )?(?:greater|more|larger|higher) than {NUMBER}"
        ),
        ">",
    ),
    (
        re.compile(
            r"(?:is |has |has a )?(?:value )?(?:of )?(?:less|smaller|lower) than or equal "
            rf"to {NUMBER}"
        ),
        "<=",
    ),
    (
        re.compile(rf"(?:is |has |has a )?(?:value )?(?:of )?(?:less|smaller|lower) than {NUMBER}"),
        "<",
    ),
    (re.compile(rf"exceeds {NUMBER}"), ">"),
    (re.compile(rf"(?:is |has |has a )?(?:value )?(?:>=|≥) ?{NUMBER}"), ">="),
    (re.compile(rf"(?:is |has |has a )?(?:value )?> ?{NUMBER}"), ">"),
    (re.compile(rf"(?:is |has |has a )?(?:value )?(?:<=|≤) ?{NUMBER}"), "<="),
    (re.compile(rf"(?:is |has |has a )?(?:value )?< ?{NUMBER}"), "<"),
)
NON_ZERO = re.compile(
    rf"(?:{BE} |and )?(?:present and )?(?:has |contains |is )?(?:a )?(?:non-?zero|"
    r"not zero|not equal to zero)(?: value)?(?!.length)"
)
ZERO = re.compile(r"(?:is|equals|has a value of|is equal to) zero\b(?!.length)")
POINTS = re.compile(
    r"(?:value )?(?:includes?|contains?|points? to|identifies|is|equals|references)"
    r" (?:the )?(?:[Tt]ag (?:for|of) |Data Element Tag (?:for|of) )?(?:the )?"
    r"(?P<others>@[0-9a-f]{8}(?:(?:, | or |, or )@[0-9a-f]{8})*)"
)
CODED = re.compile(
    rf"(?:contains? an? {ITEM} (?:with (?:the |a )?values?(?: of)?|of)|has a value "
    r"of|has the value(?: of)?"
    r"|contains|value is|is set to|includes|has (?:the |a )?value|equals|is)"
    r"(?: either| one of| any of)?(?: the following)?:?"
)
NOT_CODED = re.compile(
    r"(?:is not|does not equal|is other than|equals other than|has a value other "
    r"than|is not equal to)"
)
MORE_ITEMS = re.compile(
    rf"(?:there is more than one {ITEM} in|the number of {ITEM} in) {ATTRIBUTE}(?: "
    r"is greater than 1)?"
)
PRIVATE = re.compile(r"(?:value )?is the Data Element Tag of a Private(?: Attribute)?")
ITEMS = re.compile(
    r"(?:has|contains|includes) (?P<how>more than|at least|exactly|only|a single|"
    rf"only a single|only one)?\s*(?P<count>zero|one|two|multiple|1|2)?\s*{ITEM}(?: {BE} present)?"
)
PRONOUN = re.compile(r"(?:and )?(?:the |its |that )?(?:value|it|has|is|equals|contains|not)\b")
NTH_VALUE = re.compile(r"(?:and )?[Vv]alue (\d) (?=is|equals|has)")
EXPLAINED = re.compile(
    r"([^,]*), (?:i\.e\.?,?|e\.g\.?,?|that is,?|meaning|such as|which|in which|"
    r"where|since|because|as) "
)
JOINT = re.compile(
    r"\s*,?\s*(or|and|nor|,)\s*(?:either |both |of |the |if )?"
    r"(?=(?:the |a |an |any )?(?:@|[Vv]alue \d of))"
)
NOT_THERE = re.compile(rf"(?:is|was) (?:not {EXISTENCE}|absent|missing)")
NONE_OF = re.compile(rf"are (?:not {EXISTENCE}|absent|missing)")
