"""Comparisons as typed → figures in base units."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from search.amounts import counting_unit, unit_kind
from search.engines.base import Condition, Figure
from search.query.tree import Comparison

ASSUMED: Final = "万元"
"""The unit of an amount without one: that of nearly every table (财预〔2016〕143号 sets it)."""


def bound_figure(node: Comparison) -> Figure:
    """Return the figure that a comparison asks for, whatever its column.

    Equality holds at the precision written: within half a unit of the last place; zero is zero.
    """
    kind, factor = unit_kind(node.unit or ASSUMED)
    low, high = node.low * factor, None if node.high is None else node.high * factor
    figure = Figure(
        None,
        None,
        kind=kind,
        unit=counting_unit(node.unit) if kind == "count" else "",
        direction=node.direction,
    )
    match node.op:
        case ">" | ">=":
            return replace(figure, low=low, low_open=node.op == ">")
        case "<" | "<=":
            return replace(figure, high=low, high_open=node.op == "<")
        case "between":
            return replace(figure, low=low, high=high)
    if node.low == 0:
        return replace(figure, low=low, high=low)
    half = factor * Decimal(1).scaleb(_exponent(node.low)) / 2
    return replace(figure, low=low - half, high=low + half, high_open=True)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def joined(conditions: Sequence[Condition]) -> list[Condition]:
    """Return conditions with a lower and an upper bound on the same figure made one range.

    `> 5万 < 50万` means one figure between them, not two figures of one row.
    """
    left: list[Condition] = []
    for condition in conditions:
        other = next((one for one in left if _complete(one, condition)), None)
        if isinstance(other, Figure) and isinstance(condition, Figure):
            left[left.index(other)] = _range(other, condition)
        else:
            left.append(condition)
    return left


def _complete(one: Condition, other: Condition) -> bool:
    if not isinstance(one, Figure) or not isinstance(other, Figure):
        return False
    same = replace(one, low=None, high=None, low_open=False, high_open=False) == replace(
        other, low=None, high=None, low_open=False, high_open=False
    )
    lower, upper = (one, other) if one.high is None else (other, one)
    if not same or lower.high is not None or upper.low is not None:
        return False
    return lower.low is not None and upper.high is not None and lower.low <= upper.high


def _range(one: Figure, other: Figure) -> Figure:
    lower, upper = (one, other) if one.high is None else (other, one)
    return replace(lower, high=upper.high, high_open=upper.high_open)
