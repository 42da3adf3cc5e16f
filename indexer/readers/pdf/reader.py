"""Reads a PDF: lines as a reader sees them, ruled and unruled tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from indexer.errors import ReadingError, ScansError
from indexer.layout import Box, Layout
from indexer.readers import ocr
from indexer.readers.pdf.columns import with_columns
from indexer.readers.pdf.faults import Faults, guarded
from indexer.readers.pdf.glyphs import Glyph, PrintedLine, figures, plain_lines, printed_lines
from indexer.readers.pdf.margins import without_margins
from indexer.readers.pdf.pages import Page, read_pages
from indexer.readers.pdf.paragraphs import Measure, Size, measure
from indexer.readers.pdf.rulings import SNAP, Grid, find_grids
from indexer.readers.pdf.sheets import Sheet, ruled_sheet
from indexer.readers.pdf.unseen import nothing_read, unread, unseen
from indexer.readers.pdf.writing import Item, PageWriter

MEDIA_TYPE: Final = "application/pdf"
MISFIT: Final = 0.5
"""Of the glyphs in a grid that may be larger than their cells; more make it a drawing."""


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
            yield guarded(partial(read, page), partial(replace, page, damaged=True))
        else:
            scans += 1
    if scans:
        raise ScansError(scans)


def laid_out(source: Iterable[Page], media_type: str) -> Layout:
    """Return the layout of pages; raise `ReadingError` where nothing is on them.

    What fails on a page leaves its text, as lines that say nothing of their own.
    """
    pages: list[Page] = []
    ruled: list[list[Sheet]] = []
    printed: list[list[PrintedLine]] = []
    faults = Faults()
    for page in source:
        step = partial(_read, page), partial(_plain, page)
        sheets, loose = faults.guarded([page], *step)
        ruled.append(sheets)
        printed.append(loose)
        pages.append(page)
    if not pages:
        raise ReadingError("PDF 没有页面")
    lines = faults.guarded(pages, partial(without_margins, pages, printed), lambda: printed)
    full = [bool(sheets or rest) for sheets, rest in zip(ruled, lines, strict=True)]
    if not any(full):
        raise ReadingError(nothing_read(pages))
    faults.guarded(pages, partial(_match_columns, ruled, lines), lambda: None)
    faults.guarded(pages, partial(_without_blanks, ruled, lines), lambda: None)
    measures = faults.guarded(pages, partial(measure, pages, lines), dict[Size, Measure])
    writer = PageWriter(media_type, len(pages), measures)
    for page, sheets, rest in zip(pages, ruled, lines, strict=True):
        plainly = partial(writer.plainly, page, plain_lines(page.glyphs))
        if page.number in faults.pages:
            plainly()
        else:
            faults.guarded([page], partial(_print, writer, page, sheets, rest), plainly)
    empty = [page for page, something in zip(pages, full, strict=True) if not something]
    return writer.layout([*unseen(pages, empty), *faults.warnings()], unread(pages))


def _read(page: Page) -> tuple[list[Sheet], list[PrintedLine]]:
    """Return the ruled tables of a page and the lines outside them."""
    sheets, loose = _ruled(page)
    return sheets, printed_lines(loose)


def _plain(page: Page) -> tuple[list[Sheet], list[PrintedLine]]:
    """Return the text of a page as lines, without its tables."""
    return [], plain_lines(page.glyphs)


def _print(
    writer: PageWriter, page: Page, sheets: Sequence[Sheet], lines: Sequence[PrintedLine]
) -> None:
    """Print a page's tables and lines from top to bottom."""
    items: list[Item] = [*sheets, *with_columns(lines)]
    writer.page(page, sorted(items, key=lambda item: (item.box[1], item.box[0])))


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


def _without_blanks(ruled: Sequence[list[Sheet]], lines: Sequence[Sequence[PrintedLine]]) -> None:
    """Take blank columns out of tables that stand on one page: others may fill them elsewhere."""
    last = len(ruled) - 1
    for number, sheets in enumerate(ruled):
        for index, sheet in enumerate(sheets):
            first = index == 0 and not any(line.box[1] < sheet.box[1] for line in lines[number])
            ends = index + 1 == len(sheets) and not any(
                line.box[1] > sheet.box[1] for line in lines[number]
            )
            if not ((first and number > 0) or (ends and number < last)):
                sheets[index] = sheet.without_blanks()


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
