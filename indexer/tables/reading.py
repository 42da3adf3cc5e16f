"""Reads a grid into the drafts of its rows; where it can be read in several ways, sums decide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer import lines as line_kinds
from indexer.layout import Line, Places
from indexer.tables.headers import Header, is_header_row, is_ordinal_row, read_header
from indexer.tables.hierarchy import fill_paths
from indexer.tables.rows import Draft, draft_rows
from indexer.tables.sums import Sums, sums
from indexer.tables.turned import is_transposed, turned
from indexer.tables.units import PROJECTS
from search import vocabulary
from search.model import Cell, Path
from search.text import normalise

MIN_COUNTING: Final = 4
COUNTING: Final = 0.7
"""Of so many whole numbers in a column at least that share counts on by one: lines, no amounts."""
MISFITS: Final = 0.2
"""From this share of misfit rows on, no row of a table is trusted."""
_COUNTING: Final = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A grid as read: its header, which begins at the row `first`, and the drafts of its rows.

    `arbitrated` tells that a plain reading of the heads meets fewer of the table's own sums.
    """

    header: Header
    first: int
    drafts: tuple[Draft, ...]
    arbitrated: bool = False

    @property
    def heads(self) -> range:
        """The indices of the header's rows."""
        return range(self.first, self.first + self.header.rows)

    @property
    def stray(self) -> int:
        """How many rows hold figures that found no label or fit no column."""
        return sum(d.misfit or (not d.label and d.has_value) for d in self.drafts)


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table with their texts, its kind, and what of its document is needed."""

    lines: Sequence[Line]
    texts: Sequence[list[str]]
    kind: str
    places: Places
    year: int | None


def read_grid(grid: Grid) -> Reading:
    """Return the reading of a grid: the plain one, or one that meets more of the table's sums."""
    plain = _read(grid, *_header(grid))
    standing = sums(plain.drafts)
    if not plain.stray and not standing.failed:
        return plain
    best, met = plain, standing
    for depth in (plain.header.rows + 1, plain.header.rows - 1):
        if not 0 < depth < len(grid.lines):
            continue
        other = _read(grid, read_header(grid.texts, grid.lines, depth), 0)
        found = sums(other.drafts)
        if _is_better(other, found, best, met):
            best, met = Reading(other.header, 0, other.drafts, arbitrated=True), found
    return best


def _is_better(other: Reading, found: Sums, best: Reading, met: Sums) -> bool:
    """Return whether a reading meets more sums, and leaves no more figures without a place."""
    return found.met > met.met and found.failed <= met.failed and other.stray <= best.stray


def _header(grid: Grid) -> tuple[Header, int]:
    """Return the header and the index of its first row; a group's name may stand above it."""
    header = read_header(grid.texts, grid.lines)
    if header.rows == 0 and len(grid.texts) > 1 and is_header_row(grid.texts[1]):
        return read_header(grid.texts[1:], grid.lines[1:]), 1
    return header, 0


def _read(grid: Grid, header: Header, first: int) -> Reading:
    heads = range(first, first + header.rows)
    body = [
        i
        for i, row in enumerate(grid.texts)
        if i not in heads and any(row) and not is_ordinal_row(row)
    ]
    if is_transposed(header, [grid.texts[i] for i in body]):
        lines = [grid.lines[i] for i in body]
        drafts = list(turned(lines, header, grid.places, grid.year))
    else:
        drafts = draft_rows(
            grid.lines, grid.texts, header, heads, places=grid.places, year=grid.year
        )
        if grid.kind == PROJECTS:
            drafts = _rejoined(drafts)
        drafts = _unwrapped(drafts)
        fill_paths(drafts)
    _distrust(drafts)
    return Reading(header, first, tuple(drafts))


def _distrust(drafts: Sequence[Draft]) -> None:
    """Mark rows whose figures are codes or line numbers that lost their column.

    Where many rows do not fit, the header itself must be damaged, and none is trusted.
    """
    valued = [draft for draft in drafts if draft.has_value]
    codes = {draft.code for draft in drafts if draft.code}
    ordinals = _ordinal_columns(valued)
    for draft in valued:
        draft.misfit |= any(
            cell.text in codes or (cell.column in ordinals and _is_counting(cell))
            for cell in draft.cells
        )
    if sum(draft.misfit for draft in valued) >= max(2, MISFITS * len(valued)):
        for draft in valued:
            draft.misfit = True


def _ordinal_columns(drafts: Sequence[Draft]) -> set[Path]:
    """Return the columns whose whole numbers mostly count on by one: no amounts but lines."""
    columns: dict[Path, list[int]] = {}
    for draft in drafts:
        for cell in draft.cells:
            if _is_counting(cell):
                columns.setdefault(cell.column, []).append(int(cell.text))
    return {
        column
        for column, numbers in columns.items()
        if len(numbers) >= MIN_COUNTING
        and sum(b - a == 1 for a, b in pairwise(numbers)) >= COUNTING * (len(numbers) - 1)
    }


def _is_counting(cell: Cell) -> bool:
    """Return whether a cell prints a small whole number, as lines are counted by."""
    return cell.value is not None and _COUNTING.fullmatch(cell.text) is not None


def _rejoined(drafts: Sequence[Draft]) -> list[Draft]:
    """Join the wrapped rest of a name to the row right above: a project always has a figure."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        wrapped = last and last.has_value and not (draft.has_value or draft.group)
        if last and wrapped and _continues(last, draft):
            last.label += draft.label
            last.fragments.extend(draft.fragments)
            last.last_line = draft.line
        else:
            joined.append(draft)
    return joined


def _unwrapped(drafts: Sequence[Draft]) -> list[Draft]:
    """Join a coded row without figures to the rest of its name below, which has them."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if (
            last
            and last.code
            and last.side == draft.side
            and not (last.has_value or draft.code or draft.depth)
            and draft.has_value
            and vocabulary.sum_of(draft.name) is None
            and draft.line == last.last_line + 1
            and last.depth == 0
        ):
            last.label += draft.label
            last.take_figures(draft)
            last.last_line = draft.line
            last.misfit |= draft.misfit
        else:
            joined.append(draft)
    return joined


def _continues(last: Draft, draft: Draft) -> bool:
    return draft.line == last.last_line + 1 and not line_kinds.enumerator_level(
        normalise(draft.label)
    )
