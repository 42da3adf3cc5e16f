"""Finds the ruled tables of a page: rulings that cross make grids, their gaps merged cells."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.layout import Box
from indexer.readers.pdf.pages import Ruling

SNAP: Final = 2.5
"""Points that rulings meant as one may lie apart: border widths, rounding of spreadsheets."""
TOUCH: Final = 3.0
"""Points by which rulings that meet may miss each other."""
COVERED: Final = 0.6
"""Of a cell's edge that must be drawn for the edge to part two cells."""
OPEN: Final = 6.0
"""Points that horizontal rulings reach beyond the last vertical one where the side is open."""
MAX_CELLS: Final = 200_000
"""More crossings than this on a page are a drawing, no table."""
MAX_RULINGS: Final = 20_000
"""More rulings than this on a page, after joining, are a drawing."""


@dataclass(frozen=True, slots=True)
class Region:
    """A cell: rows `top` to `bottom` and columns `left` to `right` of a grid, ends left out."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: edges of its rows and columns, and which cell each crossing belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[Region, ...], ...]

    @property
    def box(self) -> Box:
        """The outer frame."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> Region | None:
        """Return the cell around a point; None where it lies outside the frame."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.cells[row][column]
        return None

    def place(self, region: Region) -> Box:
        """Return the box of a cell."""
        return (
            self.xs[region.left], self.ys[region.top],
            self.xs[region.right], self.ys[region.bottom],
        )  # fmt: skip


def find_grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """Return the tables that rulings draw, from top to bottom; frames of one cell are none."""
    lines = _joined(rulings)
    if len(lines) > MAX_RULINGS:
        return []
    grids = (_grid(group) for group in _groups(lines))
    found = [grid for grid in grids if grid is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Join pieces of one line: dashes, borders drawn cell by cell, double lines."""
    joined: list[Ruling] = []
    for horizontal in (True, False):
        same = [ruling for ruling in rulings if ruling.horizontal == horizontal]
        places = _clusters([ruling.at for ruling in same])
        tracks: dict[float, list[tuple[float, float]]] = {}
        for ruling in same:
            at = _nearest(places, ruling.at)
            tracks.setdefault(at, []).append((ruling.start, ruling.end))
        for at, pieces in sorted(tracks.items()):
            pieces.sort()
            start, end = pieces[0]
            for piece in pieces[1:]:
                if piece[0] > end + TOUCH:
                    joined.append(Ruling(horizontal, at, start, end))
                    start, end = piece
                end = max(end, piece[1])
            joined.append(Ruling(horizontal, at, start, end))
    return joined


def _clusters(values: Iterable[float]) -> list[float]:
    """Return the middles of groups of values that lie within `SNAP` of the group's first."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _nearest(places: Sequence[float], value: float) -> float:
    index = bisect_left(places, value)
    return min(places[max(0, index - 1) : index + 1], key=lambda place: abs(place - value))


def _groups(lines: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return the rulings in groups that hang together by crossing or touching."""
    flat = [line for line in lines if line.horizontal]
    upright = [line for line in lines if not line.horizontal]
    heights = [line.at for line in flat]  # in order, as `_joined` leaves them
    parent = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for number, line in enumerate(upright, len(flat)):
        first = bisect_left(heights, line.start - TOUCH)
        for other in range(first, bisect_right(heights, line.end + TOUCH)):
            if flat[other].start - TOUCH <= line.at <= flat[other].end + TOUCH:
                parent[root(number)] = root(other)
    groups: dict[int, list[Ruling]] = {}
    for index, line in enumerate((*flat, *upright)):
        groups.setdefault(root(index), []).append(line)
    return list(groups.values())


def _grid(lines: Sequence[Ruling]) -> Grid | None:
    """Return the table that a group of rulings draws, None where it parts no two cells."""
    flat = [line for line in lines if line.horizontal]
    upright = [line for line in lines if not line.horizontal]
    if len(flat) < 2 or not upright:
        return None
    xs = _edges([line.at for line in upright], flat)
    ys = _edges([line.at for line in flat], upright)
    if len(xs) * len(ys) > MAX_CELLS or len(xs) < 3 or len(ys) < 2:
        return None
    walls, floors = _drawn(upright, xs, ys), _drawn(flat, ys, xs)
    return Grid(tuple(xs), tuple(ys), _cells(len(ys) - 1, len(xs) - 1, walls, floors))


def _edges(places: Sequence[float], across: Sequence[Ruling]) -> list[float]:
    """Return the edges of rows or columns; where a side is open, the rulings' ends make it."""
    edges = sorted(set(places))
    first, last = min(line.start for line in across), max(line.end for line in across)
    if first < edges[0] - OPEN:
        edges.insert(0, first)
    if last > edges[-1] + OPEN:
        edges.append(last)
    return edges


def _drawn(
    lines: Sequence[Ruling], edges: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    """Return (edge, step): which steps between neighbours of `along` are drawn on which edge."""
    drawn = set()
    for line in lines:
        edge = bisect_left(edges, line.at)
        first = max(0, bisect_left(along, line.start) - 1)
        for step in range(first, len(along) - 1):
            if along[step] > line.end:
                break
            covered = min(line.end, along[step + 1]) - max(line.start, along[step])
            if covered >= COVERED * (along[step + 1] - along[step]):
                drawn.add((edge, step))
    return drawn


def _cells(
    rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> tuple[tuple[Region, ...], ...]:
    """Return the cell of each crossing: crossings without a drawn edge between them are one.

    Where these make no rectangle, a border is missing; each row then keeps its own part.
    """
    cells: list[list[Region | None]] = [[None] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if cells[row][column] is not None:
                continue
            right = column + 1
            while right < columns and (right, row) not in walls and cells[row][right] is None:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_on(
                cells[bottom], bottom, column, right, walls=walls, floors=floors
            ):
                bottom += 1
            region = Region(row, column, bottom, right)
            for r in range(row, bottom):
                for c in range(column, right):
                    cells[r][c] = region
    return tuple(tuple(cell for cell in line if cell is not None) for line in cells)


def _goes_on(
    below: Sequence[Region | None],
    row: int,
    left: int,
    right: int,
    *,
    walls: set[tuple[int, int]],
    floors: set[tuple[int, int]],
) -> bool:
    """Return whether the cell above goes on in `row`: no edge drawn above it nor inside it."""
    return (
        not any(below[left:right])
        and not any((row, column) in floors for column in range(left, right))
        and not any((column, row) in walls for column in range(left + 1, right))
        and (left == 0 or (left, row) in walls)
        and (right == len(below) or (right, row) in walls)
    )
