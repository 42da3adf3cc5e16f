"""The label columns of a side as levels of one hierarchy, the outermost first.

Outlines print one level a line (大类, 专项, 科目, 物品), others merge a category over its rows.
The deepest level that a row prints names it; levels above that are blank are those of the rows
above it. Columns that are printed in the same rows are one level, and one of them names the row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.tables.labels import is_total, name
from search import vocabulary
from search.model import Path

TOGETHER: Final = 0.8
"""Of the rows that print either of two columns; from this share on that print both, the columns
are one level: a merged cell here and there does not make the one a part of the other."""

_RANKS: Final = {"project": 0, "account": 1, "sort": 3}
"""What a label names its rows by, the most telling first."""
MIDDLE: Final = 2
ASIDE: Final = 3
"""The rank of columns that say whose a row is, and of what sort, before what it is."""


@dataclass(frozen=True, slots=True)
class Level:
    """Columns that are printed in the same rows: `names` is the one that names them."""

    names: int
    columns: tuple[int, ...]


def rank(head: str) -> int:
    """Return how well a column with this head names its rows: 项目名称 before 科目 before 单位."""
    if vocabulary.organisation(head) is not None:
        return ASIDE
    said = vocabulary.head(head)
    return _RANKS[said.naming] if said is not None and said.naming is not None else MIDDLE


def levels(
    columns: Sequence[int], rows: Sequence[Sequence[str]], head: Callable[[int], str]
) -> tuple[Level, ...]:
    """Return the levels that label columns make over the texts of the rows of a side."""
    if not columns:
        return ()
    groups = [[columns[0]]]
    for column in columns[1:]:
        if _is_deeper(groups[-1], column, rows, head):
            groups.append([column])
        else:
            groups[-1].append(column)
    return tuple(
        Level(min(group, key=lambda column: rank(head(column))), tuple(group)) for group in groups
    )


def _is_deeper(
    level: Sequence[int], column: int, rows: Sequence[Sequence[str]], head: Callable[[int], str]
) -> bool:
    """Return whether a column prints parts of what the level to its left prints."""
    if rank(head(column)) >= ASIDE > min(rank(head(c)) for c in level):
        return False

    def text(row: Sequence[str], of: int) -> str:
        return row[of] if of < len(row) else ""

    own = level[0]
    pairs = [(text(row, own), text(row, column)) for row in rows]
    pairs = [(a, b) for a, b in pairs if b or (a and not is_total(a))]
    both = [(above, below) for above, below in pairs if above and below]
    above_alone = any(above and not below for above, below in pairs)
    below_alone = any(below and not above for above, below in pairs)
    if not below_alone:
        repeated = any(a[0] == b[0] for a, b in pairwise(both))
        # Two names of accounts beside each other are those of two classifications.
        parallel = rank(head(column)) == rank(head(own)) < MIDDLE
        return above_alone and repeated and not parallel
    if above_alone or len(both) < TOGETHER * len(pairs):
        return True
    # A way of buying, a source of funds: few words over again, beside rather than below.
    return len({below for _, below in pairs if below}) >= len({above for above, _ in both})


class Named(NamedTuple):
    """What names a row: a column of it or, where that is merged over rows, a label above.

    `path` are the labels of the levels above, `beside` the other columns of words it prints.
    """

    column: int | None
    inherited: str = ""
    path: Path = ()
    beside: tuple[int, ...] = ()


class Naming:
    """Names the rows of one side in order: a level that a row leaves blank is as above it."""

    def __init__(self, found: Sequence[Level]) -> None:
        self._levels = found
        self._above: list[dict[int, str]] = [{}] * len(found)

    def read(self, text: Callable[[int], str], *, merged: bool = False) -> Named | None:
        """Return what names the row that prints `text(column)`, None where nothing does.

        A row that prints none of its labels is of the row above where their cells are `merged`.
        """
        printed = [[column for column in level.columns if text(column)] for level in self._levels]
        deepest = max((i for i, columns in enumerate(printed) if columns), default=None)
        if deepest is None:
            return self._merged() if merged else None
        for depth, columns in enumerate(printed[: deepest + 1]):
            if self._levels[depth].names in columns or (columns and depth < deepest):
                before = {c: t for c, t in self._above[depth].items() if c < columns[0]}
                printed_here = {column: name(text(column)) for column in columns}
                self._above[depth] = before | printed_here
                self._above[depth + 1 :] = [{}] * (len(self._levels) - depth - 1)
        level, columns = self._levels[deepest], printed[deepest]
        beside = [column for columns in printed for column in columns]
        path = tuple(label for above in self._above[:deepest] for label in above.values())
        if level.names in columns:
            column = level.names
            if len(self._levels) > 1:
                path += tuple(t for c, t in self._above[deepest].items() if c < column)
        elif len(self._levels) > 1 and level.names in self._above[deepest]:
            return Named(None, self._above[deepest][level.names], path, tuple(beside))
        elif len(self._levels) > 1 or columns[0] == level.columns[0]:
            column = columns[0]  # the first may name a row that lacks the one that names others
        else:
            return None
        beside.remove(column)
        if is_total(text(column)):
            path = ()
        return Named(column, path=path, beside=tuple(beside))

    def _merged(self) -> Named | None:
        """Return what names a row whose label is merged with that of the row above."""
        known = [
            depth for depth, level in enumerate(self._levels) if level.names in self._above[depth]
        ]
        if not known:
            return None
        above = self._above[known[-1]]
        path = tuple(label for of in self._above[: known[-1]] for label in of.values())
        return Named(None, above[self._levels[known[-1]].names], path)
