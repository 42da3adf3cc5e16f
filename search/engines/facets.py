"""Counts of hits by the values of each facet."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.accounts import tree
from search.engines.columns import KINDS, Columns
from search.engines.regions import region_tree
from search.engines.rows import Rows
from search.results import FACET_VALUES, FacetValue

_TYPES: Final = ("", "passage", "project", "row")
_COMES_BACK: Final = {"document": "", "statement": "passage", "aside": "passage", "blank": "row"}
_TYPE_OF: Final = np.array([_TYPES.index(_COMES_BACK.get(kind, kind)) for kind in KINDS])
"""What each kind of record comes back as."""


def counted(columns: Columns, name: str, rows: Rows) -> tuple[FacetValue, ...]:
    """Return the values that the records have in a facet, the most frequent first."""
    counts = np.bincount(_codes(columns, name, rows))
    counts[:1] = 0  # in every facet the code of none
    codes = np.flatnonzero(counts)
    if name != "code":  # codes follow the order of their names, and so do equal counts
        codes = codes[np.argsort(-counts[codes], kind="stable")]
    often = zip(_names(columns, name, codes), counts[codes].tolist(), strict=True)
    if name == "code":
        return tree(dict(often))
    if name == "region":
        return region_tree(dict(often))
    return FACET_VALUES.validate_python(
        [{"value": value, "count": count} for value, count in often]
    )


def _codes(columns: Columns, name: str, rows: Rows) -> NDArray[np.integer[Any]]:
    match name:
        case "type":
            return np.asarray(_TYPE_OF[columns.kind[rows]])
        case "year":
            return np.asarray(columns.year[rows])
    return np.asarray(columns.keywords[_keyword(name)][rows])


def _names(columns: Columns, name: str, codes: NDArray[np.integer[Any]]) -> Sequence[str]:
    match name:
        case "type":
            return [_TYPES[code] for code in codes]
        case "year":
            return [str(year) for year in codes]
    return columns.names[_keyword(name)].at(codes)


def _keyword(name: str) -> str:
    return "account" if name == "code" else name
