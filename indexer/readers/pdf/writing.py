"""Prints the pages of a PDF into a layout, tables and paragraphs put together over pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer import lines as kinds
from indexer.layout import Box, Layout, LayoutWriter, Piece
from indexer.readers.pdf.columns import LOOSE_GAP
from indexer.readers.pdf.entries import Entry
from indexer.readers.pdf.fillins import parted
from indexer.readers.pdf.glyphs import PIECE_GAP, PrintedLine, plain_text
from indexer.readers.pdf.pages import Page
from indexer.readers.pdf.paragraphs import Measure, Size, is_wrapped_title
from indexer.readers.pdf.sheets import Sheet
from search.model import Warning
from search.text import normalise

Item = Sheet | PrintedLine
"""What stands on a page."""


class _Line(NamedTuple):
    """A line to be printed."""

    pieces: tuple[Piece, ...]
    loose: bool = False
    size: float = 0.0
    centred: bool = False


_Order = _Line | None
"""A line to be printed, or a blank one."""


class PageWriter:
    """Prints pages into a layout, one after the other."""

    def __init__(self, media_type: str, pages: int, measures: Mapping[Size, Measure]) -> None:
        self._out = LayoutWriter(media_type)
        self._pages = pages
        self._measures = measures
        self._last: Item | None = None
        self._form: Measure | None = None
        self._row: tuple[Page, Sequence[Entry]] | None = None  # its rest may be on the next page
        self._orders: list[_Order] = []

    def layout(self, warnings: Sequence[Warning], unread: Sequence[int]) -> Layout:
        """Return what was printed."""
        self._end_row()
        self._print()
        return self._out.layout(self._pages, warnings, unread)

    def page(self, page: Page, items: Sequence[Item]) -> None:
        """Print a page, whole or not at all: its first table may continue that of the page before.

        What fails on it leaves all as it was.
        """
        before = self._last, self._form, self._row
        try:
            self._page(page, items)
        except Exception:
            self._last, self._form, self._row = before
            self._orders.clear()
            raise
        self._print()

    def plainly(self, page: Page, lines: Sequence[PrintedLine]) -> None:
        """Print a page that was not understood: its lines, which say nothing of their own."""
        self._end_row()
        self._print()
        self._last, self._form = None, None
        for line in lines:
            self._out.blank()
            piece = Piece(plain_text(line), page.number, page.placed(line.box))
            self._out.line(piece, loose=True)
        self._out.blank()

    def _print(self) -> None:
        """Carry out what a page ordered."""
        for order in self._orders:
            if order is None:
                self._out.blank()
            else:
                self._out.line(
                    *order.pieces, loose=order.loose, size=order.size, centred=order.centred
                )
        self._orders.clear()

    def _page(self, page: Page, items: Sequence[Item]) -> None:
        form = self._measures.get((round(page.width), round(page.height)))
        turned = form is not self._form
        self._form, new_page = form, True
        for item in _titled(items, form):
            if isinstance(item, Sheet):
                self._last = self._sheet(page, item, new_page)
            else:
                above = item[0]
                self._end_row()
                if turned or self._begins(above, new_page, form):
                    self._orders.append(None)
                self._lines(page, item)
                self._last = item[-1]
            turned = new_page = False

    def _sheet(self, page: Page, sheet: Sheet, new_page: bool) -> Sheet:
        """Print a table and return it with the columns of the one it continues."""
        rows = sheet.rows
        if isinstance(self._last, Sheet) and self._row is not None and new_page:
            sheet = sheet.fitted(self._last.xs)
            rows = sheet.rows
            above, cells = self._row
            if sheet.torn_from(self._last, cells):
                pairs = zip(cells, rows[0], strict=True)
                self._row = above, [cell.followed(rest) for cell, rest in pairs]
                rows = rows[1:]
        elif not isinstance(self._last, Sheet):
            self._orders.append(None)
        for row in rows:
            self._end_row()
            self._row = page, row
        return sheet

    def _end_row(self) -> None:
        """Print the row that was held back."""
        if self._row is not None:
            page, cells = self._row
            self._orders.append(_Line(tuple(_cell(page, cell) for cell in cells)))
            self._row = None

    def _begins(self, line: PrintedLine, new_page: bool, form: Measure | None) -> bool:
        last = self._last
        if not isinstance(last, PrintedLine) or form is None or line.loose or last.loose:
            return True
        return form.begins_anew(last, line, same_page=not new_page)

    def _lines(self, page: Page, lines: Sequence[PrintedLine]) -> None:
        if len(lines) > 1:
            text = "".join(line.text for line in lines)
            lowest = min((share for line in lines for share in line.ocr or ()), default=None)
            whole = _piece(page, text, _around([line.box for line in lines]), lowest)
            self._orders.append(_Line((whole,), size=lines[0].size, centred=True))
            return
        loose = lines[0].loose
        pieces = parted(lines[0], LOOSE_GAP if loose else PIECE_GAP)
        if kinds.enumerator_level(normalise(lines[0].text)) == 1:
            pieces = [lines[0]]
        centred = len(pieces) == 1 and self._form is not None and self._form.is_centred(lines[0])
        for piece in pieces:
            if piece is not pieces[0]:
                self._orders.append(None)
            edges = None if page.turns or page.lean else piece.edges
            box = page.placed(piece.box)
            own = Piece(piece.text, page.number, box, edges, piece.ocr)
            self._orders.append(_Line((own,), loose, piece.size, centred))


def _titled(items: Sequence[Item], form: Measure | None) -> Iterator[Sheet | list[PrintedLine]]:
    """Yield tables and lines, the lines of a wrapped title together."""
    title: list[PrintedLine] = []
    for item in items:
        if title and not (
            form is not None
            and isinstance(item, PrintedLine)
            and is_wrapped_title(title[-1], item, form)
        ):
            yield title
            title = []
        if isinstance(item, Sheet):
            yield item
        else:
            title.append(item)
    if title:
        yield title


def _piece(page: Page, text: str, box: Box, lowest: float | None) -> Piece:
    shares = None if lowest is None else (lowest,) * len(text)
    return Piece(text, page.number, page.placed(box), None, shares)


def _cell(page: Page, entry: Entry) -> Piece:
    shares = None if entry.ocr is None else (entry.ocr,) * len(entry.text)
    return Piece(
        entry.text,
        page.number,
        None if entry.box is None else page.placed(entry.box),
        None,
        shares,
        entry.across,
        entry.down,
        None if entry.cell is None else page.placed(entry.cell),
        entry.covered,
    )


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
