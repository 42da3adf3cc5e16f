"""Tables of a page as they are printed: rows of entries, each with its text and place."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.layout import Box
from indexer.lines import enumerator_level
from indexer.readers.pdf.edges import Edges, columns_of
from indexer.readers.pdf.entries import Entry, are_numeric, entry
from indexer.readers.pdf.glyphs import Glyph, figures, printed_lines
from indexer.readers.pdf.overflow import regrouped
from indexer.readers.pdf.records import Cell, Surroundings, records
from indexer.readers.pdf.rulings import Grid, Region
from indexer.readers.pdf.wrapping import Neighbours, is_numeric, is_one, neighbours
from search.text import normalise

SAME_EDGE: Final = 4.0
"""Points that the edges of a column may differ from page to page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on one page; `xs` are the edges of its columns."""

    box: Box
    xs: tuple[float, ...]
    rows: tuple[tuple[Entry, ...], ...]

    def torn_from(self, above: "Sheet", row: Sequence[Entry]) -> bool:
        """Return whether the first row is the rest of the last of the sheet `above`.

        Then it prints nothing but the rest of words and figures, below cells whose last line was
        full. A single line may fill its cell because the column was made for it; where nothing in
        the column wraps only heads are joined, as a figure would get two labels.
        """
        if len(row) != len(self.xs) - 1:
            return False
        pairs = list(zip(row, self.rows[0], strict=True))
        heads = not any(is_numeric(entry.text) for entry in row)
        wraps = [any(other[i].lines > 1 for other in self.rows) for i in range(len(pairs))]
        parted = any(entry.text and not own.text for entry, own in pairs)
        numbers = [is_numeric(entry.text) and is_numeric(own.text) for entry, own in pairs]
        joined = [
            number and is_one([e.text, own.text], self._beside(above, column), single=False)
            for column, (number, (e, own)) in enumerate(zip(numbers, pairs, strict=True))
        ]
        return all(
            entry.text
            and own.box is not None
            and entry.room < own.box[3] - own.box[1]
            and (
                joined[column]
                if re.search(r"\d", own.text)
                else _is_rest(own.text)
                and (any(joined) or wraps[column] or (parted and (heads or entry.lines > 1)))
            )
            for column, (entry, own) in enumerate(pairs)
            if own.text
        )

    def _beside(self, above: "Sheet", column: int) -> Neighbours:
        """Return what the rows around the page break print in a column."""
        rows = [*above.rows[:-1], *self.rows[1:]]
        same = len(above.xs) == len(self.xs)
        printed = [row for row in rows if same or len(row) == len(self.xs) - 1]
        elsewhere = [item.text for row in printed for item in row]
        return neighbours([row[column].text for row in printed], elsewhere)

    def without_blanks(self) -> "Sheet":
        """Return the sheet without the columns that print nothing in any row."""
        filled = [n for n in range(len(self.xs) - 1) if any(row[n].text for row in self.rows)]
        rows = []
        for row in self.rows:
            kept = []
            for column in filled:
                item = row[column]
                across = bisect_left(filled, column + item.across) - bisect_left(filled, column)
                kept.append(item._replace(across=across))
            rows.append(tuple(kept))
        return Sheet(self.box, (*(self.xs[n] for n in filled), self.xs[-1]), tuple(rows))

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
            wide = [Entry(covered=True)] * (len(xs) - 1)
            for column, own in enumerate(row):
                across = at[column + own.across] - at[column]
                wide[at[column]] = own._replace(across=across)
            rows.append(tuple(wide))
        return Sheet(self.box, tuple(xs), tuple(rows))


def _is_rest(text: str) -> bool:
    """Return whether words may carry on others: no new item, no head of a field."""
    return not enumerator_level(normalise(text)) and text[-1] not in "：:"


def ruled_sheet(grid: Grid, glyphs: Iterable[Glyph]) -> Sheet:
    """Return the table in a grid; `glyphs` are those inside its frame, in drawing order."""
    inside: dict[Region, list[Glyph]] = {}
    for figure in figures(glyphs):
        # A figure too long for its cell still is one, and stands where most of it does.
        region = grid.at(*figure[len(figure) // 2].middle)
        if region is not None:
            inside.setdefault(region, []).extend(figure)
    texts = regrouped(grid, {region: printed_lines(found) for region, found in inside.items()})
    edges = columns_of(grid, texts)
    around = Surroundings(texts)
    rows: list[tuple[int, list[Entry]]] = []
    for number in range(len(grid.ys) - 1):
        cells = {
            region: Cell(lines, grid.xs[region.right] - grid.xs[region.left], around.of(region))
            for region, lines in texts.items()
            if region.top == number
        }
        alone = all(region.bottom == number + 1 for region in set(grid.cells[number]))
        blanks = _blanks(grid, number, edges)
        for part in records(cells) if alone else [cells]:
            row = list(blanks)
            single = not any(len(c.lines) > 1 for c in part.values() if not are_numeric(c.lines))
            for region, cell in part.items():
                text = entry(cell.lines, cell.width, cell.column, single=single)
                column = edges.numbers[region.left]
                row[column] = _filled(row[column], text)
            if any(item.text for item in row):
                rows.append((number, row))
    numbers = [number for number, _ in rows]
    printed = tuple(_low(row, number, numbers) for number, row in rows)
    return Sheet(grid.box, edges.xs, printed)


def _blanks(grid: Grid, number: int, edges: Edges) -> list[Entry]:
    """Return the cells of a row of a grid without their texts."""
    row = [Entry(covered=True)] * (len(edges.xs) - 1)
    for region in set(grid.cells[number]):
        across = edges.numbers[region.right] - edges.numbers[region.left]
        if across and region.top == number:
            down = region.bottom - region.top
            place = grid.place(region)
            row[edges.numbers[region.left]] = Entry(across=across, down=down, cell=place)
    return row


def _filled(blank: Entry, text: Entry) -> Entry:
    """Return the text in its cell."""
    return text._replace(across=blank.across, down=blank.down, cell=blank.cell)


def _low(row: Iterable[Entry], number: int, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """Return the row of a grid with its cells as high as the rows that are printed, `numbers`."""
    return tuple(
        item
        if item.down == 1
        else item._replace(down=bisect_left(numbers, number + item.down) - numbers.index(number))
        for item in row
    )
