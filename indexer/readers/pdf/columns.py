"""Finds tables without vertical rulings: lines whose pieces stand below each other in columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from indexer.layout import Box
from indexer.lines import enumerator_level
from indexer.readers.pdf.entries import Entry, entry
from indexer.readers.pdf.fillins import parted
from indexer.readers.pdf.glyphs import PrintedLine
from indexer.readers.pdf.sheets import Sheet
from indexer.readers.pdf.wrapping import is_cut, may_go_on
from search.text import normalise, without_space

COLUMN_GAP: Final = 1.5
"""Ems that part the cells of a row; two full-width spaces within a heading are narrower."""
MIN_ROWS: Final = 3
"""Fewer lines with gaps are signatures, or heads side by side."""
MAX_PITCH: Final = 3.0
"""Ems between base lines, from which on lines are no rows of one table."""
LOOSE_GAP: Final = 1.0
"""Ems that part what may be cells, where no table is sure; padding takes as much at least."""
MAX_DECIMALS: Final = 2
"""Digits behind the point that a figure may lose to the next line."""
MAX_REST: Final = 6
"""Lines that the rest of a cell may take between two lines with cells."""
SHORT: Final = 0.5
"""Of the width of a block's lines, up to which a line may be the rest of a cell."""
FIGURES: Final = 0.5
"""Of the rows that must hold a figure behind their first cell."""
CROSSING: Final = 0.15
"""Of the rows that may cross the gap between two columns, as heads over several do."""
REACH: Final = 1.0
"""Ems that a piece must stand in a column beside its own to cover that too."""

_FIGURE = re.compile(r"[-−△]?\d[\d,.]*%?")


def with_columns(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine | Sheet]:
    """Yield the lines of a page in order, those that make a table put together to one."""
    block: list[PrintedLine] = []
    for line in lines:
        if block and line.base - block[-1].base > MAX_PITCH * line.size:
            yield from _read(block)
            block = []
        block.append(line)
    yield from _read(block)


def _read(block: Sequence[PrintedLine]) -> Iterator[PrintedLine | Sheet]:
    """Yield the lines of a block; from the first to the last that has cells they may be a table."""
    rows = [parted(line, COLUMN_GAP) for line in block]
    loose = _loose(block)
    start = 0
    while start < len(rows):
        end = _end(rows, start)
        sheet = _sheet(rows[start:end]) if end > start else None
        if sheet is not None:
            yield sheet
            start = end
        else:
            yield replace(block[start], loose=start in loose)
            start += 1


def _loose(block: Sequence[PrintedLine]) -> set[int]:
    """Return the lines that stand among columns, from the first to the last that has some.

    Columns have gaps below each other. Short lines between them are the rest of cells that wrap;
    a long one is a paragraph's.
    """
    if not block:
        return set()
    left, right = min(line.box[0] for line in block), max(line.box[2] for line in block)
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(block):
        if _has_columns(line):
            if run and index - run[-1] > 1 + MAX_REST:
                run = []
            run.append(index)
            if _has_gutter([block[n] for n in run]):
                found.update(range(run[0], index + 1))
        elif line.box[2] - line.box[0] > SHORT * (right - left):
            run = []
    return found


def _has_gutter(lines: Sequence[PrintedLine]) -> bool:
    """Return whether gaps of several lines have a place in common."""
    depth = 0
    for _, step in sorted(change for line in lines for change in _gaps(line)):
        depth += step
        if depth >= MIN_ROWS:
            return True
    return False


def _gaps(line: PrintedLine) -> Iterator[tuple[float, int]]:
    """Yield where gaps between the pieces of a line begin and end."""
    for one, other in pairwise(parted(line, LOOSE_GAP)):
        yield one.box[2], 1
        yield other.box[0], -1


def _has_columns(line: PrintedLine) -> bool:
    """Return whether a line has cells; an item behind its number and an entry of contents none."""
    pieces = parted(line, LOOSE_GAP)
    texts = [without_space(piece.text) for piece in pieces]
    entry_of_contents = len(pieces) == 2 and re.fullmatch(r"\d{1,3}", texts[-1])
    numbered = len(pieces) == 2 and enumerator_level(texts[0] + ".") > 0 and len(texts[0]) < 5
    heading = enumerator_level(texts[0]) == 1
    return len(pieces) > 1 and not (entry_of_contents or numbered or heading)


