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

    `> 5万 < 50万` means one figure between them, not two figures of one row; so do bounds that
    no figure can meet.
    """
    left: list[Condition] = []
    for condition in conditions:
        for one in left:
            both = _joined(one, condition)
            if both is not None:
                left[left.index(one)] = both
                break
        else:
            left.append(condition)
    return left


def is_empty(figure: Figure) -> bool:
    """Return whether no figure can lie within the bounds."""
    if figure.low is None or figure.high is None:
        return False
    return figure.low > figure.high or (
        figure.low == figure.high and (figure.low_open or figure.high_open)
    )


def _joined(one: Condition, other: Condition) -> Figure | None:
    """Return the range of two bounds on the same figure, one lower and one upper, else None.

    Others are joined only where nothing can meet both.
    """
    if not isinstance(one, Figure) or not isinstance(other, Figure) or one == other:
        return None
    if _unbounded(one) != _unbounded(other):
        return None
    low, low_open = max(
        ((of.low, of.low_open) for of in (one, other) if of.low is not None),
        default=(None, False),
    )
    high, high_open = min(
        ((of.high, of.high_open) for of in (one, other) if of.high is not None),
        key=lambda bound: (bound[0], not bound[1]),
        default=(None, False),
    )
    both = replace(one, low=low, low_open=low_open, high=high, high_open=high_open)
    lower, upper = (one, other) if one.high is None else (other, one)
    completed = lower.high is None and upper.low is None
    return both if completed or is_empty(both) else None


def _unbounded(figure: Figure) -> Figure:
    return replace(figure, low=None, high=None, low_open=False, high_open=False)
