"""Sets of records as ascending arrays of row numbers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
"""Of the type that NumPy takes as an index without making a copy."""
Mask = NDArray[np.bool_]

SPARSE: Final = 64
"""A set so many times smaller than another is looked up in it; else both are marked on a map."""


def held(few: Rows, many: Rows, size: int) -> Mask:
    """Return which of `few` are in `many`, of `size` rows in all."""
    if not len(many):
        return np.zeros(len(few), dtype=bool)
    if len(few) * SPARSE < len(many):
        place = np.searchsorted(many, few)
        place[place == len(many)] = 0
        return np.asarray(many[place] == few)
    marks = np.zeros(size, dtype=bool)
    marks[many] = True
    return marks[few]


def both(one: Rows, other: Rows, size: int) -> Rows:
    """Return the rows in both sets."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return few[numbers(held(few, many, size))]


def numbers(mask: Mask) -> Rows:
    """Return the rows of a mask over all rows."""
    return np.flatnonzero(mask)
