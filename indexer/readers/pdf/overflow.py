"""Puts wrapped words back that stand out of a row too low for them.

Spreadsheets print rows at a fixed height: of a label that needs two lines, set in the middle of
its row, the first crosses the border above and the second the border below, and each would fall
to whichever row holds more of it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

from indexer.readers.pdf.glyphs import PrintedLine
from indexer.readers.pdf.rulings import Grid, Region

CROSSED: Final = 0.15
"""Of its em that a line must reach over a border on both sides to be crossed by it."""
CENTRED: Final = 0.15
"""Ems by which the middle of both lines may miss the middle of their row."""
LEADING: Final = (0.9, 1.8)
"""Ems between the base lines of two lines of a cell."""

_FIGURE = re.compile(r"[-−－\d.,，．%％\s]+")

Texts = Mapping[Region, Sequence[PrintedLine]]


def regrouped(grid: Grid, texts: Texts) -> dict[Region, list[PrintedLine]]:
    """Return the lines of each cell, those that stand out of their cell back in it.

    Where most lines cross borders, text and borders are set off from each other; then nothing
    tells which row is meant, and all stays as it is.
    """
    found = {region: list(lines) for region, lines in texts.items()}
    ys = grid.ys
    crossing = [
        (region, line)
        for region, lines in texts.items()
        for line in lines
        if _crosses(line, ys[region.top]) or _crosses(line, ys[region.bottom])
    ]
    if 2 * len(crossing) > sum(map(len, texts.values())):
        return found
    owners: dict[Region, list[tuple[Region, PrintedLine]]] = {}
    for owner, line in crossing:
        for place in {grid.cells[row][owner.left] for row in _rows_around(grid, owner)}:
            if (place.left, place.right) == (owner.left, owner.right):
                owners.setdefault(place, []).append((owner, line))
    for region in sorted(owners, key=lambda place: (place.left, place.top)):
        pair = _pair(region, owners[region], ys[region.top], ys[region.bottom])
        own = [line for line in texts.get(region, ()) if (region, line) not in crossing]
        if pair and not own and all(line in found[owner] for owner, line in pair):
            for owner, line in pair:
                found[owner].remove(line)
                found.setdefault(region, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: line.base)
    return {region: lines for region, lines in found.items() if lines}


def _crosses(line: PrintedLine, border: float) -> bool:
    _, top, _, bottom = line.box
    least = CROSSED * line.size
    return top < border - least and border + least < bottom


def _rows_around(grid: Grid, region: Region) -> range:
    return range(max(0, region.top - 1), min(len(grid.cells), region.bottom + 1))


_Owned = tuple[Region, PrintedLine]


def _pair(region: Region, lines: Sequence[_Owned], top: float, bottom: float) -> list[_Owned]:
    """Return the two lines of words that stand out of a row on both sides, evenly."""
    above = [owned for owned in lines if _crosses(owned[1], top)]
    below = [owned for owned in lines if _crosses(owned[1], bottom)]
    fitting = [
        [upper, lower]
        for upper, lower in product(above, below)
        if not (_FIGURE.fullmatch(upper[1].text) or _FIGURE.fullmatch(lower[1].text))
        and LEADING[0] <= (lower[1].base - upper[1].base) / lower[1].size <= LEADING[1]
        and abs(_middle(upper[1]) + _middle(lower[1]) - top - bottom) <= 2 * CENTRED * lower[1].size
    ]
    return fitting[0] if len(fitting) == 1 else []


def _middle(line: PrintedLine) -> float:
    _, top, _, bottom = line.box
    return (top + bottom) / 2
