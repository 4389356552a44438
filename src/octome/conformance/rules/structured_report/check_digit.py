"""Codes whose last digit checks the others: SNOMED CT and LOINC.

SNOMED CT: the algorithm of Verhoeff (https://confluence.ihtsdotools.org/display/DOCRELFMT). LOINC:
that of Luhn (https://loinc.org/kb/users-guide). A typing error of one digit is always found.
"""

from __future__ import annotations

import re

LOINC = re.compile(r"(\d{1,7})-(\d)")
SHORTEST, LONGEST = 6, 18  # digits of SNOMED CT
# Verhoeff: how digits at a place are permuted, place 0 being the check digit.
_STEP = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def wrong_code(scheme: str, value: str) -> str:
    """What shows that a scheme cannot have a code; empty if nothing does.

    Examples
    --------
    >>> wrong_code("SCT", "410668003"), wrong_code("LN", "18785-6")
    ('', '')
    >>> wrong_code("SCT", "410668004")
    'its check digit is wrong'
    >>> wrong_code("SCT", "T-A0100")
    'its codes are numbers of 6 to 18 digits'
    """
    if scheme == "SCT":
        if not (value.isdecimal() and SHORTEST <= len(value) <= LONGEST):
            return f"its codes are numbers of {SHORTEST} to {LONGEST} digits"
        return "" if _verhoeff(value) == 0 else WRONG
    found = LOINC.fullmatch(value) if scheme == "LN" else None
    return WRONG if found and _luhn(found[1]) != int(found[2]) else ""


WRONG = "its check digit is wrong"


def _verhoeff(digits: str) -> int:
    """The checksum of a number with its check digit: 0 if it is right."""
    sum_ = 0
    permuted = list(range(10))
    for digit in reversed(digits):
        sum_ = _product(sum_, permuted[int(digit)])
        permuted = [permuted[_STEP[number]] for number in range(10)]
    return sum_


def _product(a: int, b: int) -> int:
    """The product in the dihedral group of a pentagon."""
    if a < 5:
        return (a + b) % 5 if b < 5 else (a + b - 5) % 5 + 5
    return (a - b - 5) % 5 + 5 if b < 5 else (a - b) % 5


def _luhn(digits: str) -> int:
    """The check digit of a number."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if at % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return -total % 10
