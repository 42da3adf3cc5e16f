"""Parts rows of a grid that hold several records one below the other, without rulings between."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.readers.pdf.entries import are_numeric, have_room, is_broken
from indexer.readers.pdf.glyphs import PrintedLine
from indexer.readers.pdf.rulings import Region
from indexer.readers.pdf.wrapping import Neighbours, are_apart, neighbours

BESIDE: Final = 0.5
"""Ems that base lines of one record may differ from cell to cell."""


class Cell(NamedTuple):
    """The lines of a cell, its width, and what stands above and below in its column."""

    lines: Sequence[PrintedLine]
    width: float
    column: Neighbours


class Surroundings:
    """Tells what stands around each cell of a grid."""

    def __init__(self, texts: Mapping[Region, Sequence[PrintedLine]]) -> None:
        self._columns: dict[tuple[int, int], dict[Region, str]] = {}
        self._lone: list[str] = []
        for region, lines in texts.items():
            alone = len(lines) == 1
            if alone or not are_numeric(lines):
                text = lines[0].text if alone else "".join(line.text for line in lines)
                self._columns.setdefault((region.left, region.right), {})[region] = text
                self._lone.append(text)

    def of(self, region: Region) -> Neighbours:
        """Return what the column of a cell prints beside the cell itself."""
        own = self._columns.get((region.left, region.right), {})
        return neighbours([text for other, text in own.items() if other != region], self._lone)


Cells = Mapping[Region, Cell]


def records(cells: Cells) -> list[dict[Region, Cell]]:
    """Return the rows that stand in one row of a grid, each with its lines of the cells.

    So it is where cells hold figures of their own one below the other, and words beside each.
    Where the figures may be one that was broken, or words that wrapped, the row stays one.
    """
    numeric = {region: cell for region, cell in cells.items() if are_numeric(cell.lines)}
    tall = [cell for cell in numeric.values() if len(cell.lines) > 1]
    if not any(map(_is_apart, tall)) or any(map(_is_broken, tall)):
        return [dict(cells)]
    bases = _heights([cell.lines for cell in numeric.values()])
    words = [cell for region, cell in cells.items() if region not in numeric]
    named = [cell for cell in words if _stands_at(cell.lines, bases)]
    sure = any(_breaks_off(cell) and len(cell.lines) == len(bases) for cell in named) or any(
        cell.column.adds_up([line.text for line in cell.lines]) for cell in tall
    )
    if not named or (len(tall) < 2 and not sure):
        return [dict(cells)]
    parts: list[dict[Region, Cell]] = [{} for _ in bases]
    for region, cell in cells.items():
        for line in cell.lines:
            near = min(range(len(bases)), key=lambda i: abs(bases[i] - line.base))
            own = parts[near].get(region, Cell((), cell.width, cell.column))
            parts[near][region] = own._replace(lines=[*own.lines, line])
    return parts


def _is_apart(cell: Cell) -> bool:
    """Return whether the figures of a cell are surely several."""
    texts = [line.text for line in cell.lines]
    return have_room(cell.lines, cell.width) or are_apart(texts, cell.column)


def _is_broken(cell: Cell) -> bool:
    return is_broken(cell.lines, cell.width, cell.column, single=False)


def _breaks_off(cell: Cell) -> bool:
    """Return whether each line of words ends with room for more: no word wrapped."""
    return all(have_room(pair, cell.width) for pair in pairwise(cell.lines))


def _stands_at(lines: Sequence[PrintedLine], bases: Sequence[float]) -> bool:
    """Return whether a line stands at each of the heights."""
    return all(any(abs(line.base - base) <= BESIDE * line.size for line in lines) for base in bases)


def _heights(columns: Iterable[Sequence[PrintedLine]]) -> list[float]:
    """Return the base lines on which figures stand in any of the columns."""
    found: list[float] = []
    for line in sorted((line for lines in columns for line in lines), key=lambda line: line.base):
        if not found or line.base - found[-1] > line.size / 2:
            found.append(line.base)
    return found
