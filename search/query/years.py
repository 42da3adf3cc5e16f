"""Fiscal years as people type them, at a given place of a query."""

import re
from typing import Final

from search.amounts import SPOKEN, YUAN
from search.query.tree import Years
from search.query.wording import alternatives

FIRST: Final = 1990
LAST: Final = 2099
"""The years that a bare number of four digits may name."""

_DIGITS: Final = "零一二三四五六七八九"
_ONE = rf"(?:199\d|20\d\d|(?:一九九[〇{_DIGITS}]|二[零〇][〇{_DIGITS}]{{2}})(?=年))"
# 2024年初预算 is 2024 and 年初预算, 2024年12月 is a date.
_TAIL = r"(?:\s?(?:财政年度|年度|财年|年(?![初末底终]|\s?\d{1,2}\s?月)))?"
_NOT_BEFORE = r"(?<![\dA-Za-z.])"
_NOT_AFTER = (
    rf"(?!\d|[-./:]\d|[A-Za-z%‰]|\s?年\s?\d{{1,2}}\s?月|{alternatives((*YUAN, *SPOKEN))}"
    r"|[号〕】\]])"
)
_RANGE = re.compile(
    rf"{_NOT_BEFORE}(?P<first>{_ONE}){_TAIL}\s*(?:-{{1,2}}|–|—+|−|~|〜|∼|\.\.+|至|到)\s*"
    rf"(?P<last>{_ONE}){_NOT_AFTER}{_TAIL}"
)
_SINGLE = re.compile(rf"{_NOT_BEFORE}(?P<first>{_ONE}){_NOT_AFTER}{_TAIL}(?P<open>以来|至今|以后)?")


def read_years(text: str, at: int) -> Years | None:
    """Return the fiscal year or range of years at `at`, else None."""
    match = _RANGE.match(text, at) or _SINGLE.match(text, at)
    if match is None:
        return None
    groups = match.groupdict()
    first = _year(match["first"])
    last = _year(groups["last"]) if groups.get("last") else LAST if groups.get("open") else first
    return Years(min(first, last), max(first, last), start=at, end=match.end())


def _year(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int("".join(str(_DIGITS.index("零" if c == "〇" else c)) for c in text))
