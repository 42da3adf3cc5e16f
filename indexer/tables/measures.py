"""Which columns say how much there is in the table's year, which in another one, or what changed.

上年预算数 and 增减额 stand beside 本年预算数 in the tables of many places: neither is what a
comparison on the row is about. What is left of the year before (上年结转) is money of this one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from search import vocabulary
from search.model import Path, Role
from search.text import without_space

_NAMED_YEAR: Final = re.compile(r"(?<!\d)20[0-3]\d(?=年|\)|$|[-—–~至]20\d\d)")
_COUNTED: Final = frozenset({"count", "area"})
_ANOTHER: Final = frozenset({"prior", "next"})


def other_years(texts: Iterable[str], year: int | None) -> frozenset[int]:
    """Return the years that a table's title or heads name where the document's is none of them."""
    years = {int(found) for text in texts for found in _NAMED_YEAR.findall(without_space(text))}
    among = year is None or not years or min(years) <= year <= max(years)
    return frozenset(() if among else years)


def is_measure(label: str) -> bool:
    """Return whether a row's label names no item but a measure: 2023年预算数, 增减额."""
    of = vocabulary.label(label)
    return of is not None and of.measure


def line_role(label: str, year: int | None) -> Role:
    """Return what the figures of a row are by its label."""
    if year is None or not is_measure(label):
        return Role.LEVEL
    return column_roles([(label,), (f"{year}年",)], year)[0]


@lru_cache(maxsize=1 << 12)
def counts(column: Path) -> bool:
    """Return whether a column's figures are of people, cars or points, and no money."""
    return any(of.quantity in _COUNTED for of in _heads(column)) and not values(column)


def counts_item(label: str) -> bool:
    """Return whether a row's label names what is counted; 规划编制 is work that is paid for."""
    of = vocabulary.label(label)
    return of is not None and of.counts


def counting_unit(name: str) -> str | None:
    """Return the unit that a head or label counts in by its own words: 接待人次, 车辆数."""
    for of in (vocabulary.head(name), vocabulary.label(name)):
        if of is not None and of.unit is not None and of.unit.kind == "count":
            return of.unit.name
    return None


@lru_cache(maxsize=1 << 12)
def values(column: Path) -> bool:
    """Return whether a column's figures are money whatever its rows count (价值 of 车辆（辆）)."""
    return any(of.worth for of in _heads(column))


def is_price(column: Path) -> bool:
    """Return whether a column's figures are the price of one piece."""
    return any(of.quantity == "price" for of in _heads(column[-1:]))


def _heads(column: Path) -> Iterator[vocabulary.Head]:
    return filter(None, map(vocabulary.head, column))


def column_roles(columns: Sequence[Path], year: int | None) -> tuple[Role, ...]:
    """Return for each column of figures whether it says how much, PRIOR or a CHANGE.

    `year` is that of the document; where it is not known, the last that the heads name counts.
    Where a column says what stood at the end, what stood at the beginning is the year before's.
    """
    periods = [tuple(filter(None, map(vocabulary.period, path))) for path in columns]
    named = [{of.year for of in found if of.year is not None} for found in periods]
    years = {found for of in named for found in of}
    whens = {of.when for found in periods for of in found}
    current = max(years, default=None) if year is None and "current" not in whens else year
    closing = "closing" in whens
    return tuple(
        _role(path, found, of <= {current}, closing=closing)
        for path, found, of in zip(columns, periods, named, strict=True)
    )


def _role(
    heads: Path, periods: Sequence[vocabulary.Period], of_the_year: bool, *, closing: bool
) -> Role:
    if any(map(vocabulary.change, heads)):
        return Role.CHANGE
    another = _ANOTHER | {"opening"} if closing else _ANOTHER
    before = not of_the_year or any(of.when in another for of in periods)
    return Role.PRIOR if before else Role.LEVEL
