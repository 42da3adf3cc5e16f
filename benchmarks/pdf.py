"""Draws a generated disclosure as PDF, with the drawing tools of the tests."""

from collections.abc import Sequence

from benchmarks.blocks import Heading, Paragraph, Table
from benchmarks.document import Document
from tests.make_pdf import A4, MARGIN, SIZE, Maker

_COVER, _TITLE, _TABLE, _WIDE, _NOTE = 22, 14, 10.0, 8.0, 9
_MANY = 6
"""A table with more columns is set on its side, in smaller type."""


def printed(document: Document) -> bytes:
    """Return the disclosure as PDF: narrative as paragraphs, every table ruled."""
    maker = Maker()
    maker.gap(150)
    for line in document.cover:
        maker.centred(line, _COVER)
    maker.page()
    for block in document.blocks:
        match block:
            case Heading(text):
                maker.gap(SIZE)
                maker.paragraph(text)
            case Paragraph(text):
                maker.paragraph(text)
            case Table():
                _table(maker, block)
    return maker.data()


def _table(maker: Maker, table: Table) -> None:
    rows = [list(row) for row in (*table.header, *table.rows)]
    columns = max(map(len, rows))
    rows = [row + [""] * (columns - len(row)) for row in rows]
    wide = columns > _MANY
    maker.page((A4[1], A4[0]) if wide else A4)
    maker.centred(table.title, _TITLE)
    for head in table.heads:
        maker.right(head)
    maker.table(rows, _widths(rows, maker.size[0] - 2 * MARGIN), _WIDE if wide else _TABLE)
    for note in table.notes:
        maker.paragraph(note, _NOTE)
    maker.page()


def _widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    longest = [min(20, max(4, *map(len, column))) for column in zip(*rows, strict=True)]
    return [width * length / sum(longest) for length in longest]
