"""Reads the pages of a PDF: their visible glyphs and rulings, turned upright."""

import logging
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import hypot
from typing import Any, Final

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.psparser import PSException
from pdfminer.utils import Matrix, PathSegment, Point, Rect, apply_matrix_pt, mult_matrix

from indexer.errors import ReadingError
from indexer.glyphs import DESCENT, Glyph, without_doubles
from indexer.layout import Box
from indexer.streams import BoundedParser, BoundedResources

MAX_PAGES: Final = 2000
"""The longest disclosures have a few hundred pages."""
MAX_MARKS: Final = 4_000_000
"""Characters and lines of a file; two thousand full pages have fewer."""
MAX_DRAWN: Final = 256 * 1024 * 1024
"""Bytes of drawing orders that are carried out, those of forms drawn again counted again."""
MAX_NESTING: Final = 20
"""Forms within forms; programs nest two or three."""
RULE: Final = 3.0
"""Points: a filled box no thicker than this is a ruling."""
STRAIGHT: Final = 0.5
"""Points that a ruling may be off the axis."""
UNREADABLE: Final = "\ufffd"
"""Stands for a glyph whose font does not tell its character, so that no figure loses a digit."""
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

    `turns` are the quarter turns clockwise that its text was drawn with; places on the page
    as shown are those of `placed`.
    """

    number: int
    width: float
    height: float
    turns: int
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]

    def placed(self, box: Box) -> Box:
        """Return a box of the upright text as it lies on the page that is shown."""
        (x0, y0), (x1, y1) = (self._shown(*box[:2]), self._shown(*box[2:]))
        edges = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return (round(edges[0], 2), round(edges[1], 2), round(edges[2], 2), round(edges[3], 2))

    def _shown(self, x: float, y: float) -> Point:
        for _ in range(self.turns):
            x, y = -y, x
        moved = ((0.0, 0.0), (self.height, 0.0), (self.width, self.height), (0.0, self.width))
        return x + moved[self.turns][0], y + moved[self.turns][1]


@dataclass(slots=True)
class _Marks:
    """What is drawn on a page: glyphs with their direction, rulings, dark areas."""

    glyphs: list[tuple[int, Glyph]] = field(default_factory=list)
    white: list[tuple[int, Glyph]] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)


def read_pages(data: bytes) -> Iterator[Page | None]:
    """Yield the pages in order, None for one that cannot be read; raise `ReadingError`."""
    try:
        document = PDFDocument(BoundedParser(BytesIO(data)), password="")
    except PDFEncryptionError as error:
        raise ReadingError("PDF 已加密：需要密码才能打开") from error
    except FAILURES as error:
        raise ReadingError("PDF 已损坏：找不到文件结构") from error
    device = _Device()
    interpreter = _Interpreter(device.resources, device)
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
        except FAILURES:
            yield None
        else:
            yield device.page(number)


class _Interpreter(PDFPageInterpreter):
    """Carries out drawing orders; keeps the clipping path, which pdfminer leaves out."""

    device: "_Device"

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self._clips: list[Box] = []
        self._clipping = False

    def execute(self, streams: Sequence[object]) -> None:
        self.device.count_drawn(streams)
        super().execute(streams)

    def do_q(self) -> None:
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - the name of the order
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        self._clipping = True

    def do_W_a(self) -> None:  # noqa: N802
        self._clipping = True

    def do_n(self) -> None:
        self._paint(super().do_n)

    def do_S(self) -> None:  # noqa: N802
        self._paint(super().do_S)

    def do_f(self) -> None:
        self._paint(super().do_f)

    def do_f_a(self) -> None:
        self._paint(super().do_f_a)

    def do_B(self) -> None:  # noqa: N802
        self._paint(super().do_B)

    def do_B_a(self) -> None:  # noqa: N802
        self._paint(super().do_B_a)

    def _paint(self, order: Callable[[], None]) -> None:
        """Carry out the order that ends a path, then clip to the path where W was said."""
        path = self.curpath
        order()
        if self._clipping and path:
            self.device.narrow(_points(path))
        self._clipping = False


class _Device(PDFTextDevice):
    """Takes down what is drawn on a page, in points from the top left of the visible part."""

    def __init__(self) -> None:
        self.resources = BoundedResources()
        super().__init__(self.resources)
        self.clip: Box = EVERYWHERE
        self._marks = _Marks()
        self._visible: Box = EVERYWHERE
        self._figures: list[tuple[Box, Matrix | None]] = []
        self._hidden = False
        self._counted = self._drawn = 0

    def count_drawn(self, streams: Sequence[object]) -> None:
        """Refuse a file that draws without end."""
        self._drawn += sum(len(stream_value(stream).get_data()) for stream in streams)
        if self._drawn > MAX_DRAWN:
            raise ReadingError("PDF 的绘图指令过多：不像公开文件")

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Begin a page; what lies outside its crop box is not seen."""
        self.set_ctm(ctm)
        box, crop = (self._bounds(_corners(rect)) for rect in (page.mediabox, page.cropbox))
        visible = _common(box, crop)
        self._visible = visible if visible[2] > visible[0] and visible[3] > visible[1] else box
        self.clip = self._visible
        self._marks = _Marks()
        self._figures = []

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Begin a form, which is clipped to its box."""
        self._count()
        if len(self._figures) >= MAX_NESTING:
            raise ReadingError("PDF 的图形嵌套过深：不像公开文件")
        self._figures.append((self.clip, self.ctm))
        if self.ctm is not None:
            self.set_ctm(mult_matrix(matrix, self.ctm))
            self.narrow(_corners(bbox))

    def end_figure(self, name: str) -> None:
        """End a form: what follows is drawn as before it."""
        self.clip, self.ctm = self._figures.pop()

    def narrow(self, points: Sequence[Point]) -> None:
        """Narrow what is visible to the box around `points`."""
        self.clip = _common(self.clip, self._bounds(points))

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Any,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Draw a string; one drawn in an invisible mode moves the pen only."""
        if textstate.font is None:
            return
        self._hidden = textstate.render in INVISIBLE
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take down a glyph and return by how much the pen moves on."""
        self._count()
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except (PDFUnicodeNotDefined, *FAILURES):
            text = UNREADABLE
        if not text.strip():
            return advance
        a, b, c, d, _, _ = matrix
        size = abs(fontsize) * hypot(c, d)
        length = abs(advance) * hypot(a, b)
        direction = _direction(a, b)
        if direction is None or not 0 < size < MAX_GLYPH or any(map(_is_control, text)):
            return advance
        x, y = 0.0, rise
        if font.is_vertical():
            shift = font.char_disp(cid)
            vx, vy = shift if isinstance(shift, tuple) else (None, 880.0)
            x = -fontsize * (0.5 if vx is None else vx * 0.001)
            y += (1000 - vy) * fontsize * 0.001 - abs(advance) + DESCENT * fontsize
            length = fontsize * hypot(a, b)
        x, y = apply_matrix_pt(matrix, (x, y))
        x, y = self._seen(x, y)
        turned = _turned((x, y), direction, self._extent)
        glyph = Glyph(text, turned[0], turned[0] + length, turned[1], size)
        middle = _turned(glyph.middle, -direction % 4, _swapped(self._extent, direction))
        if not _holds(self._moved(self.clip), middle):
            return advance
        if self._hidden:
            self._marks.hidden += 1
        elif _is_white(graphicstate.ncolor, ncs):
            self._marks.white.append((direction, glyph))
        else:
            self._marks.glyphs.append((direction, glyph))
        return advance
