"""Tells running heads, footers and page numbers from what a page says."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from indexer import lines as kinds
from indexer.readers.pdf.glyphs import PIECE_GAP, PrintedLine
from indexer.readers.pdf.pages import Page
from search.text import without_space

EDGE: Final = 0.12
"""Of the page's height, at top and bottom, where heads and numbers stand."""
LINES: Final = 3
"""The first and last lines of a page that may be head or footer."""
REPEATED: Final = 3
"""Pages that must print a piece at the same place for it to be a running head."""
SAME_PLACE: Final = 6.0
"""Points by which a running head may move from page to page."""
APART: Final = 1.2
"""Ems above a lone number, without which it may be the rest of a paragraph."""

_BARE = re.compile(r"\d{1,4}|[ivxIVX]{1,6}")
_DRESSED = re.compile(
    r"[-–—―─·~]+\d{1,4}[-–—―─·~]+|第\d{1,4}页(?:,?\(?[共/]\d{1,4}页\)?)?|\d{1,4}/\d{1,4}"
    r"|共\d{1,4}页,?第\d{1,4}页|[Pp]age\d{1,4}(?:of\d{1,4})?"
)
_TABLE_TITLE = re.compile(r".*表(?:\(.{0,12}\))?")
_HAN = re.compile("[\u3400-\u9fff]")


class _Piece(NamedTuple):
    """A piece of a line at the edge of a page."""

    page: int
    line: int
    piece: int
    text: str
    height: float
    """Points from the nearer edge of the page."""


_Place = tuple[int, int, int]
"""Page, line and piece."""


def without_margins(
    pages: Sequence[Page], printed: Sequence[Sequence[PrintedLine]]
) -> list[list[PrintedLine]]:
    """Return the lines of each page without its number and without heads that run on.

    Of a running head the first stays where it has words: it names the document. Lines that
    head tables stay.
    """
    dropped: set[_Place] = set()
    places: dict[tuple[bool, str], list[_Piece]] = {}
    for number, (page, lines) in enumerate(zip(pages, printed, strict=True)):
        for piece in _edge_pieces(number, page, lines):
            if _is_number(page, lines, piece):
                dropped.add(piece[:3])
            elif not _heads_table(piece.text):
                low = lines[piece.line].base > page.height / 2
                places.setdefault((low, piece.text), []).append(piece)
    for (_, text), found in places.items():
        usual = median(piece.height for piece in found)
        same = [piece for piece in found if abs(piece.height - usual) <= SAME_PLACE]
        if len({piece.page for piece in same}) >= REPEATED:
            dropped.update(piece[:3] for piece in same[1 if _HAN.search(text) else 0 :])
    return [list(_kept(number, lines, dropped)) for number, lines in enumerate(printed)]


def _kept(number: int, lines: Sequence[PrintedLine], dropped: set[_Place]) -> Iterator[PrintedLine]:
    touched = {line for page, line, _ in dropped if page == number}
    for index, line in enumerate(lines):
        if index not in touched:
            yield line
            continue
        pieces = enumerate(line.segments(PIECE_GAP))
        kept = [piece for place, piece in pieces if (number, index, place) not in dropped]
        if kept:
            yield PrintedLine(tuple(glyph for piece in kept for glyph in piece.glyphs))


def _edge_pieces(number: int, page: Page, lines: Sequence[PrintedLine]) -> Iterator[_Piece]:
    """Yield the pieces of the lines at the edges: top and bottom, on turned pages the sides too."""
    for index, line in enumerate(lines):
        outer = min(index, len(lines) - 1 - index) < LINES
        inner = EDGE * page.height < line.base < (1 - EDGE) * page.height
        aside = page.turns and len(line.glyphs) == 1 and _is_aside(page, line)
        if (outer and not inner) or aside:
            height = min(line.base, page.height - line.base)
            for place, piece in enumerate(line.segments(PIECE_GAP)):
                yield _Piece(number, index, place, _plain(piece), height)


def _is_aside(page: Page, line: PrintedLine) -> bool:
    """Return whether text that stands across the lines of a turned page is at its side."""
    x, _ = line.glyphs[0].middle
    return not EDGE * page.width < x < (1 - EDGE) * page.width


def _is_number(page: Page, lines: Sequence[PrintedLine], piece: _Piece) -> bool:
    if _DRESSED.fullmatch(piece.text):
        return True
    if not _BARE.fullmatch(piece.text):
        return False
    line = lines[piece.line]
    if page.turns and len(line.glyphs) == 1 and _is_aside(page, line):
        return True
    alone = _plain(line) == piece.text
    return alone and piece.line in {0, len(lines) - 1} and _stands_apart(piece.line, lines)


def _stands_apart(index: int, lines: Sequence[PrintedLine]) -> bool:
    line = lines[index]
    near = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    gaps = (abs(line.base - other.base) for other in near)
    return all(gap > (1 + APART) * line.size for gap in gaps)


def _plain(line: PrintedLine) -> str:
    return without_space(line.text)


def _heads_table(text: str) -> bool:
    return kinds.is_apparatus(kinds.printed(text)) or _TABLE_TITLE.fullmatch(text) is not None
