"""Makes PDFs for the tests: single marks where a test wants them, or a whole disclosure."""

import re
from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from indexer.layout import Box, Layout, Line
from search.model import Disclosure, Passage, Section, Table

FONT = "STSong-Light"
A4 = (595.0, 842.0)
MARGIN = 60.0
PADDING = 3.0
SIZE = 12.0
LEADING = 1.6
BODY = (
    "本部门按照有关规定编制年度预算，严格控制各项支出，"
    "统筹安排资金，保障机构正常运转和各项重点工作。"
)

pdfmetrics.registerFont(UnicodeCIDFont(FONT))
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def pdf_file(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, the first its catalogue."""
    body = b"%PDF-1.7\n"
    for number, value in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    return body + b"trailer\n<< /Root 1 0 R >>\n%%EOF"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def encoded(text: str, content: bytes = b"") -> bytes:
    """Return a page whose font numbers its glyphs and tells their characters in a table.

    It draws them in their order, or what `content` draws.
    """
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>"
    )
    codes = b"".join(b"%04x" % number for number in range(1, len(text) + 1))
    pairs = (
        b"<%04x> <%s>" % (number, char.encode("utf-16-be").hex().encode())
        for number, char in enumerate(text, 1)
    )
    table = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%s\nendbfchar"
    return pdf_file(
        CATALOGUE,
        PAGES,
        page,
        stream(content or b"BT /F 12 Tf 60 700 Td <%s> Tj ET" % codes),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor "
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] >> >>",
        stream(table % (len(text), b"\n".join(pairs))),
    )


def grids(layout: Layout) -> list[list[str]]:
    """Return the cells of a layout's table rows."""
    return [[f.text for f in line.fragments] for line in layout.lines if line.is_grid]


def texts(layout: Layout) -> list[str]:
    """Return a layout's lines outside tables."""
    return [line.text for line in layout.lines if not line.is_blank and not line.is_grid]


def box(line: Line, cell: int = 0) -> Box:
    """Return the box of a cell, or of a line that is none of a table."""
    found = line.fragments[cell].bbox
    assert found is not None
    return found


def width_of(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, size))


