"""Numbers, comparisons and ranges as people type them, at a given place of a query.

All text is normalised (`search.text.normalise`); `at` and `end` are positions in it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from search.amounts import (
    AREA,
    CHINESE,
    COUNT,
    COUNTING,
    NUMBER,
    SCALED,
    SHARE,
    SPOKEN,
    YUAN,
    counting_unit,
    parse_chinese,
    unit_kind,
)
from search.errors import QueryError
from search.query.tree import Comparison, Op
from search.query.wording import AFTER, BEFORE, IS, SIGNS, UNEQUAL, alternatives
from search.query.years import FIRST, LAST

LONGEST: Final = 15
"""Significant digits of a number; more is no amount, and could be rounded when converted."""

_BEFORE = re.compile(f"(?P<op>{alternatives(BEFORE)})了?")
_AFTER = re.compile(rf"\s*(?:\(含\)|及|或)?(?P<op>{alternatives(AFTER)})")
_SIGN = re.compile(alternatives((*SIGNS, *UNEQUAL)))
_SPACE = re.compile(r"\s*")

_MEASURE = alternatives((*YUAN, *SPOKEN, *AREA, *SHARE))
_LONG = alternatives(unit for unit in (*YUAN, *AREA) if len(unit) > 1)
# A unit ends before anything that is no letter, and before what may follow a quantity.
_EDGE = rf"(?:(?![^\W\d])|(?=[的至到和与及]|左右|上下|之间|{alternatives((*AFTER, *BEFORE))}))"
_UNITS: Final = (
    re.compile(rf"\s*(?P<unit>{SCALED}){_EDGE}"),
    re.compile(rf"(?P<unit>{_MEASURE})(?![a-zA-Z])"),
    re.compile(rf"\s+(?P<unit>{_LONG}|(?:{_MEASURE}){_EDGE})"),
)
_GLUED = re.compile(f"(?P<unit>{COUNTING})")
_EDGED = re.compile(_EDGE)

_ARABIC = re.compile(rf"(?P<yuan>¥\s*)?(?P<number>(?>{NUMBER}))(?!\d|[.,]\d)")
_CHINESE = re.compile(rf"(?P<percent>百分之)?(?P<number>[{CHINESE}]++|(?<=百分之)(?>{NUMBER}))")
_YEAR = re.compile(r"\s*(?:财政)?年(?!会)")

_BETWEEN = re.compile(r"(?:介于|在|从)\s*(?=[\d¥百零〇一二两三四五六七八九十])")
# A dash needs space on both sides or on neither: `5万 -50万` excludes.
_TO = re.compile(r"\s+(?:-|–|—+|−)\s+|(?:-|–|—+|−)|\s*(?:~|〜|∼|\.\.+|至|到)\s*")
_AND = re.compile(r"\s*[和与]\s*")
_AND_END = re.compile(r"\s*之间")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed, with the full form of its unit, ending at `end`."""

    value: Decimal
    unit: str
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A comparison that was read; `bare` where no sign or word says which."""

    node: Comparison
    bare: bool = False


def read_comparison(text: str, at: int) -> Reading | None:
    """Return the comparison that a sign, a word or a quantity at `at` begins, else None.

    Raises QueryError for a comparison sign without a number.
    """
    sign = _SIGN.match(text, at)
    if sign is not None:
        return _signed(text, at, sign)
    word = _BEFORE.match(text, at)
    if word is not None:
        return _worded(text, at, word)
    between = _BETWEEN.match(text, at)
    first = read_number(text, between.end() if between else at)
    both = None if first is None else _range(text, at, first)
    if first is None or both is not None or between is not None:
        return both
    return _plain(text, at, first)


def stands_alone(text: str, node: Comparison, *, begins: bool) -> bool:
    """Return whether a bare quantity means an amount, rather than being part of a word.

    10万元 does wherever it stands; 10万 or 3辆 only between words (`begins` where one ends).
    """
    if text[node.end : node.end + 1] == "/":
        return False
    return text[node.end - 1] == "元" or (begins and _EDGED.match(text, node.end) is not None)


def read_number(text: str, at: int, *, signed: bool = False, glued: bool = False) -> Typed | None:
    """Return the number at `at` with its unit, else None.

    With `signed` it may be negative; with `glued` a counting unit may run on into the next word,
    which nobody types but after a comparison (超过3个部门).
    """
    minus = signed and text[at : at + 1] in {"-", "−"}
    arabic = _ARABIC.match(text, at + minus)
    if arabic is None:
        return None if minus else _read_chinese(text, at, glued=glued)
    value = _decimal(arabic["number"])
    if value is None:
        return None
    unit, end = _read_unit(text, arabic.end(), glued=glued)
    if not unit and arabic["yuan"]:
        unit = "元"
    return Typed(-value if minus else value, unit, end)


def _read_chinese(text: str, at: int, *, glued: bool) -> Typed | None:
    inside = at > 0 and text[at - 1] in CHINESE
    match = None if inside else _CHINESE.match(text, at)
    if match is None:
        return None
    numeral = match["number"]
    if match["percent"]:
        share = _decimal(numeral) if numeral[0].isdecimal() else parse_chinese(numeral)
        return None if share is None else Typed(share, "%", match.end())
    unit, end = _read_unit(text, match.end(), glued=glued)
    if numeral[-1] in "万亿" and unit in {"", "元", *COUNT}:
        # The scale belongs to the unit, so that the precision is as written: 十五万 is 15 万元.
        numeral, unit = numeral[:-1], numeral[-1] + (unit or "元")
    value = parse_chinese(numeral)
    if value is None or (not unit and not _EDGED.match(text, end)):
        return None
    return Typed(value, unit, end)


def _decimal(number: str) -> Decimal | None:
    value = Decimal(number.replace(",", ""))
    return value if len(value.normalize().as_tuple().digits) <= LONGEST else None


def _read_unit(text: str, at: int, *, glued: bool) -> tuple[str, int]:
    for pattern in (*_UNITS, _GLUED) if glued else _UNITS:
        match = pattern.match(text, at)
        if match is not None:
            return SPOKEN.get(match["unit"], match["unit"]), match.end()
    return "", at


def _signed(text: str, at: int, sign: re.Match[str]) -> Reading:
    if sign[0] in UNEQUAL:
        raise QueryError(f"不支持“{sign[0]}”，可用“-”排除", at, sign.end())
    begin = _skip(text, sign.end())
    number = read_number(text, begin, signed=True, glued=True)
    if number is None:
        raise QueryError(f"“{sign[0]}”后面要写数字，如 {sign[0]} 10万元", at, sign.end())
    if not number.unit and _YEAR.match(text, number.end):
        raise QueryError("年度不比较大小，请写起止年度，如 2023-2024", at, number.end)
    if _range(text, at, number) is not None:
        raise QueryError(f"范围写成 5万-50万元，前面不用“{sign[0]}”", at, number.end)
    return Reading(_one_sided(text, at, number, SIGNS[sign[0]]))


def _worded(text: str, at: int, word: re.Match[str]) -> Reading | None:
    number = read_number(text, _skip(text, word.end()), glued=True)
    if number is None or (
        not number.unit and (_YEAR.match(text, number.end) or not _EDGED.match(text, number.end))
    ):
        return None
    op = BEFORE[word["op"]]
    if word["op"] in IS and not number.unit and number.value in range(FIRST, LAST + 1):
        return None  # 年度为2024
    return Reading(_one_sided(text, at, number, op))


def _plain(text: str, at: int, number: Typed) -> Reading | None:
    after = _AFTER.match(text, number.end)
    may_be_year = number.value in range(FIRST, LAST + 1)
    if not number.unit and (after is None or may_be_year):
        return None
    op: Op = AFTER[after["op"]] if after else "="
    return Reading(_one_sided(text, at, number, op), bare=after is None)


def _one_sided(text: str, at: int, number: Typed, op: Op) -> Comparison:
    after = _AFTER.match(text, number.end)
    end = after.end() if after else number.end
    return Comparison(op, number.value, unit=number.unit, start=at, end=end)


def _range(text: str, at: int, first: Typed) -> Reading | None:
    connector = _TO.match(text, first.end) or _AND.match(text, first.end)
    second = read_number(text, connector.end()) if connector else None
    if connector is None or second is None or not second.unit:
        return None
    end = _AND_END.match(text, second.end)
    if end is None and _AND.fullmatch(connector[0]):
        return None
    unit, low, high = second.unit, first.value, second.value
    if first.unit and first.unit != unit:
        kind, factor = unit_kind(unit)
        left, of = unit_kind(first.unit)
        if left != kind or (kind == "count" and counting_unit(unit) != counting_unit(first.unit)):
            return None
        low = low * of / factor
    low, high = min(low, high), max(low, high)
    stop = end.end() if end else second.end
    return Reading(Comparison("between", low, high, unit, start=at, end=stop))


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
