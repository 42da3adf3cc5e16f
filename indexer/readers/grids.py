"""Prints grids of cells with spans: which of their rows are lines of text, which a table's rows.

Spreadsheets, and tables that were pasted from them, print title, department, unit and notes in
rows of the grid itself; a text file prints these as lines above and below it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from indexer import lines as kinds
from indexer.layout import Fragment, LayoutWriter, Line, Piece
from indexer.tables.headers import is_header_row
from indexer.tables.heads import are_heads
from search.amounts import parse_cell
from search.text import without_space

MIN_TEXT_CELL: Final = 60
"""A longer cell, or several lines in one, is text: a grid of such cells serves the layout."""

_FUSED = re.compile(r"(?<=\d)[ \t\xa0]*\n\s*(?=\d)")
_ENTRY = re.compile(r"(?P<title>.*\S)(?:\s{3,}|\s*\t\s*)(?P<page>\d{1,4})")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text (line breaks kept), and how many columns and rows it covers.

    Blanks beside and below a merged cell are cells of their own, `covered` and without text.
    """

    text: str = ""
    across: int = 1
    down: int = 1
    covered: bool = False


Row = Sequence[GridCell]
COVERED: Final = GridCell(covered=True)


def with_heights(rows: Sequence[Row], carried: Set[tuple[int, int]]) -> list[list[GridCell]]:
    """Return the rows, each cell as high as it is carried on below.

    `carried` are row and column of the cells that carry on the cell above them.
    """
    high = [list(row) for row in rows]
    for number, row in enumerate(high):
        for column, cell in enumerate(row):
            down = 1
            while (number + down, column) in carried:
                down += 1
            if down > 1 and not cell.covered:
                row[column] = replace(cell, down=down)
    return high


def print_paragraph(text: str, writer: LayoutWriter, heading: int = 0) -> None:
    """Print a paragraph's lines, set apart; an entry of a table of contents as its two cells.

    Tabs part heads (部门名称 … 单位) into lines and figures into cells; elsewhere they are space.
    """
    writer.blank()
    for line in text.split("\n"):
        entry = _ENTRY.fullmatch(line.strip())
        parts = [part.strip() for part in line.split("\t") if part.strip()]
        if entry:
            writer.line(" ".join(entry["title"].split()), entry["page"])
        elif len(parts) > 1 and any(kinds.is_apparatus(_line(part)) for part in parts):
            for part in parts:
                writer.line(part)
        elif len(parts) > 2 and any(map(_is_figure, parts)):
            writer.line(*parts)
        elif parts:
            writer.line(" ".join(parts), heading=heading)
    writer.blank()


def print_grid(rows: Sequence[Row], writer: LayoutWriter, sheet: str | None = None) -> None:
    """Print the rows of a grid; `sheet` is the name of the sheet that the grid fills.

    On a sheet, rows of one cell above a table are text even where they are not merged, and the
    sheet's name is its title where it prints none of its own.
    """
    titled = False
    for is_table, numbers in _Grid(rows, sheet).parts():
        lines = [rows[number] for number in numbers]
        if not is_table:
            titled = titled or _names(lines)
            for cell in (cell for row in lines for cell in row if cell.text):
                print_paragraph(cell.text, writer)
            continue
        if sheet is not None and not titled:
            print_paragraph(sheet, writer)
        writer.blank()
        for cells in _fitted(lines, numbers):
            writer.line(*cells)
        writer.blank()
        titled = False


def is_layout(rows: Sequence[Row], *, nested: bool = False) -> bool:
    """Return whether a grid only places text on a page: paragraphs or `nested` tables, no figures.

    So does a grid of one column, whatever it holds.
    """
    cells = [cell for row in rows for cell in row if cell.text]
    several = [row for row in rows if len(_texts(row)) > 1]
    if not several:
        return nested or all(len(row) <= 1 for row in rows)
    if any(_is_figure(cell.text) for cell in cells):
        return False
    return nested or (
        len(several) == 1
        and any(len(cell.text) > MIN_TEXT_CELL and "\n" in cell.text for cell in cells)
    )


def _names(rows: Sequence[Row]) -> bool:
    """Return whether one of the lines is more than unit, number or department."""
    lines = [_line(cell.text) for row in rows for cell in row if cell.text]
    return any(not kinds.is_apparatus(line) and not kinds.is_note(line) for line in lines)


def _line(text: str) -> Line:
    return Line(0, 0, 0, (Fragment(text, 0, len(text)),))


