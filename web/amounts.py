"""The facet of amounts: bars that are links, and two inputs, each of which narrows the query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from flask import Blueprint, Response, request, url_for

from search.amount_facet import amounts
from search.amounts import YUAN
from search.query.refinement import compared
from search.query.tree import Comparison
from search.results import AmountRange, Amounts, Piece, Result, Understood
from search.service import understand
from search.text import normalise
from web import current
from web.addresses import narrow_address
from web.answer import LONGEST
from web.endpoints import PREFIX, Parameter, endpoint
from web.requests import ParameterError, SearchRequest

UNIT: Final = "万元"
HEIGHT: Final = 72
"""Pixels of the highest bar."""
LOWEST: Final = 3
"""Pixels of a bar of a single hit."""

_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_RAISED: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209f]")
"""Digits that are no part of a number beside others: 5² is not 52."""

blueprint = Blueprint("amounts", __name__)
api = Blueprint("amounts_api", __name__, url_prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The amounts in yuan that a query asks for; with `below` the upper end is not one of them."""

    low: Decimal | None = None
    high: Decimal | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A range as a bar: where it stands in per cent, and the link that narrows to it.

    `low` and `high` are in 万元, empty where the range is open.
    """

    name: str
    count: int
    x: str
    width: str
    y: int
    height: int
    low: str
    high: str
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars of a query, and its own bounds in 万元 as the inputs show them."""

    bars: tuple[Bar, ...]
    low: str
    high: str


@endpoint(
    api,
    "/amounts",
    Amounts,
    Parameter("q", "查询", {"type": "string", "maxLength": 2000}, "公务用车 2024"),
)
def spread() -> Amounts:
    """金额的分布：查询所找到的金额在各档各有多少条，查询自己的金额范围不算在内。"""
    return amounts(current.index(), SearchRequest.read(request.args).q, seconds=current.seconds())


@blueprint.get("/narrow")
def narrow() -> Response:
    """Lead to the query with amounts from `min` to `max`, or below `below`, all in 万元."""
    text = SearchRequest.read(request.args).q
    low, high, below = (_number(request.args, name) for name in ("min", "max", "below"))
    if below is not None and high is not None:
        raise ParameterError("参数 max 和 below 只能写一个")
    if low is not None and high is not None and high < low:
        low, high = high, low
    query = understand(current.index().reader, text)
    understood = Understood(text=text, pieces=query.pieces, warnings=())
    narrowed = compared(understood, _comparisons(low, high, below))
    if narrowed is None:
        raise ParameterError("这个查询不能再加金额范围，请直接改查询")
    return Response(status=302, headers={"Location": url_for("pages.home", q=narrowed)})


def histogram(result: Result) -> Histogram | None:
    """Return the histogram of an answer's query, None where it has nothing to choose."""
    pieces = [p for p in result.query.pieces if p.kind == "amount" and not p.negated]
    if len(result.query.text) > LONGEST:
        return None
    ranges = amounts(current.index(), result.query.text, seconds=current.seconds()).ranges
    if len(ranges) < 2 and not pieces:
        return None
    asked = _bounds(pieces)
    most = max((one.count for one in ranges), default=0)
    width = Decimal(100) / max(1, len(ranges))
    return Histogram(
        bars=tuple(
            _bar(one, (number * width, width), most, asked, result.query.text)
            for number, one in enumerate(ranges)
        ),
        low=_wan(asked.low),
        high=_wan(asked.high),
    )


def _bar(
    of: AmountRange,
    place: tuple[Decimal, Decimal],
    most: int,
    asked: Bounds,
    text: str,
) -> Bar:
    height = max(LOWEST, round(HEIGHT * of.count / most)) if of.count else 0
    low, high = _wan(of.low), _wan(of.high)
    return Bar(
        name=_name(of),
        count=of.count,
        x=f"{place[0]:.2f}%",
        width=f"{place[1]:.2f}%",
        y=HEIGHT - height,
        height=height,
        low=low,
        high=high,
        chosen=asked != Bounds() and _overlap(of, asked),
        address=narrow_address(text, low, high),
    )


def _overlap(of: AmountRange, asked: Bounds) -> bool:
    if asked.low is not None and of.high is not None and of.high <= asked.low:
        return False
    if asked.high is None or of.low is None:
        return True
    return of.low < asked.high if asked.below else of.low <= asked.high


def _bounds(pieces: list[Piece]) -> Bounds:
    """Return the bounds that the amount pieces of a query set."""
    found = Bounds()
    for piece in pieces:
        if piece.op == "between":
            found = Bounds(_decimal(piece.from_), _decimal(piece.to))
        elif piece.op in {">", ">="}:
            found = replace(found, low=piece.yuan)
        elif piece.op in {"<", "<="}:
            found = replace(found, high=piece.yuan, below=piece.op == "<")
        else:
            found = Bounds(piece.yuan, piece.yuan)
    return found


def _decimal(number: Decimal | int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _comparisons(
    low: Decimal | None, high: Decimal | None, below: Decimal | None
) -> list[Comparison]:
    if low is not None and high is not None:
        return [Comparison("between", low, high, UNIT)]
    found = [Comparison(">=", low, unit=UNIT)] if low is not None else []
    found += [Comparison("<=", high, unit=UNIT)] if high is not None else []
    return [*found, Comparison("<", below, unit=UNIT)] if below is not None else found


def _number(parameters: Mapping[str, str], name: str) -> Decimal | None:
    given = parameters.get(name, "")
    text = normalise(given).replace(",", "").strip()
    text = text.removesuffix("元").removesuffix("万")
    if not text:
        return None
    if _NUMBER.fullmatch(text) is None or _RAISED.search(given):
        raise ParameterError(f"金额应是数字，如 5 或 17.5，单位{UNIT}")
    return Decimal(text)


def _name(of: AmountRange) -> str:
    if of.low is None:
        return f"不到{_spoken(of.high or Decimal(0))}"
    return f"{_spoken(of.low)}起" if of.high is None else f"{_spoken(of.low)}–{_spoken(of.high)}"


def _spoken(yuan: Decimal) -> str:
    """Return a round number of yuan in the largest unit that leaves it whole."""
    unit = next(u for u in ("亿元", "万元", "元") if yuan >= YUAN[u] or u == "元")
    return f"{_plain(yuan / YUAN[unit])}{unit}"


def _wan(yuan: Decimal | None) -> str:
    return "" if yuan is None else _plain(yuan / YUAN[UNIT])


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
