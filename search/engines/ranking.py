"""The order of hits: only as much of it as a page needs."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines import base
from search.engines.columns import KINDS, Columns
from search.engines.evaluation import Evaluation, Matched
from search.engines.figures import NO_AMOUNT
from search.engines.rows import Mask, Rows

Keys = Sequence[NDArray[Any]]

_ROW, _STATEMENT = KINDS.index("row"), KINDS.index("statement")
_AHEAD: Final = 2
"""So many times more hits than are shown are ordered, for some say the same as others."""


def keys(
    matched: Matched,
    sort: base.Sort,
    compared: base.Figure | None,
    evaluation: Evaluation,
    passage: Rows | None = None,
) -> Keys:
    """Return what the records are ordered by, the most important first, smaller before greater.

    `passage` is the number of each statement's passage, where figures are compared. At equal
    relevance sums under a department's own name come last, then what has no figure, and of the
    statements of one passage all but the first. Ties fall by year, department and place.
    """
    columns, rows = evaluation.columns, matched.rows
    relevance = *_relevance(columns, matched), _nameless(columns, rows)
    if len(relevance) > 1:
        relevance = *relevance, _behind(columns, rows, passage)
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
    tied: NDArray[np.intp] = np.arange(len(of[0]))
    certain: list[NDArray[np.intp]] = [tied[:0]]
    missing = count
    for key in of:
        if len(tied) <= missing:
            break
        values = key[tied]
        bound = np.partition(values, missing - 1)[missing - 1]
        less = values < bound
        certain.append(tied[less])
        missing -= len(certain[-1])
        tied = tied[values == bound]
    return np.concatenate(certain), tied


def _relevance(columns: Columns, matched: Matched) -> Keys:
    """Return tier and score as one key, none where all match alike.

    Within a tier rows without a figure come after all else.
    """
    if not matched.tier.any() and not matched.score.any():
        return ()
    score = np.rint(matched.score * np.float32(1000)).astype(np.int64)
    listed = (columns.kind[matched.rows] == _ROW) & _silent(columns, matched.rows)
    return ((matched.tier.astype(np.int64) << 33) + (listed.astype(np.int64) << 32) - score,)


def _nameless(columns: Columns, rows: Rows) -> Mask:
    """Return which rows have no label that could be searched, as a sum under an own name has."""
    return np.asarray((columns.kind[rows] == _ROW) & (columns.label_length[rows] == 0))


def _behind(columns: Columns, rows: Rows, passage: Rows | None) -> Mask:
    """Return which records come after others that match as well; see `keys`."""
    if passage is None:
        return _silent(columns, rows)
    again = np.zeros(len(rows), dtype=bool)
    statements = np.flatnonzero(columns.kind[rows] == _STATEMENT)
    number = passage[rows[statements]]
    again[statements[1:]] = number[1:] == number[:-1]
    return again


def _silent(columns: Columns, rows: Rows) -> Mask:
    """Return which records speak of no figure."""
    offset = columns.figures.offset
    return np.asarray(offset[rows] == offset[rows + 1])


def _amounts(
    columns: Columns, evaluation: Evaluation, matched: Matched, compared: base.Figure | None
) -> NDArray[np.int64]:
    """Return each record's amount: the largest that satisfies, else the principal one."""
    if compared is None:
        return columns.amount[matched.rows]
    return evaluation.compared(matched.rows).amounts(compared)
