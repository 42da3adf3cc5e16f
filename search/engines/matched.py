"""Sets of records that match, with how well each does; several such sets as one."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.rows import SPARSE, Mask, Rows, numbers

WORST_TIER: Final = 9


@dataclass(frozen=True, slots=True)
class Matched:
    """Records that match, and how well: lower tier first, then higher score."""

    rows: Rows
    tier: NDArray[np.uint8]
    score: NDArray[np.float32]

    def only(self, kept: Mask) -> "Matched":
        """Return those of the records that a mask over them keeps."""
        at = numbers(kept)  # looked for once, not in each array
        return Matched(self.rows[at], self.tier[at], self.score[at])


def alike(rows: Rows) -> Matched:
    """Return records that match all as well."""
    return Matched(rows, np.zeros(len(rows), np.uint8), np.zeros(len(rows), np.float32))


class Union:
    """Gathers tiers and scores of the records of several sets, few or nearly all."""

    def __init__(self, size: int, sets: list[Rows]) -> None:
        self._rows: Rows | None = None
        if sum(map(len, sets)) * SPARSE < size:
            self._rows = _merged(sets)
            size = len(self._rows)
        self.tier = np.full(size, WORST_TIER, dtype=np.uint8)
        self.score = np.zeros(size, dtype=np.float32)

    def places(self, rows: Rows) -> Rows:
        """Return where the rows of one of the sets stand in `tier` and `score`."""
        return rows if self._rows is None else np.searchsorted(self._rows, rows)

    def matched(self) -> Matched:
        """Return everything gathered."""
        if self._rows is not None:
            return Matched(self._rows, self.tier, self.score)
        rows = numbers(self.tier != WORST_TIER)
        return Matched(rows, self.tier[rows], self.score[rows])


def _merged(sets: list[Rows]) -> Rows:
    """Return the rows of all sets once, ascending; for sets in order sorting is merging."""
    rows = np.sort(np.concatenate(sets), kind="stable")
    new = np.ones(len(rows), dtype=bool)
    np.not_equal(rows[1:], rows[:-1], out=new[1:])
    return rows[new]
