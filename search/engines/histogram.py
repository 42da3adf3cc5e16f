"""How the amounts of matching records are spread: a few ranges between round numbers, counted."""

from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.figures import SCALE
from search.results import AmountRange

MOST: Final = 9
"""Ranges at most, so that each is wide enough on a page to be pointed at."""
STEPS: Final = ((1, 2, 5), (1, 3), (1,))
"""Where ranges begin within a decade, the finest first."""
_DECADES: Final = 16
"""Of hundredths of a yuan; no budget reaches 10¹⁴ yuan."""


def spread(
    owner: NDArray[np.intp], amount: NDArray[np.int64], size: int
) -> tuple[AmountRange, ...]:
    """Return ranges of amounts from the lowest, and how many of `size` records have one in each.

    `amount` holds hundredths of a yuan, `owner` the record of each. A record with several amounts
    counts in each range that holds one.
    """
    if not len(amount):
        return ()
    edges = _edges(amount[amount > 0])
    held = np.zeros((size, len(edges) + 1), dtype=bool)
    held[owner, np.searchsorted(edges, amount, side="right")] = True
    counts = held.sum(axis=0).tolist()
    bounds = [None, *(Decimal(edge) / SCALE for edge in edges), None]
    ranges = [
        AmountRange(low=low, high=high, count=count)
        for low, high, count in zip(bounds, bounds[1:], counts, strict=False)
    ]
    while ranges and not ranges[0].count:
        del ranges[0]
    while ranges and not ranges[-1].count:
        del ranges[-1]
    return tuple(ranges)


def _edges(positive: NDArray[np.int64]) -> list[int]:
    """Return round numbers that cut the span into few ranges; what is lower is one more."""
    if not len(positive):
        return [1]
    lowest, highest = int(positive.min()), int(positive.max())
    edges: list[int] = []
    for steps in STEPS:
        every = [step * 10**decade for decade in range(_DECADES) for step in steps]
        first = max(n for n, edge in enumerate(every) if edge <= lowest)
        last = min((n for n, edge in enumerate(every) if edge > highest), default=len(every) - 1)
        edges = every[first : last + 1]
        if len(edges) <= MOST:
            break
    return edges[-MOST:]
