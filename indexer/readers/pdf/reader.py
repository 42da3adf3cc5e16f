"""Reads a PDF: lines as a reader sees them, ruled and unruled tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer import lines as kinds
from indexer.errors import ReadingError, ScansError
from indexer.layout import Box, Layout, LayoutWriter, Piece
from indexer.readers import ocr
from indexer.readers.pdf.columns import LOOSE_GAP, with_columns
from indexer.readers.pdf.glyphs import PIECE_GAP, Glyph, PrintedLine, figures, printed_lines
from indexer.readers.pdf.margins import without_margins
from indexer.readers.pdf.pages import Page, read_pages
from indexer.readers.pdf.paragraphs import Measure, is_wrapped_title, measure
from indexer.readers.pdf.rulings import SNAP, Grid, find_grids
from indexer.readers.pdf.sheets import Entry, Sheet, ruled_sheet
from indexer.readers.pdf.unseen import nothing_read, unread, unseen
from search.model import Warning
from search.text import normalise

MEDIA_TYPE: Final = "application/pdf"
MISFIT: Final = 0.5
"""Of the glyphs in a grid that may be larger than their cells; more make it a drawing."""

_Item = Sheet | PrintedLine


def read_pdf(data: bytes, *, recognise: bool = True) -> Layout:
    """Return the layout of a PDF; raise `ReadingError` where it cannot be read or has no text.

    Scanned pages are recognised where the extra for that is installed. As this takes long,
    `ScansError` is raised instead unless `recognise`.
    """
    pages = read_pages(data)
    return laid_out(
        _with_scans(data, pages, recognise) if ocr.is_installed() else pages, MEDIA_TYPE
    )


def _with_scans(data: bytes, pages: Iterable[Page], recognise: bool) -> Iterator[Page]:
    """Yield the pages, the scanned ones with the text and rulings of their pictures."""
    scans = 0
    read = None
    for page in pages:
        if not page.is_scan:
            yield page
        elif recognise:
            if read is None:
                from indexer.readers.scans.reader import scan_reader  # noqa: PLC0415 - few files need it

                read = scan_reader(data)
            yield read(page)
        else:
            scans += 1
    if scans:
        raise ScansError(scans)


def laid_out(source: Iterable[Page], media_type: str) -> Layout:
    """Return the layout of pages; raise `ReadingError` where nothing is on them."""
    pages: list[Page] = []
    ruled: list[list[Sheet]] = []
    printed: list[list[PrintedLine]] = []
    for page in source:
        sheets, loose = _ruled(page)
        ruled.append(sheets)
        printed.append(printed_lines(loose))
        pages.append(page)
    if not pages:
        raise ReadingError("PDF 没有页面")
    lines = without_margins(pages, printed)
    full = [bool(sheets or rest) for sheets, rest in zip(ruled, lines, strict=True)]
    if not any(full):
        raise ReadingError(nothing_read(pages))
    _match_columns(ruled, lines)
    writer = _Writer(media_type, pages, measure(pages, lines))
    for page, sheets, rest in zip(pages, ruled, lines, strict=True):
        items: list[_Item] = [*sheets, *with_columns(rest)]
        writer.page(page, sorted(items, key=lambda item: (item.box[1], item.box[0])))
    empty = [page for page, something in zip(pages, full, strict=True) if not something]
    return writer.layout(list(unseen(pages, empty)), unread(pages))


def _match_columns(ruled: Sequence[list[Sheet]], lines: Sequence[Sequence[PrintedLine]]) -> None:
    """Give a table that goes on over the page the columns of its rest: heads alone have fewer."""
    for number in range(len(ruled) - 1, 0, -1):
        sheets, rest = ruled[number - 1], ruled[number]
        if (
            sheets
            and rest
            and all(line.box[1] < sheets[-1].box[1] for line in lines[number - 1])
            and all(line.box[1] > rest[0].box[1] for line in lines[number])
        ):
            sheets[-1] = sheets[-1].fitted(rest[0].xs)


def _ruled(page: Page) -> tuple[list[Sheet], list[Glyph]]:
    """Return the ruled tables of a page and the glyphs outside them."""
    grids = find_grids(page.rulings)
    inside, loose = _parted(page.glyphs, grids)
    fitting = [grid for grid, found in zip(grids, inside, strict=True) if _holds(grid, found)]
    if len(fitting) < len(grids):
        grids = fitting
        inside, loose = _parted(page.glyphs, grids)
    sheets = [ruled_sheet(grid, glyphs) for grid, glyphs in zip(grids, inside, strict=True)]
    return [sheet for sheet in sheets if sheet.rows], loose


def _holds(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Return whether the glyphs fit the cells; outlines of letters make grids that they do not."""
    large = 0
    for glyph in glyphs:
        cell = grid.at(*glyph.middle)
        if cell is not None:
            x0, y0, x1, y1 = grid.place(cell)
            large += glyph.size > min(x1 - x0, y1 - y0) + SNAP
    return large <= MISFIT * len(glyphs)


