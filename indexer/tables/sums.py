"""How many of the sums that a table states by its own form are met by a reading of it.

An account is the sum of those below it, a total of the rows at the top, a column of totals of
the columns beside it. A reading that puts figures under wrong heads or labels meets few of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from indexer.tables.labels import is_sum, is_total
from indexer.tables.rows import Draft
from search.amounts import half_unit
from search.model import Path

TOP: Final = ""
"""Stands for the sum of all that a row at the top is a part of."""
CLASS: Final = 3
"""Digits of the code of a class 类 of accounts."""
MAX_TOTALS: Final = 3
"""A side with more rows called 合计 is several tables: none of them is the sum of all."""
MIN_PARTS: Final = 2
"""One part alone says nothing: its sum is itself, however it is read."""

_Figures = Mapping[Path, Decimal]


class Sums(NamedTuple):
    """How many stated sums are met, and how many are not."""

    met: int = 0
    failed: int = 0


def sums(drafts: Sequence[Draft]) -> Sums:
    """Return how the sums stand that the rows of a table state."""
    rows = [(draft, _figures(draft)) for draft in drafts if draft.has_value and draft.label]
    outcomes = [*_across(figures for _, figures in rows), *_down(rows)]
    return Sums(sum(outcomes), len(outcomes) - sum(outcomes))


def _figures(draft: Draft) -> _Figures:
    return {cell.column: cell.value for cell in draft.cells if cell.value is not None}


def _across(rows: Iterable[_Figures]) -> Iterator[bool]:
    """Yield for each row with a column of totals whether it is the sum of those beside it."""
    for figures in rows:
        for path, total in figures.items():
            if not path or not is_sum(path[-1]):
                continue
            above = path[:-1]
            parts = [
                value
                for other, value in figures.items()
                if other != path and other[: len(above)] == above and _is_next(other, path)
            ]
            if len(parts) >= MIN_PARTS:
                yield _meets(total, parts)


def _is_next(path: Path, total: Path) -> bool:
    """Return whether a column is one of those that a total beside it adds: of parts, their sum."""
    below = path[len(total) - 1 :]
    return len(below) == 1 or (len(below) == 2 and is_sum(below[1]))


def _down(rows: Sequence[tuple[Draft, _Figures]]) -> Iterator[bool]:
    """Yield for each row with parts below it, and each column, whether it is their sum."""
    below: dict[tuple[int, str | Path], list[_Figures]] = {}
    totals = Counter(draft.side for draft, _ in rows if _is_whole(draft))
    for draft, figures in rows:
        if not is_sum(draft.name):
            below.setdefault((draft.side, _above(draft)), []).append(figures)
    for draft, figures in rows:
        whole = _is_whole(draft)
        if whole and totals[draft.side] > MAX_TOTALS:
            continue
        place = TOP if whole else draft.code or (*draft.path, draft.name)
        parts = below.get((draft.side, place), [])
        if len(parts) < MIN_PARTS:
            continue
        for column, stated in figures.items():
            printed = [part[column] for part in parts if column in part]
            if len(printed) >= MIN_PARTS:
                yield _meets(stated, printed)


def _is_whole(draft: Draft) -> bool:
    return not draft.path and is_total(draft.name)


def _above(draft: Draft) -> str | Path:
    """Return what a row is a part of: the account above its code, the labels above it, all."""
    if draft.code:
        return draft.code[:-2] if len(draft.code) > CLASS else TOP
    return draft.path or TOP


def _meets(stated: Decimal, parts: Sequence[Decimal]) -> bool:
    tolerance = half_unit(stated) + sum(map(half_unit, parts))
    return abs(stated - sum(parts)) <= tolerance
