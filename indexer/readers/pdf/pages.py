"""Reads the pages of a PDF: their visible glyphs and rulings, turned upright."""

import logging
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin
from typing import Final

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.psparser import PSException
from pdfminer.utils import Point

from indexer.errors import ReadingError
from indexer.layout import Box
from indexer.readers.pdf.drawing import Interpreter
from indexer.readers.pdf.glyphs import Glyph, without_doubles
from indexer.readers.pdf.marks import MIDDLE, Mark, Marks, Recorder
from indexer.readers.pdf.streams import BoundedParser

MAX_PAGES: Final = 2000
"""The longest disclosures have a few hundred pages."""
WHOLE: Final = 0.8
"""Of a page that its images take where it is a scan."""
FOOTER: Final = 40
"""Glyphs that programs print on a scan: page numbers, their own name."""
FAILURES: Final = (
    PSException, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
    RecursionError, TypeError, UnicodeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What pdfminer raises on damaged files."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line along an axis: at height `at` from left to right, or the other way round."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader holds it: glyphs in drawing order and rulings, from the top left.

    `turns` are the quarter turns clockwise that its text was drawn with; `hidden` counts glyphs
    that are not visible, `pictures` what may show text that is none; `pictured` is the share of
    the page that images take. A page that could not be read is `damaged`. Of a scan, whose text
    was `recognised`, the lines fall to the right by `lean` degrees.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    turns: int = 0
    glyphs: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    hidden: int = 0
    pictures: int = 0
    pictured: float = 0.0
    damaged: bool = False
    recognised: bool = False
    lean: float = 0.0

    @property
    def is_scan(self) -> bool:
        """Whether the page shows pictures and no text, or hardly any beside a large image."""
        hardly = len(self.glyphs) <= FOOTER and self.pictured >= WHOLE
        return hardly or (self.pictures > 0 and not self.glyphs)

    def placed(self, box: Box) -> Box:
        """Return where a box of the upright text lies on the page as it is shown."""
        corners = [self._shown(x, y) for x in box[::2] for y in box[1::2]]
        xs, ys = zip(*corners, strict=True)
        return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)

    def _shown(self, x: float, y: float) -> Point:
        if self.lean:
            angle = radians(self.lean)
            dx, dy = x - self.width / 2, y - self.height / 2
            x = self.width / 2 + dx * cos(angle) - dy * sin(angle)
            y = self.height / 2 + dx * sin(angle) + dy * cos(angle)
        places = ((x, y), (self.height - y, x), (self.width - x, self.height - y),
                  (y, self.width - x))  # fmt: skip
        return places[self.turns]


def read_pages(data: bytes) -> Iterator[Page]:
    """Yield the pages in order; raise `ReadingError` where the file cannot be read."""
    try:
        document = PDFDocument(BoundedParser(BytesIO(data)), password="")
    except PDFEncryptionError as error:
        raise ReadingError("PDF 已加密：需要密码才能打开") from error
    except FAILURES as error:
        raise ReadingError("PDF 已损坏：找不到文件结构") from error
    recorder = Recorder()
    interpreter = Interpreter(recorder.rsrcmgr, recorder)
    pages = PDFPage.create_pages(document)
    for number in range(1, MAX_PAGES + 2):
        try:
            page = next(pages, None)
        except FAILURES as error:
            raise ReadingError("PDF 已损坏：页面目录无法读取") from error
        if page is None:
            return
        if number > MAX_PAGES:
            raise ReadingError(f"PDF 过长：超过 {MAX_PAGES} 页")
        try:
            interpreter.process_page(page)
            upright = _upright(number, recorder.marks)
        except FAILURES:
            upright = Page(number, damaged=True)
        yield upright


def _upright(number: int, marks: Marks) -> Page:
    """Return the page turned so that most of its text runs from left to right."""
    x0, y0, x1, y1 = marks.visible
    width, height = x1 - x0, y1 - y0
    directions = Counter(mark.direction for mark in marks.glyphs)
    turns = min(directions, key=lambda d: (-directions[d], d)) if directions else 0

    def point(x: float, y: float) -> Point:
        x, y = x - x0, y1 - y
        return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turns]

    rulings = []
    for stroke in marks.strokes:
        (ax, ay), (bx, by) = point(stroke.x0, stroke.y0), point(stroke.x1, stroke.y1)
        flat = abs(ax - bx) > abs(ay - by)
        at, ends = ((ay + by) / 2, (ax, bx)) if flat else ((ax + bx) / 2, (ay, by))
        rulings.append(Ruling(flat, at, min(ends), max(ends)))
    glyphs = []
    for run in _runs(marks.glyphs):
        if run[0].direction == turns:
            for mark in run:
                x, y = point(mark.x, mark.y)
                glyphs.append(Glyph(mark.text, x, x + mark.advance, y, mark.size, mark.spaced))
        else:
            glyphs.append(_sideways(run, [point(*mark.middle) for mark in run]))
    return Page(
        number,
        *((height, width) if turns % 2 else (width, height)),
        turns,
        tuple(without_doubles(glyphs)),
        tuple(rulings),
        marks.hidden,
        marks.pictures,
        marks.pictured,
    )


def _runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Yield marks drawn one after the other in one direction on one base line."""
    run: list[Mark] = []
    for mark in marks:
        if run and not _follows(run[-1], mark):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _follows(last: Mark, mark: Mark) -> bool:
    off = mark.y - last.y if mark.direction % 2 == 0 else mark.x - last.x
    way = mark.x - last.x if mark.direction % 2 == 0 else mark.y - last.y
    near = abs(off) < mark.size and abs(way) < last.advance + 2 * mark.size
    return mark.direction == last.direction and near


def _sideways(run: list[Mark], middles: list[Point]) -> Glyph:
    """Return text that stands across the page as one glyph, read in drawing order."""
    x = sum(middle[0] for middle in middles) / len(middles)
    y = sum(middle[1] for middle in middles) / len(middles)
    size = run[0].size
    text = "".join(mark.text for mark in run)
    return Glyph(text, x - size / 2, x + size / 2, y + MIDDLE * size, size)
