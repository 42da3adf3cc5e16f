"""The order of hits: only as much of it as a page needs."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines import base
from search.engines.columns import KINDS, Columns
from search.engines.evaluation import Evaluation
from search.engines.figures import NO_AMOUNT, own_satisfies
from search.engines.matched import Matched
from search.engines.rows import SPARSE, Mask, Rows, numbers

Keys = Sequence[NDArray[Any]]

_ROW, _PASSAGE, _STATEMENT = map(KINDS.index, ("row", "passage", "statement"))
_AHEAD: Final = 2
"""So many times more hits than are shown are ordered, for some say the same as others."""

_SAMPLE: Final = 4096
"""So many values tell about where the first hits end."""


class Traits:
    """What the order asks of every record of a commit, worked out once."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    @cached_property
    def nameless(self) -> Mask:
        """Rows without a label that could be searched, as a sum under an own name has none."""
        return np.asarray(self._rows & (self._columns.label_length == 0))

    @cached_property
    def silent(self) -> Mask:
        """Records that speak of no figure."""
        offset = self._columns.figures.offset
        return np.asarray(offset[1:] == offset[:-1])

    @cached_property
    def listed(self) -> Mask:
        """Rows that speak of no figure."""
        return self._rows & self.silent

    @cached_property
    def passage(self) -> NDArray[np.int32]:
        """The number of the passage of each statement, which stands behind it."""
        return np.cumsum(self._columns.kind == _PASSAGE, dtype=np.int32)

    @property
    def _rows(self) -> Mask:
        return np.asarray(self._columns.kind == _ROW)


def keys(
    matched: Matched,
    sort: base.Sort,
    compared: base.Figure | None,
    evaluation: Evaluation,
    traits: Traits,
) -> Keys:
    """Return what the records are ordered by, the most important first, smaller before greater.

    At equal relevance sums under a department's own name come last, then what has no figure, and,
    where figures are compared, of the statements of one passage all but the first. Ties fall by
    year, department and place.
    """
    columns, rows = evaluation.columns, matched.rows
    relevance = *_relevance(traits, matched), traits.nameless[rows]
    if len(relevance) > 1:
        behind = traits.silent[rows] if compared is None else _again(columns, rows, traits)
        relevance = *relevance, behind
    rank = columns.rank[rows]
    if sort == "year":
        return -columns.year[rows], *relevance, rank
    if sort == "relevance" and compared is None:
        return *relevance, rank
    amount = _amounts(columns, evaluation, matched, compared)
    unknown = amount == NO_AMOUNT
    amount[unknown] = 0
    if sort == "relevance":
        return *relevance, -amount, rank
    return unknown, -amount if sort == "amount" else amount, rank


def first(of: Keys, count: int) -> NDArray[np.intp]:
    """Return the places of the first `count` records by these keys, in order."""
    if count <= 0:
        return np.zeros(0, dtype=np.intp)
    chosen, tied = _narrowed(of, count)
    chosen = np.concatenate([chosen, tied])
    order = np.lexsort([key[chosen] for key in reversed(of)])
    return np.asarray(chosen[order[:count]])


def distinct(of: Keys, group: NDArray[np.int32], count: int) -> NDArray[np.intp]:
    """Return the places of the first `count` records that do not say the same, in order."""
    ahead = count * _AHEAD
    while True:
        order = first(of, min(ahead, len(group)))
        said = group[order]
        repeating = np.flatnonzero(said)
        kept = said == 0
        kept[repeating[np.unique(said[repeating], return_index=True)[1]]] = True
        if ahead >= len(group) or np.count_nonzero(kept) >= count:
            return np.asarray(order[kept][:count])
        ahead *= 4


def _narrowed(of: Keys, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of records that are certainly among the first, and of those tied."""
    every = tied = np.arange(len(of[0]))
    certain: list[NDArray[np.intp]] = [tied[:0]]
    missing = count
    for key in of:
        if len(tied) <= missing:
            break
        values = key if tied is every else key[tied]
        bound = _smallest(values, missing)
        near = numbers(values <= bound)
        less = values[near] < bound
        certain.append(tied[near[less]])
        missing -= len(certain[-1])
        tied = tied[near[~less]]
    return np.concatenate(certain), tied


def _smallest(values: NDArray[Any], count: int) -> Any:
    """Return the value that has `count - 1` before it; some of the values tell which cannot be."""
    some = values[:: max(1, len(values) // _SAMPLE)]
    if len(some) >= count:
        values = values[numbers(values <= np.partition(some, count - 1)[count - 1])]
    return np.partition(values, count - 1)[count - 1]


def _relevance(traits: Traits, matched: Matched) -> Keys:
    """Return tier and score as one key, none where all match alike.

    Within a tier rows without a figure come after all else.
    """
    if not matched.tier.any() and not matched.score.any():
        return ()
    score = np.rint(matched.score * np.float32(1000)).astype(np.int64)
    listed = traits.listed[matched.rows]
    return ((matched.tier.astype(np.int64) << 33) + (listed.astype(np.int64) << 32) - score,)


def _again(columns: Columns, rows: Rows, traits: Traits) -> Mask:
    """Return which records are statements of a passage of which another stands before them."""
    again = np.zeros(len(rows), dtype=bool)
    statements = np.flatnonzero(columns.kind[rows] == _STATEMENT)
    number = traits.passage[rows[statements]]
    again[statements[1:]] = number[1:] == number[:-1]
    return again


def _amounts(
    columns: Columns, evaluation: Evaluation, matched: Matched, compared: base.Figure | None
) -> NDArray[np.int64]:
    """Return each record's amount: its own where that satisfies, else the largest that does."""
    own = columns.amount[matched.rows]
    if compared is None:
        return own
    if len(matched.rows) * SPARSE < len(columns):
        amounts = evaluation.compared(matched.rows).amounts(compared)
    else:
        amounts = evaluation.compared(None).amounts(compared)[matched.rows]
    return np.where(own_satisfies(own, compared), own, amounts)
