"""Tables of a page as they are printed: rows of entries, each with its text and place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.layout import Box
from indexer.lines import enumerator_level
from indexer.readers.pdf.glyphs import Glyph, PrintedLine, figures, printed_lines
from indexer.readers.pdf.overflow import regrouped
from indexer.readers.pdf.rulings import Grid, Region
from search.text import normalise

MIN_COLUMN: Final = 6.0
"""Points: a narrower column without text comes of borders that miss each other."""
SAME_EDGE: Final = 4.0
"""Points that the edges of a column may differ from page to page."""
PADDING: Final = 11.0
"""Points that a cell keeps free inside both its borders together; word processors take most."""
APART: Final = 0.6
"""Ems between the base lines of two lines of a cell; nearer ones are printed over each other."""
CODES: Final = frozenset({5, 7, *range(8, 20)})
"""Digits of account codes (款, 项), of dates and of the times that forms are stamped with."""
LONGEST_CODE: Final = 7
"""Digits of the account code of a 项, which nothing carries on."""

_FRACTION = re.compile(r"[-−－]?[\d,，]*[.．]\d+")
_WHOLE = re.compile(r"[-−－]?[\d,，]*[.．]\d\d+")
_SOUND = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?%?")
"""A figure as it should be printed, its thousands parted in threes or not at all."""
_CLINGING = "%％.．,，。、；：）)"
"""Signs that no line begins with: they cling to what stands before them."""
_FIGURE = re.compile(r"[-−－]?[\d,，.．]*\d%?")


class Entry(NamedTuple):
    """The text of a cell and the box around its ink; a merged cell's rest has no text.

    `room` is the width left free behind the last of its `lines`, `ocr` the lowest confidence of
    its recognised glyphs.
    """

    text: str = ""
    box: Box | None = None
    room: float = 0.0
    lines: int = 0
    ocr: float | None = None

    def followed(self, rest: "Entry") -> "Entry":
        """Return the entry with its rest from the next page, placed where it began."""
        shares = [share for share in (self.ocr, rest.ocr) if share is not None]
        return Entry(self.text + rest.text, self.box, ocr=min(shares, default=None))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on one page; `xs` are the edges of its columns."""

    box: Box
    xs: tuple[float, ...]
    rows: tuple[tuple[Entry, ...], ...]

    def torn_from(self, above: Sequence[Entry]) -> bool:
        """Return whether the first row is the rest of the row `above`, torn by a page break.

        Then it prints nothing but the rest of words and figures, below cells whose last line was
        full. A single line may fill its cell because the column was made for it; where nothing in
        the column wraps only heads are joined, as a figure would get two labels.
        """
        if len(above) != len(self.xs) - 1:
            return False
        pairs = list(zip(above, self.rows[0], strict=True))
        heads = not any(_FIGURE.fullmatch(entry.text) for entry in above)
        wraps = [any(row[i].lines > 1 for row in self.rows) for i in range(len(pairs))]
        parted = any(entry.text and not own.text for entry, own in pairs)
        torn = any(is_torn(entry.text, own.text) for entry, own in pairs)
        return all(
            entry.text
            and own.box is not None
            and entry.room < own.box[3] - own.box[1]
            and (
                _goes_on(entry.text, own.text)
                if re.search(r"\d", own.text)
                else _is_rest(own.text)
                and (torn or wraps[column] or (parted and (heads or entry.lines > 1)))
            )
            for column, (entry, own) in enumerate(pairs)
            if own.text
        )

    def fitted(self, xs: Sequence[float]) -> "Sheet":
        """Return the sheet with its columns at those of the table it continues, where it can.

        A page may lack edges that merged cells elsewhere in the table have; a sheet with other
        edges of its own stays as it is.
        """
        places = [next((i for i, x in enumerate(xs) if abs(x - own) <= SAME_EDGE), None)
                  for own in self.xs]  # fmt: skip
        if len(self.xs) >= len(xs) or None in places or places[0] != 0:
            return self
        at = [place for place in places if place is not None]
        if at[-1] != len(xs) - 1:
            return self
        rows = []
        for row in self.rows:
            wide = [Entry()] * (len(xs) - 1)
            for entry, place in zip(row, at, strict=False):
                wide[place] = entry
            rows.append(tuple(wide))
        return Sheet(self.box, tuple(xs), tuple(rows))


def _is_rest(text: str) -> bool:
    """Return whether words may carry on others: no new item, no head of a field."""
    return not enumerator_level(normalise(text)) and text[-1] not in "：:"


def is_torn(text: str, rest: str) -> bool:
    """Return whether two texts are one figure, torn: the first is none without the second.

    So are decimals that digits alone follow; figures of a new row have decimals of their own.
    """
    torn = is_cut(text) or (_FRACTION.fullmatch(text) and rest.isdecimal())
    return bool(torn) and _SOUND.fullmatch(text + rest) is not None


def _goes_on(text: str, rest: str) -> bool:
    """Return whether digits carry on others, as those of a torn figure or code do."""
    return is_torn(text, rest) or _is_code(text, rest)


def _is_code(text: str, rest: str) -> bool:
    """Return whether digits and those below them may be one code or date: not two codes."""
    whole = text + rest
    full = LONGEST_CODE in {len(text), len(rest)}
    return whole.isdecimal() and len(whole) in CODES and not full