def wrapped(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Return the lines that text takes in a measure; neither words nor brackets are parted."""
    lines, line, room = [], "", width - indent
    for word in re.findall(r"[（《“]*(?:[\x21-\x7e]+|.)[，。、；：）》”]*", text):
        if line and width_of(line + word, size) > room:
            lines.append(line)
            line, room = "", width
        line += word
    return [*lines, line]


class Maker:
    """Draws pages; heights count from the top, as a reader's do."""

    def __init__(self, password: str = "") -> None:
        self._file = BytesIO()
        lock = StandardEncryption(password, canPrint=0) if password else None
        self.canvas = Canvas(self._file, pagesize=A4, encrypt=lock, invariant=1)
        self.size = A4
        self.top = MARGIN

    def data(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()

    def page(self, size: tuple[float, float] = A4) -> None:
        """End the page and begin the next."""
        self.canvas.showPage()
        self.begin(size)

    def begin(self, size: tuple[float, float]) -> None:
        """Give the page that has just begun its size."""
        self.canvas.setPageSize(size)
        self.size, self.top = size, MARGIN

    def text(self, x: float, base: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.size[1] - base, text)

    def run(self, x: float, base: float, text: str, size: float = SIZE) -> float:
        """Draw text in the text object of what was drawn before; return its width."""
        text_object = self.canvas.beginText(x, self.size[1] - base)
        text_object.setFont(FONT, size)
        text_object.textOut(text)
        self.canvas.drawText(text_object)
        return width_of(text, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def centred(self, text: str, size: float = SIZE) -> None:
        for line in wrapped(text, self.size[0] - 2 * MARGIN, size):
            self.room(size * LEADING)
            self.text((self.size[0] - width_of(line, size)) / 2, self.top + size, line, size)
            self.top += size * LEADING

    def right(self, text: str, size: float = SIZE) -> None:
        self.room(size * LEADING)
        x = self.size[0] - MARGIN - width_of(text, size)
        self.text(x, self.top + size, text, size)
        self.top += size * LEADING

    def paragraph(self, text: str, size: float = SIZE) -> None:
        width = self.size[0] - 2 * MARGIN
        for number, line in enumerate(wrapped(text, width, size, 2 * size)):
            self.room(size * LEADING)
            self.text(MARGIN + (0 if number else 2 * size), self.top + size, line, size)
            self.top += size * LEADING

    def gap(self, height: float) -> None:
        self.top += height

    def room(self, height: float) -> None:
        """Go on to the next page where the rest of this one is lower than `height`."""
        if self.top + height > self.size[1] - MARGIN:
            self.page(self.size)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        size: float = 10.0,
        merged: Sequence[tuple[int, int, int, int]] = (),
    ) -> None:
        """Draw a table with rulings around every cell, over as many pages as it takes.

        `merged` are cells over several rows and columns: top, left, bottom, right, ends left out.
        """
        xs = [MARGIN + sum(widths[:n]) for n in range(len(widths) + 1)]
        inner = {
            (row, column): (top, left, bottom, right)
            for top, left, bottom, right in merged
            for row in range(top, bottom)
            for column in range(left, right)
        }
        for number, row in enumerate(rows):
            cells = []
            for column, cell in enumerate(row):
                _, left, _, right = inner.get((number, column), (number, column, 0, column + 1))
                cells.append(wrapped(cell, xs[right] - xs[left] - 2 * PADDING, size))
            height = max(map(len, cells)) * size * 1.2 + 2 * PADDING
            self.room(height)
            top, bottom = self.top, self.top + height
            for column, lines in enumerate(cells):
                span = inner.get((number, column), (number, column, number + 1, column + 1))
                for index, line in enumerate(lines):
                    base = top + PADDING + (index + 0.85) * size * 1.2
                    self.text(xs[column] + PADDING, base, line, size)
                if number == span[0] or top == MARGIN:
                    self.rule(xs[column], top, xs[column + 1], top)
                if number == span[2] - 1:
                    self.rule(xs[column], bottom, xs[column + 1], bottom)
                if column == span[1]:
                    self.rule(xs[column], top, xs[column], bottom)
                if column == span[3] - 1:
                    self.rule(xs[column + 1], top, xs[column + 1], bottom)
            self.top = bottom


def printed(of: Disclosure) -> bytes:
    """Return a disclosure as a PDF: narrative as paragraphs, every table ruled, in its order."""
    maker = Maker()
    parts: list[Table | Passage | Section] = [*of.tables, *of.passages, *of.sections]
    parts.sort(key=lambda part: part.locator.char_start)
    _cover(maker, of)
    for part in parts:
        if isinstance(part, Table):
            _table(maker, part)
        elif isinstance(part, Section):
            maker.gap(SIZE)
            maker.paragraph(part.title)
        elif part.section:
            maker.paragraph(part.text)
    return maker.data()


def _cover(maker: Maker, of: Disclosure) -> None:
    maker.gap(150)
    for line in (of.department, f"{of.year}年度{of.level}{of.report}公开"):
        maker.centred(line, 22)
    maker.page()


def _table(maker: Maker, table: Table) -> None:
    columns = max(len(line.cells) for line in table.grid)
    wide = columns > 6
    size = (A4[1], A4[0]) if wide else A4
    maker.page(size)
    if table.title:
        maker.centred(table.title, 14)
    for head in _whole(table.heads):
        maker.right(head)
    rows = [[cell.text for cell in line.cells] for line in table.grid]
    rows = [row + [""] * (columns - len(row)) for row in rows]
    maker.table(rows, _widths(rows, size[0] - 2 * MARGIN), 8 if wide else 10)
    for note in table.notes:
        maker.paragraph(note, 9)
    maker.page()


def _whole(heads: Sequence[str]) -> list[str]:
    """Return the lines above a table, names that the source wraps put together again."""
    whole: list[str] = []
    for head in heads:
        if whole and not re.search(r"[:：]|^\d{4}年|公开|^附", head):
            whole[-1] += head
        else:
            whole.append(head)
    return whole


def _widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Return column widths in proportion to the longest text, none too narrow for a figure."""
    longest = [min(20, max(4, *map(len, column))) for column in zip(*rows, strict=True)]
    return [width * length / sum(longest) for length in longest]
