"""A table as printed, ready to be set: heads merged, figures known, the cited cells marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.model import GridCell, GridLine, Table
from web.heads import HeadCell, of_lines
from web.place import Place

LONG: Final = 12
"""Characters; forms print what is longer over several columns, and such text needs the room."""

_NUMBER = re.compile(r"[-−－]?[0-9][0-9,，]*(?:\.[0-9]+)?[%％]?")


@dataclass(frozen=True, slots=True)
class BodyCell:
    """A cell below the heads; `first` is where a reader sent to the cited place arrives."""

    text: str
    figure: bool
    columns: int = 1
    pen: Literal["", "clause", "figure"] = ""
    first: bool = False
    record: str = ""
    number: int = 0
    """The row whose cell `number` it is, where it holds a figure that can be cited."""
    differs: bool = False
    """Whether it is one of the figures that a contradiction is about."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Head lines and body lines of a table."""

    heads: list[list[HeadCell]]
    body: list[list[BodyCell]]


def grid(table: Table, place: Place | None, differing: frozenset[int] = frozenset()) -> Grid:
    """Return a table's lines as printed, without the columns at its right that are all blank.

    `differing` is where figures begin that contradict others.
    """
    width = max((_width(line) for line in table.grid), default=0)
    heads = [line for line in table.grid if line.header]
    return Grid(
        heads=of_lines([_padded([cell.text for cell in line.cells], width) for line in heads]),
        body=list(_body(table, place, width, differing)),
    )


def _width(line: GridLine) -> int:
    return max((n for n, cell in enumerate(line.cells, start=1) if cell.text), default=0)


def _padded(texts: list[str], width: int) -> list[str]:
    return (texts + [""] * width)[:width]


def _body(
    table: Table, place: Place | None, width: int, differing: frozenset[int]
) -> Iterator[list[BodyCell]]:
    figures = {
        cell.locator.char_start: (row.id, number)
        for row in table.rows
        for number, cell in enumerate(row.cells)
        if cell.locator is not None and (cell.value is not None or cell.state == "dash")
    }
    form = not any(line.header for line in table.grid)
    arrived = False
    for line in table.grid:
        if line.header:
            continue
        cells: list[BodyCell] = []
        for cell in line.cells[:width]:
            known = cell.char_start in figures
            figure = known if table.rows else bool(_NUMBER.fullmatch(cell.text))
            pen = _pen(cell, place, figure=figure)
            first = bool(pen) and not arrived
            record, number = figures.get(cell.char_start, ("", 0))
            differs = figure and cell.char_start in differing
            cells.append(
                BodyCell(
                    cell.text,
                    figure,
                    pen=pen,
                    first=first,
                    record=record,
                    number=number,
                    differs=differs,
                )
            )
            arrived = arrived or first
        cells += [BodyCell("", figure=False)] * (width - len(cells))
        yield _spread(cells) if form else cells


def _pen(cell: GridCell, place: Place | None, *, figure: bool) -> Literal["", "clause", "figure"]:
    """Return how a cell is marked: the cited figure strongly, the rest of its row faintly."""
    if place is None or not cell.text or not place.holds(cell.char_start, cell.char_end):
        return ""
    cited = place.figure is None or place.figure.char_start == cell.char_start
    return "figure" if figure and cited else "clause"


def _spread(cells: list[BodyCell]) -> list[BodyCell]:
    """Return a form's line with long text, and its last text, over the blanks that follow."""
    spread: list[BodyCell] = []
    last = max((n for n, cell in enumerate(cells) if cell.text), default=0)
    for number, cell in enumerate(cells):
        before = spread[-1] if spread else BodyCell("", figure=False)
        ended = number > last and before.text and not before.figure
        if not cell.text and (ended or len(before.text) >= LONG):
            spread[-1] = replace(before, columns=before.columns + 1)
        else:
            spread.append(cell)
    return spread
