"""How many of the sums that a table states by its own form are met by a reading of it.

An account is the sum of those below it, a total of the rows at the top, a column of totals of
the columns beside it. A reading that puts figures under wrong heads or labels meets few of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from indexer.tables.labels import is_sum, is_total
from indexer.tables.rows import Draft
from search.amounts import half_unit
from search.model import Path

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
    for draft, figures in rows:
        parts = [part for other, part in rows if other is not draft and _is_below(other, draft)]
        if len(parts) < MIN_PARTS:
            continue
        for column, stated in figures.items():
            printed = [part[column] for part in parts if column in part]
            if len(printed) >= MIN_PARTS:
                yield _meets(stated, printed)


def _is_below(part: Draft, whole: Draft) -> bool:
    """Return whether a row is one of those that another is the sum of."""
    if part.side != whole.side:
        return False
    if whole.code:
        code = part.code or ""
        return code.startswith(whole.code) and len(code) == len(whole.code) + 2
    if is_total(whole.name) and not whole.path:
        return not part.path and (part.code is None or len(part.code) == 3)
    return not part.code and part.path == (*whole.path, whole.name)


def _meets(stated: Decimal, parts: Sequence[Decimal]) -> bool:
    tolerance = half_unit(stated) + sum(map(half_unit, parts))
    return abs(stated - sum(parts)) <= tolerance
