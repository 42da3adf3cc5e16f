"""One unit for all figures of a comparison, converted exactly."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from search.amounts import YUAN
from search.compare.model import ComparedFigure

USUAL: Final = "万元"
"""The unit of the forms; taken where the figures are printed in several."""


def common_unit(figures: Iterable[ComparedFigure]) -> str | None:
    """Return the unit to show figures in, None where they have no common one."""
    printed = [figure for figure in figures if figure.value is not None]
    if not printed:
        return None
    units = Counter(figure.unit for figure in printed)
    if all(figure.yuan is not None for figure in printed):
        only = next(iter(units))
        return only if len(units) == 1 and only in YUAN else USUAL
    return next(iter(units)) if len(units) == 1 else None


def converted(figure: ComparedFigure, unit: str | None) -> Decimal | None:
    """Return a figure's number in `unit`, exact; as printed where that is its unit."""
    if figure.value is None or unit is None or figure.unit == unit:
        return None if unit is None else figure.value
    if figure.yuan is None or unit not in YUAN:
        return None
    number = figure.yuan / YUAN[unit]
    # Ten thousand divides without rest, so nothing is rounded; only trailing zeros go.
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()
