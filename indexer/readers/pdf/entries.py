"""Texts of cells: the lines of one put together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.layout import Box
from indexer.lines import enumerator_level
from indexer.readers.pdf.glyphs import PrintedLine
from indexer.readers.pdf.wrapping import NONE, Neighbours, is_numeric, is_one
from search.text import normalise

PADDING: Final = 11.0
"""Points that a cell keeps free inside both its borders together; word processors take most."""
APART: Final = 0.6
"""Ems between the base lines of two lines of a cell; nearer ones are printed over each other."""
ITEM_LEVEL: Final = 4
"""Of enumerators in digits, which would lengthen a figure that ends the line above."""

_CLINGING = "%％.．,，。、；：）)"
"""Signs that no line begins with: they cling to what stands before them."""


class Entry(NamedTuple):
    """The text of a cell and the box around its ink; a merged cell's rest has no text.

    `room` is the width left free behind the last of its `lines`, `ocr` the lowest confidence of
    its recognised glyphs. `across`, `down`, `cell` and `covered` are as of `Fragment`.
    """

    text: str = ""
    box: Box | None = None
    room: float = 0.0
    lines: int = 0
    ocr: float | None = None
    across: int = 1
    down: int = 1
    cell: Box | None = None
    covered: bool = False

    def followed(self, rest: "Entry") -> "Entry":
        """Return the entry with its rest from the next page, placed where it began."""
        shares = [share for share in (self.ocr, rest.ocr) if share is not None]
        ocr = min(shares, default=None)
        return self._replace(text=self.text + rest.text, room=0.0, lines=0, ocr=ocr)


def entry(
    lines: Sequence[PrintedLine],
    width: float,
    column: Neighbours = NONE,
    *,
    single: bool = True,
) -> Entry:
    """Return the lines of a cell as one text; `width` is the cell's own, to tell wrapped words.

    `column` is what stands above and below; `single` tells that no words of its row take
    several lines. Figures below each other that may be one or several stay apart.
    """
    if not lines:
        return Entry()
    text = lines[0].text
    figures = are_numeric(lines)
    one = figures and is_broken(lines, width, column, single=single)
    for above, line in pairwise(lines):
        wrapped = one if figures else is_full(above, line, width) and not _is_item(line)
        words = above.text[-1].isascii() and line.text[0].isascii()
        gap = " / " if figures and not above.text[-1].isalnum() else " "
        text += (gap if (words or figures) and not wrapped else "") + line.text
    boxes = [line.box for line in lines]
    room = width - PADDING - (boxes[-1][2] - boxes[-1][0])
    ocr = min((share for line in lines for share in line.ocr or ()), default=None)
    return Entry(text, (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    ), room, len(lines), ocr)  # fmt: skip


def are_numeric(lines: Sequence[PrintedLine]) -> bool:
    """Return whether the lines of a cell print figures or parts of figures alone."""
    digits = any(any(map(str.isdigit, line.text)) for line in lines)
    return digits and all(is_numeric(line.text) for line in lines)


def is_broken(
    lines: Sequence[PrintedLine], width: float, column: Neighbours, *, single: bool
) -> bool:
    """Return whether the figures of a cell are surely one, broken where the cell was full."""
    full = all(is_full(above, line, width) for above, line in pairwise(lines))
    return full and is_one([line.text for line in lines], column, single=single)


def have_room(lines: Sequence[PrintedLine], width: float) -> bool:
    """Return whether a line of a cell ends with room for what begins the next."""
    return any(
        line.base - above.base >= APART * line.size and not is_full(above, line, width)
        for above, line in pairwise(lines)
    )


def is_full(above: PrintedLine, line: PrintedLine, width: float) -> bool:
    """Return whether what begins the line found no room at the end of the line above.

    What is printed over a line is no part of it.
    """
    if line.base - above.base < APART * line.size:
        return False
    text = "".join(glyph.text[:1] for glyph in line.glyphs)
    last = line.glyphs[len(text[1:]) - len(text[1:].lstrip(_CLINGING))]
    return above.box[2] - above.box[0] + last.x1 - line.glyphs[0].x0 > width - PADDING


def _is_item(line: PrintedLine) -> bool:
    """Return whether a line of words begins with a number of its own: 2. or 2、 or (2)."""
    return enumerator_level(normalise(line.text)) >= ITEM_LEVEL
