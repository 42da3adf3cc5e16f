"""The edges of a ruled table's columns: borders that were meant as one make no column."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Final, NamedTuple

from indexer.readers.pdf.rulings import Grid, Region

SLIVER: Final = 6.0
"""Points: a narrower column without text comes of borders that miss each other."""
MISSED: Final = 16.0
"""Points by which a head's border may miss its body's, where no cell fills what is between."""


class Edges(NamedTuple):
    """Where the columns of a table begin and end, and the number of each edge of its grid."""

    xs: tuple[float, ...]
    numbers: tuple[int, ...]


def columns_of(grid: Grid, filled: Container[Region]) -> Edges:
    """Return the edges of the columns of a grid; `filled` are the cells with text.

    Two edges are one where nothing but borders that miss each other is between them: blank
    slivers, or a strip that no cell of any row fills by itself.
    """
    regions = {region for row in grid.cells for region in row}
    texts = {(r.left, r.right) for r in regions if r in filled}
    cells = {(r.left, r.right) for r in regions}
    first = list(range(len(grid.xs)))  # of the edges that are one, the first
    strips = sorted(range(len(first) - 1), key=lambda n: grid.xs[n + 1] - grid.xs[n])
    for strip in strips:
        width = grid.xs[strip + 1] - grid.xs[strip]
        joined = [first[strip] if of == first[strip + 1] else of for of in first]
        if width < MISSED and _keeps(texts if width < SLIVER else cells, joined):
            first = joined
    return _numbered(grid, regions, first)


def _keeps(cells: Iterable[tuple[int, int]], first: list[int]) -> bool:
    """Return whether each cell still has a column where edges are one."""
    return all(first[left] != first[right] for left, right in cells)


def _numbered(grid: Grid, regions: Iterable[Region], first: list[int]) -> Edges:
    """Return the edges, each at the border that most cells have."""
    kept = sorted(set(first))
    borders = Counter(edge for region in regions for edge in (region.left, region.right))
    xs = tuple(
        grid.xs[max((n for n, of in enumerate(first) if of == edge), key=lambda n: borders[n])]
        for edge in kept
    )
    return Edges(xs, tuple(kept.index(edge) for edge in first))
