"""Which columns say how much there is in the table's year, which in another one, or what changed.

上年预算数 and 增减额 stand beside 本年预算数 in the tables of many places: neither is what a
comparison on the row is about. What is left of the year before (上年结转) is money of this one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from search.model import Path, Role
from search.text import normalise, without_space

_NAMED_YEAR: Final = re.compile(r"(?<!\d)20[0-3]\d(?=年|\)|$|[-—–~至]20\d\d)")
_LEFT: Final = "(?!.*(?:结转|结余|以前))"
_YEAR: Final = re.compile(rf"(20\d\d)(?:年|$|(?=预算|决算|执行)){_LEFT}.*")
_BEFORE: Final = re.compile(rf"(?:上年|上一年|去年|前年){_LEFT}.*")
_THIS: Final = re.compile(rf"(?:本年|当年|今年){_LEFT}.*")
_OPENING: Final = re.compile(r"(?:年初|期初|上年末)(?:余额|数|金额|价值)?")
_CLOSING: Final = re.compile(r"(?:年末|期末|本年末)(?:余额|数|金额|价值)?")
"""Where these stand, what stood at the year's beginning is the year before's."""
_CHANGE: Final = re.compile(
    r"增减|增长|增幅|变动|变化|同比|比较|(?:比|较)(?:上年|上一年|20\d\d年)|为.{0,12}(?:%|比例|比重)"
)
_COUNTS: Final = (
    "人数|人次数?|批次数?|[辆个台套件户次项家期场]数|团组数?|购置数|数量|保有量|面积"
    "|得分|评分|分值|分数|权重"
)
_COUNTED: Final = re.compile(rf".*(?:{_COUNTS}|(?<!预算)编制数?|实有(?:车辆|人员)?)(?:\(.*\))?")
_COUNTED_ITEM: Final = re.compile(
    rf".{{0,8}}(?:{_COUNTS}|人员编制数?|(?:行政|事业|工勤|核定|总)编制数?|编制数|编制人数|实有(?:车辆|人员))"
    r"(?:\(.*\))?|编制"
)
_COUNTED_IN: Final = re.compile(
    r".{0,16}(?:(?P<visits>批次)数?|(?P<guests>人次)数?|(?P<people>人数)|(?P<cars>(?:车辆|用车)(?:数量?|保有量)))"
)
_UNITS: Final = {"批次": "visits", "人次": "guests", "人": "people", "辆": "cars"}
_COUNTED_WITHIN: Final = re.compile(
    r"资产占[用有]|车辆数|设备数|数量|人数|个数|台数|以上(?:通用|专用)?设备"
)
_VALUED: Final = re.compile(
    r".*(?:价值|金额|总额|合价|总值|原值|净值|价格|账面数?|单价|总价|万元|元)(?:\(.*\))?"
)
_UNIT_PRICE: Final = re.compile(r".*单价(?:\(.*\))?")
_LINE: Final = re.compile(
    r"(?:20\d\d|上|本|当)年度?(?:预算|决算|执行)?数?|(?:比上年|同比)?增减(?:额|率|变化|情况)?(?:\(?%\)?)?"
)


def other_years(texts: Iterable[str], year: int | None) -> frozenset[int]:
    """Return the years that a table's title or heads name where the document's is none of them."""
    years = {int(found) for text in texts for found in _NAMED_YEAR.findall(without_space(text))}
    among = year is None or not years or min(years) <= year <= max(years)
    return frozenset(() if among else years)


def is_measure(label: str) -> bool:
    """Return whether a row's label names no item but a measure: 2023年预算数, 增减额."""
    return _LINE.fullmatch(without_space(label)) is not None


def line_role(label: str, year: int | None) -> Role:
    """Return what the figures of a row are by its label."""
    if year is None or not is_measure(label):
        return Role.LEVEL
    return column_roles([(label,), (f"{year}年",)], year)[0]


@lru_cache(maxsize=1 << 12)
def counts(column: Path) -> bool:
    """Return whether a column's figures are of people, cars or points, and no money."""
    return any(_COUNTED.fullmatch(without_space(head)) for head in column) and not values(column)


def counts_item(label: str) -> bool:
    """Return whether a row's label names what is counted; 规划编制 is work that is paid for."""
    whole = _COUNTED_ITEM.fullmatch(without_space(label))
    return whole is not None or _COUNTED_WITHIN.search(normalise(label)) is not None


def counting_unit(name: str) -> str | None:
    """Return the unit that a head or label counts in by its own words: 接待人次, 车辆数."""
    match = _COUNTED_IN.fullmatch(without_space(name))
    return next((unit for unit, found in _UNITS.items() if match and match[found]), None)


def values(column: Path) -> bool:
    """Return whether a column's figures are money whatever its rows count (价值 of 车辆（辆）)."""
    return any(_VALUED.fullmatch(without_space(head)) for head in column)


def is_price(column: Path) -> bool:
    """Return whether a column's figures are the price of one piece."""
    return bool(column) and _UNIT_PRICE.fullmatch(without_space(column[-1])) is not None


def column_roles(columns: Sequence[Path], year: int | None) -> tuple[Role, ...]:
    """Return for each column of figures whether it says how much, PRIOR or a CHANGE.

    `year` is that of the document; where it is not known, the last that the heads name counts.
    """
    heads = [tuple(map(without_space, path)) for path in columns]
    named = [{int(m[1]) for head in path if (m := _YEAR.fullmatch(head))} for path in heads]
    years = {found for of in named for found in of}
    this = any(_THIS.fullmatch(head) for path in heads for head in path)
    current = max(years, default=None) if year is None and not this else year
    closing = any(_CLOSING.fullmatch(head) for path in heads for head in path)
    if closing:
        named = [
            {0} if any(map(_OPENING.fullmatch, path)) else of
            for path, of in zip(heads, named, strict=True)
        ]
    return tuple(_role(path, of <= {current}) for path, of in zip(heads, named, strict=True))


def _role(heads: Path, of_the_year: bool) -> Role:
    if any(map(_CHANGE.search, heads)):
        return Role.CHANGE
    before = not of_the_year or any(map(_BEFORE.fullmatch, heads))
    return Role.PRIOR if before else Role.LEVEL