def _parted(
    glyphs: Sequence[Glyph], grids: Sequence[Grid]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Return the glyphs inside each grid and those in none."""
    inside: list[list[Glyph]] = [[] for _ in grids]
    loose = []
    for figure in figures(glyphs):
        x, y = figure[len(figure) // 2].middle
        around = [i for i, grid in enumerate(grids) if grid.at(x, y) is not None]
        if around:
            # Of tables within a frame the inner one holds the glyph.
            inside[min(around, key=lambda i: _area(grids[i].box))].extend(figure)
        else:
            loose.extend(figure)
    return inside, loose


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


class _Writer:
    """Prints pages into a layout, one after the other."""

    def __init__(
        self, media_type: str, pages: Sequence[Page], measures: dict[tuple[int, int], Measure]
    ) -> None:
        self._out = LayoutWriter(media_type)
        self._pages = len(pages)
        self._measures = measures
        self._last: _Item | None = None
        self._form: Measure | None = None
        self._row: tuple[Page, Sequence[Entry]] | None = None  # its rest may be on the next page

    def layout(self, warnings: Sequence[Warning], unread: Sequence[int]) -> Layout:
        """Return what was printed."""
        self._end_row()
        return self._out.layout(self._pages, warnings, unread)

    def page(self, page: Page, items: Sequence[_Item]) -> None:
        """Print a page; its first table may continue the one that ended the page before."""
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
                    self._out.blank()
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
            if sheet.torn_from(cells):
                pairs = zip(cells, rows[0], strict=True)
                self._row = above, [cell.followed(rest) for cell, rest in pairs]
                rows = rows[1:]
        elif not isinstance(self._last, Sheet):
            self._out.blank()
        for row in rows:
            self._end_row()
            self._row = page, row
        return sheet

    def _end_row(self) -> None:
        """Print the row that was held back."""
        if self._row is not None:
            page, cells = self._row
            self._out.line(*(_piece(page, cell.text, cell.box, cell.ocr) for cell in cells))
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
            title = _piece(page, text, _around([line.box for line in lines]), lowest)
            self._out.line(title, size=lines[0].size, centred=True)
            return
        loose = lines[0].loose
        pieces = lines[0].segments(LOOSE_GAP if loose else PIECE_GAP)
        if kinds.enumerator_level(normalise(lines[0].text)) == 1:
            pieces = [lines[0]]
        centred = len(pieces) == 1 and self._form is not None and self._form.is_centred(lines[0])
        for piece in pieces:
            if piece is not pieces[0]:
                self._out.blank()
            edges = None if page.turns or page.lean else piece.edges
            box = page.placed(piece.box)
            shown = Piece(piece.text, page.number, box, edges, piece.ocr)
            self._out.line(shown, loose=loose, size=piece.size, centred=centred)


def _titled(items: Sequence[_Item], form: Measure | None) -> Iterator[Sheet | list[PrintedLine]]:
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


def _piece(page: Page, text: str, box: Box | None, lowest: float | None) -> Piece:
    shares = None if lowest is None else (lowest,) * len(text)
    return Piece(text, page.number, page.placed(box), None, shares) if box else Piece(text)


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
