"""Counts of hits by the values of each facet."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.accounts import tree
from search.engines.columns import KINDS, UNKNOWN_YEAR, Columns
from search.engines.rows import Rows
from search.results import FacetValue

_TYPES: Final = {
    "row": "row", "passage": "passage", "statement": "passage", "aside": "passage",
    "project": "project",
}  # fmt: skip
"""What each kind of record comes back as."""


def counted(columns: Columns, name: str, rows: Rows) -> tuple[FacetValue, ...]:
    """Return the values that the records have in a facet, the most frequent first."""
    counts: dict[str, int] = {}
    if name == "type":
        for code, often in _often(columns.kind[rows]):
            kind = _TYPES.get(KINDS[code])
            if kind:
                counts[kind] = counts.get(kind, 0) + often
    elif name == "year":
        counts = {
            str(year): often for year, often in _often(columns.year[rows]) if year != UNKNOWN_YEAR
        }
    else:
        keyword = "account" if name == "code" else name
        names = columns.names[keyword]
        counts = {
            names[code]: often for code, often in _often(columns.keywords[keyword][rows]) if code
        }
        if name == "code":
            return tree(counts)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value=value, count=count) for value, count in ordered)


def _often(codes: NDArray[np.integer[Any]]) -> list[tuple[int, int]]:
    """Return the codes that occur, and how often."""
    counts = np.bincount(codes)
    return [(int(code), int(counts[code])) for code in np.flatnonzero(counts)]