def _is_figure(text: str) -> bool:
    return parse_cell(without_space(text)) is not None


def _fitted(rows: Sequence[Row], numbers: Sequence[int]) -> Iterator[list[Piece]]:
    """Yield the cells of a table's rows, without blank edges and columns that only spans have.

    `numbers` are the places of the rows in the grid: a cell may cover rows that are not printed.
    """
    filled = {column for row in rows for column, cell in enumerate(row) if cell.text}
    ends = {column + cell.across for row in rows for column, cell in enumerate(row) if cell.text}
    edges = range(min(filled), max(ends))
    inner = [
        column
        for column in edges
        if column in filled
        or not all(column < len(row) and _is_span(row[column]) for row in rows if _texts(row))
    ]
    for place, row in enumerate(rows):
        yield [
            Piece(
                _joined(row[column].text),
                across=bisect_left(inner, column + row[column].across) - index,
                down=bisect_left(numbers, numbers[place] + row[column].down) - place,
                covered=row[column].covered,
            )
            for index, column in enumerate(inner)
            if column < len(row)
        ]


def _is_span(cell: GridCell) -> bool:
    return cell.covered or cell.across > 1 or cell.down > 1


def _joined(text: str) -> str:
    """Return a cell's lines as one; a break between digits stays visible: 12 and 13, not 1213."""
    return _FUSED.sub(" / ", text.strip())


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row if cell.text]


@dataclass(slots=True)
class _Grid:
    """A grid being parted into tables and lines of text."""

    rows: Sequence[Row]
    sheet: str | None
    width: int = field(init=False)

    def __post_init__(self) -> None:
        ends = (
            column + cell.across
            for row in self.rows
            for column, cell in enumerate(row)
            if cell.text
        )
        self.width = max(ends, default=0)

    def parts(self) -> Iterator[tuple[bool, list[int]]]:
        """Yield the numbers of runs of rows, each with whether it is a table; no blank rows."""
        table: list[int] = []
        gap = False
        for index, row in enumerate(self.rows):
            texts = _texts(row)
            if not texts:
                gap = bool(table)
                continue
            text = self._is_text(index, gap, bool(table))
            anew = gap and self.sheet is not None and is_header_row(texts)
            if table and (text or anew):
                yield True, table
                table = []
            if text:
                yield False, [index]
            else:
                table.append(index)
            gap = False
        if table:
            yield True, table

    def _is_text(self, index: int, gap: bool, in_table: bool) -> bool:
        row = self.rows[index]
        if _is_heads(row):
            return True
        texts = _texts(row)
        if len(texts) > 1:
            return False
        line = _line(texts[0])
        if kinds.is_note(line):
            return True
        column = next(c for c, cell in enumerate(row) if cell.text)
        wide = row[column].across >= max(2, self.width - 1) or self.width == 1
        below = next((r for r in self.rows[index + 1 :] if _texts(r)), None)
        named = len(texts[0]) <= kinds.MAX_TITLE and (
            "表" in texts[0] or kinds.ends_with_year(kinds.squeezed(line))
        )
        heads = below is not None and _is_heads(below)
        if in_table:
            last = below is None or heads or not self._has_more(index + 1)
            ended = wide or gap or kinds.ends_sentence(line)
            return (named and (wide or (self.sheet is not None and (gap or heads)))) or (
                last and ended
            )
        if self.sheet is None or (not wide and self._is_group(index)):
            return wide or named
        # A lone head right of a blank corner is the first row of a header.
        corner = column > 0 and not wide and not named and below is not None
        return not (corner and below is not None and len(_texts(below)) > 1 and not heads)

    def _is_group(self, index: int) -> bool:
        """Return whether a lone cell stands right between the unit and a table's cells."""
        above, below = self.rows[max(0, index - 1)], self.rows[index + 1 : index + 2]
        units = any(kinds.unit(_line(text)) for text in _texts(above))
        return units and any(len(_texts(row)) > 1 and not _is_heads(row) for row in below)

    def _has_more(self, index: int) -> bool:
        """Return whether the table goes on below: a row of several cells before the next heads."""
        for row in self.rows[index:]:
            if _is_heads(row):
                return False
            if len(_texts(row)) > 1:
                return True
        return False


def _is_heads(row: Row) -> bool:
    """Return whether the row prints what stands above a table."""
    return are_heads(_texts(row))


def raised(before: str, text: str) -> str:
    """Return raised text as it joins what is before: a mark behind a figure is no digit of it."""
    return f"[{text}]" if before[-1:].isdigit() and text[:1].isdigit() else text
