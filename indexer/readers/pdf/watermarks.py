"""Tells watermarks from text: faint words that are printed over other words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import dist
from typing import Final

from pdfminer.utils import Point

from indexer.layout import Box
from indexer.readers.pdf.boxes import holds
from indexer.readers.pdf.marks import Mark

BESIDE: Final = 2.0
"""Ems between glyphs of one watermark; letters are set wide apart."""
CELL: Final = 40.0
"""Points of the squares by which glyphs are looked up."""

_Squares = dict[tuple[int, int], list[Point]]


def without_watermarks(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks without faint words that stand over others, wherever they are repeated.

    Faint words that stand by themselves are read: a note may be set in grey.
    """
    runs = list(_runs(mark for mark in marks if mark.faint))
    if not runs:
        return list(marks)
    squares: _Squares = defaultdict(list)
    for mark in marks:
        if not mark.faint:
            x, y = mark.middle
            squares[int(x // CELL), int(y // CELL)].append((x, y))
    over = {_text(run) for run in runs if any(_is_over(mark, squares) for mark in run)}
    dropped = {id(mark) for run in runs if _text(run) in over for mark in run}
    return [mark for mark in marks if id(mark) not in dropped]


def _runs(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """Yield faint marks that were drawn one after the other, side by side."""
    run: list[Mark] = []
    for mark in marks:
        if run and dist(run[-1].middle, mark.middle) > (1 + BESIDE) * mark.size:
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _text(run: Sequence[Mark]) -> str:
    return "".join(mark.text for mark in run)


def _is_over(mark: Mark, squares: _Squares) -> bool:
    """Return whether the middle of another glyph lies within the em of a faint one."""
    x, y = mark.middle
    half = mark.size / 2
    box: Box = (x - half, y - half, x + half, y + half)
    columns = range(int(box[0] // CELL), int(box[2] // CELL) + 1)
    rows = range(int(box[1] // CELL), int(box[3] // CELL) + 1)
    return any(
        holds(box, point)
        for column in columns
        for row in rows
        for point in squares.get((column, row), ())
    )