def _end(rows: Sequence[Sequence[PrintedLine]], start: int) -> int:
    """Return where the table ends that `start` may begin: behind the last row with cells.

    One wrapped line may stand between two rows.
    """
    if len(rows[start]) < 2:
        return start
    end = start + 1
    while end < len(rows):
        if len(rows[end]) > 1:
            end += 1
        elif end + 1 < len(rows) and len(rows[end + 1]) > 1:
            end += 2
        else:
            break
    return end


def _sheet(rows: Sequence[Sequence[PrintedLine]]) -> Sheet | None:
    """Return the rows as a table; None where their pieces stand in no columns."""
    full = [row for row in rows if len(row) > 1]
    counted = sum(any(_is_figure(piece) for piece in row[1:]) for row in full)
    if len(full) < MIN_ROWS or counted < FIGURES * len(full):
        return None
    edges = _gutters(full)
    if len(edges) < 3:
        return None
    printed = []
    for row in rows:
        cells: list[list[PrintedLine]] = [[] for _ in edges[1:]]
        for piece in row:
            cells[_column(piece, edges)].append(piece)
        if any(len(cell) > 1 for cell in cells):
            return None
        printed.append(_row(cells, edges))
    if any(map(_tears, printed, printed[1:])):
        return None
    boxes = [piece.box for row in rows for piece in row]
    box: Box = (edges[0], min(b[1] for b in boxes), edges[-1], max(b[3] for b in boxes))
    return Sheet(box, tuple(edges), tuple(printed))


def _row(cells: Sequence[Sequence[PrintedLine]], edges: Sequence[float]) -> tuple[Entry, ...]:
    """Return a row of one piece a column at most; a piece covers blank columns that it reaches.

    So heads stand over several columns.
    """
    boxes = [piece.box for cell in cells for piece in cell]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    row: list[Entry] = []
    while (column := len(row)) < len(cells):
        home = next((c for c in range(column, len(cells)) if cells[c]), column)
        text, end = Entry(), column + 1
        if cells[home]:
            piece = cells[home][0]
            reach = REACH * piece.size
            if home == column or piece.box[0] + reach < edges[column + 1]:
                text, end = entry([piece], 0.0), home + 1
                while end < len(cells) and not cells[end] and piece.box[2] - reach > edges[end]:
                    end += 1
        place: Box = (edges[column], top, edges[end], bottom)
        row.append(text._replace(across=end - column, cell=place))
        row.extend([Entry(covered=True)] * (end - column - 1))
    return tuple(row)


def _tears(above: Sequence[Entry], row: Sequence[Entry]) -> bool:
    """Return whether figures wrap from row to row: 782.9 above 4, or 1,95 alone.

    Without rulings nothing tells then which lines are one row.
    """
    return any(
        is_cut(cell.text) or may_go_on(cell.text, rest.text)
        for cell, rest in zip(above, row, strict=True)
        if len(rest.text) <= MAX_DECIMALS
    )


def _is_figure(piece: PrintedLine) -> bool:
    return _FIGURE.fullmatch(normalise(piece.text)) is not None


def _gutters(rows: Sequence[Sequence[PrintedLine]]) -> list[float]:
    """Return the edges of the columns: the middles of the gaps that hardly a row crosses."""
    changes = sorted(
        change
        for row in rows
        for piece in row
        for change in ((piece.box[0], 1), (piece.box[2], -1))
    )
    edges, depth, limit = [changes[0][0]], 0, CROSSING * len(rows)
    low: float | None = None
    for x, step in changes:
        if step > 0 and depth <= limit < depth + step and low is not None:
            edges.append((low + x) / 2)
            low = None
        depth += step
        if step < 0 and depth <= limit < depth - step:
            low = x
    return [*edges, changes[-1][0]]


def _column(piece: PrintedLine, edges: Sequence[float]) -> int:
    """Return the column of a piece: where most of it stands, the first where it spans several."""
    x0, _, x1, _ = piece.box
    common = [min(x1, b) - max(x0, a) for a, b in pairwise(edges)]
    spanned = [i for i, c in enumerate(common) if c > 0.5 * (edges[i + 1] - edges[i])]
    return spanned[0] if len(spanned) > 1 else common.index(max(common))
