"""The figures of all records as columns, and which of them satisfy a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from search.engines.base import Figure
from search.engines.names import Names
from search.engines.rows import Mask, Rows
from search.model import QuantityKind, Role
from search.records import IndexedFigure

SCALE: Final = 100
"""Figures are stored as whole hundredths of their base unit: money in fen 分."""

_LIMITS: Final = np.iinfo(np.int64)
NO_AMOUNT: Final = int(_LIMITS.min)
"""Stands for a record's amount where it has none."""

_KINDS: Final = get_args(QuantityKind)
_ROLES: Final = tuple(Role)
_DIRECTIONS: Final = ("", "增加", "减少")
_KIND, _ROLE, _DIRECTION, _PRINCIPAL = 0x000F, 0x00F0, 0x0300, 0x0400
"""Bits of a tag."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures, by record; those of row i are the ones from `offset[i]` to `offset[i + 1]`.

    `tag` says of what kind one is, `unit` and `column` are places among the names of that sort.
    """

    offset: NDArray[np.int64]
    owner: NDArray[np.int32]
    amount: NDArray[np.int64]
    tag: NDArray[np.uint16]
    unit: NDArray[np.integer[Any]]
    column: NDArray[np.integer[Any]]


class Comparison:
    """A comparison over the figures of some rows, or of all where `rows` is None."""

    def __init__(self, figures: Figures, names: Mapping[str, Names], rows: Rows | None) -> None:
        self._figures = figures
        self._names = names
        self._size = len(figures.offset) - 1 if rows is None else len(rows)
        self._known: dict[Figure, tuple[Rows, NDArray[np.int64]]] = {}
        self._chosen: NDArray[np.int64] | slice = slice(None)
        self._owner = figures.owner
        if rows is not None:
            first = figures.offset[rows]
            count = figures.offset[rows + 1] - first
            before = np.cumsum(count) - count
            self._chosen = np.repeat(first - before, count) + np.arange(count.sum())
            self._owner = np.repeat(np.arange(len(rows), dtype=np.int32), count)

    def satisfied(self, wanted: Figure) -> Mask:
        """Return which of the rows have a figure that satisfies `wanted`."""
        mask = np.zeros(self._size, dtype=bool)
        mask[self.satisfying(wanted)[0]] = True
        return mask

    def satisfying(self, wanted: Figure) -> tuple[Rows, NDArray[np.int64]]:
        """Return the place among the rows and the amount of each figure that satisfies."""
        if wanted not in self._known:
            matching = self._matching(wanted)
            amount = self._figures.amount[self._chosen][matching]
            self._known[wanted] = self._owner[matching].astype(np.intp), amount
        return self._known[wanted]

    def amounts(self, wanted: Figure) -> NDArray[np.int64]:
        """Return the largest satisfying amount of each row, else `NO_AMOUNT`."""
        result = np.full(self._size, NO_AMOUNT, dtype=np.int64)
        np.maximum.at(result, *self.satisfying(wanted))
        return result

    def _matching(self, wanted: Figure) -> NDArray[np.intp]:
        """Return the places of the figures that satisfy `wanted`."""
        role = Role.CHANGE if wanted.direction else _usual_role(wanted.kind)
        bits = _KIND if wanted.named else _KIND | _ROLE
        if wanted.columns is None:
            bits |= _PRINCIPAL
        if wanted.direction:
            bits |= _DIRECTION
        looked_for = _tag(wanted.kind, role, wanted.direction, principal=True) & bits
        mask: Mask = (self._figures.tag[self._chosen] & bits) == looked_for
        low, high = _bounds(wanted)
        amount = self._figures.amount[self._chosen]
        if low > _LIMITS.min:
            mask &= amount >= low
        if high < _LIMITS.max:
            mask &= amount <= high
        if wanted.columns is not None:
            places = self._names["column"].places(wanted.columns)
            mask &= np.isin(self._figures.column[self._chosen], places)
        if wanted.unit:
            unit = self._names["unit"].find(wanted.unit)
            mask &= self._figures.unit[self._chosen] == (-1 if unit is None else unit)
        return np.flatnonzero(mask)


def own_satisfies(amount: NDArray[np.int64], wanted: Figure) -> Mask:
    """Return which records' own amounts satisfy a comparison, none where it is of other figures."""
    if wanted.kind != "money" or wanted.direction or wanted.columns is not None:
        return np.zeros(len(amount), dtype=bool)
    low, high = _bounds(wanted)
    return np.asarray((amount != NO_AMOUNT) & (amount >= low) & (amount <= high))


def stored(figure: IndexedFigure) -> tuple[int, int]:
    """Return amount and tag of a figure."""
    tag = _tag(figure.kind, figure.role, figure.direction, principal=figure.principal)
    return hundredths(figure.base), tag


def hundredths(number: Decimal) -> int:
    """Return a number as it is stored, what is too large as the largest that can be."""
    whole = int((number * SCALE).to_integral_value(rounding=ROUND_HALF_EVEN))
    return max(min(whole, _LIMITS.max), _LIMITS.min)


def _tag(kind: QuantityKind, role: Role, direction: str | None, *, principal: bool) -> int:
    return (
        _KINDS.index(kind)
        | _ROLES.index(role) << 4
        | _DIRECTIONS.index(direction or "") << 8
        | (_PRINCIPAL if principal else 0)
    )


def _usual_role(kind: QuantityKind) -> Role:
    return {"share": Role.SHARE, "rate": Role.RATE}.get(kind, Role.LEVEL)


def _bounds(wanted: Figure) -> tuple[int, int]:
    """Return the closed bounds of a comparison in hundredths."""
    low, high = int(_LIMITS.min), int(_LIMITS.max)
    if wanted.low is not None:
        low = _whole(wanted.low, ROUND_CEILING)
        low += int(wanted.low_open and low == wanted.low * SCALE)
    if wanted.high is not None:
        high = _whole(wanted.high, ROUND_FLOOR)
        high -= int(wanted.high_open and high == wanted.high * SCALE)
    return min(max(low, _LIMITS.min), _LIMITS.max), min(max(high, _LIMITS.min), _LIMITS.max)


def _whole(value: Decimal, rounding: str) -> int:
    return int((value * SCALE).to_integral_value(rounding=rounding))
