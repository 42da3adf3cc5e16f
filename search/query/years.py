"""Fiscal years as people type them, at a given place of a query."""

import re
import time
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

_EARLIEST: Final = 2008
"""The first year of budget disclosures (政府信息公开条例): `08年` is one, `07年` says how long."""
_RELATIVE: Final = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
# 满15年 and 15年以上 are how long, 24年12月 is a date.
_SHORT = r"(?<![\dA-Za-z.,近满第前后超过达约每共])(?P<{0}>[012]\d)(?:财政年度|年度|财年|年)"
_SHORT_END = r"(?![\d度初末底终以之来内间期龄限级多半前后制]|\s?\d{1,2}\s?月)"
_SHORT_RANGE = re.compile(
    rf"(?<![\dA-Za-z.,])(?P<first>[012]\d)年?\s*(?:-|–|—|−|~|〜|∼|至|到)\s*"
    rf"{_SHORT.format('last')}{_SHORT_END}"
)
_SHORT_SINGLE = re.compile(rf"{_SHORT.format('first')}{_SHORT_END}")
# 比去年减少 is beside it, 以前年度 and 目前 are other words.
_SAID = re.compile(
    rf"(?<![比较以目之当过文说])(?P<said>{alternatives(_RELATIVE)})"
    r"(?:的|(?=$|[^度初末底终同相比持一年]))"
)


def read_years(text: str, at: int) -> Years | None:
    """Return the fiscal year or range of years at `at`, else None."""
    match = _RANGE.match(text, at) or _SINGLE.match(text, at)
    if match is None:
        return None
    groups = match.groupdict()
    first = _year(match["first"])
    last = _year(groups["last"]) if groups.get("last") else LAST if groups.get("open") else first
    return Years(min(first, last), max(first, last), start=at, end=match.end())


def read_said_years(text: str, at: int) -> Years | None:
    """Return the year or range at `at` that is written short (24年) or named by today's, else None.

    Such a reading is to be told.
    """
    match = _SAID.match(text, at)
    if match is not None:
        year = this_year() + _RELATIVE[match["said"]]
        return Years(year, year, start=at, end=match.end())
    match = _SHORT_RANGE.match(text, at) or _SHORT_SINGLE.match(text, at)
    if match is None:
        return None
    years = sorted(2000 + int(digits) for digits in match.groups())
    if years[0] < _EARLIEST or years[-1] > this_year() + 1:
        return None
    return Years(years[0], years[-1], start=at, end=match.end())


def this_year() -> int:
    """Return the year that it is."""
    return time.localtime().tm_year


def _year(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int("".join(str(_DIGITS.index("零" if c == "〇" else c)) for c in text))