def is_cut(text: str) -> bool:
    """Return whether a figure is none as it stands: 1,23 or 1,234. lacks its end."""
    return re.fullmatch(r"[-−－\d,，.．]*\d[\d,，.．]*", text) is not None and not _SOUND.fullmatch(
        text
    )


def ruled_sheet(grid: Grid, glyphs: Iterable[Glyph]) -> Sheet:
    """Return the table in a grid; `glyphs` are those inside its frame, in drawing order."""
    inside: dict[Region, list[Glyph]] = {}
    for figure in figures(glyphs):
        # A figure too long for its cell still is one, and stands where most of it does.
        region = grid.at(*figure[len(figure) // 2].middle)
        if region is not None:
            inside.setdefault(region, []).extend(figure)
    texts = regrouped(grid, {region: printed_lines(found) for region, found in inside.items()})
    kept = _kept_columns(grid, texts)
    rows: list[tuple[Entry, ...]] = []
    for number in range(len(grid.ys) - 1):
        starts = {
            region.left: (lines, grid.xs[region.right] - grid.xs[region.left])
            for region, lines in texts.items()
            if region.top == number
        }
        alone = all(region.bottom == number + 1 for region in set(grid.cells[number]))
        for part in _parted(starts) if alone else [starts]:
            row = [Entry()] * (len(kept) - 1)
            for left, (lines, width) in part.items():
                row[bisect_right(kept, left) - 1] = entry(lines, width)
            rows.append(tuple(row))
    printed = tuple(row for row in rows if any(item.text for item in row))
    return Sheet(grid.box, tuple(grid.xs[column] for column in kept), printed)


_Cells = dict[int, tuple[list[PrintedLine], float]]
"""The lines and the width of the cells of a row, by column."""


def _kept_columns(grid: Grid, texts: dict[Region, list[PrintedLine]]) -> list[int]:
    """Return the edges that bound columns, without those of empty slivers."""
    begun = {region.left for region in texts}
    last = len(grid.xs) - 1
    kept = [0]
    for edge in range(1, last):
        sliver = edge not in begun and grid.xs[edge + 1] - grid.xs[edge] < MIN_COLUMN
        before = (edge - 1) not in begun and grid.xs[edge] - grid.xs[edge - 1] < MIN_COLUMN
        if not sliver and not (before and edge - 1 == 0):
            kept.append(edge)
    return [*kept, last]


def entry(lines: Sequence[PrintedLine], width: float) -> Entry:
    """Return the lines of a cell as one text; `width` is the cell's own, to tell wrapped words."""
    if not lines:
        return Entry()
    text = lines[0].text
    for above, line in pairwise(lines):
        wrapped = _is_wrapped(above, line, width)
        words = above.text[-1].isascii() and line.text[0].isascii()
        text += (" " if words and not wrapped else "") + line.text
    boxes = [line.box for line in lines]
    room = width - PADDING - (boxes[-1][2] - boxes[-1][0])
    ocr = min((share for line in lines for share in line.ocr or ()), default=None)
    return Entry(text, (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    ), room, len(lines), ocr)  # fmt: skip


def _is_wrapped(above: PrintedLine, line: PrintedLine, width: float) -> bool:
    """Return whether what begins the line found no room at the end of the line above.

    Below a figure with its decimals digits alone are more of them, a second point is another
    figure's. Whole numbers below each other are one only as a code or a date and time. What is
    printed over a line is no part of it.
    """
    if line.base - above.base < APART * line.size:
        return False
    if _WHOLE.fullmatch(above.text) and not line.text.isdecimal():
        return False
    if (above.text + line.text).isdecimal() and not _is_code(above.text, line.text):
        return False
    text = "".join(glyph.text[:1] for glyph in line.glyphs)
    last = line.glyphs[len(text[1:]) - len(text[1:].lstrip(_CLINGING))]
    return above.box[2] - above.box[0] + last.x1 - line.glyphs[0].x0 > width - PADDING


def _parted(cells: _Cells) -> list[_Cells]:
    """Return the rows that stand in one row of a grid whose rows have no rulings between them.

    So it is where cells hold several figures one below the other, at the same heights.
    """
    columns = [
        lines
        for lines, width in cells.values()
        if all(_FIGURE.fullmatch(line.text) for line in lines)
        and not any(_is_wrapped(*pair, width) for pair in pairwise(lines))
    ]
    longest = max(columns, key=len, default=[])
    if len(longest) < 2 or sum(len(lines) > 1 for lines in columns) < 2:
        return [cells]
    bases = _heights(columns)
    parts: list[_Cells] = [{} for _ in bases]
    for column, (lines, width) in cells.items():
        for line in lines:
            near = min(range(len(bases)), key=lambda i: abs(bases[i] - line.base))
            parts[near].setdefault(column, ([], width))[0].append(line)
    return parts


def _heights(columns: Iterable[Sequence[PrintedLine]]) -> list[float]:
    """Return the base lines on which figures stand in any of the columns."""
    found: list[float] = []
    for line in sorted((line for lines in columns for line in lines), key=lambda line: line.base):
        if not found or line.base - found[-1] > line.size / 2:
            found.append(line.base)
    return found
