"""Takes down what the drawing orders of a PDF page leave visible: glyphs, rulings, dark areas."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import dist, hypot
from typing import Any, Final, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.utils import Matrix, PathSegment, Point, Rect, apply_matrix_pt, mult_matrix

from indexer.boxes import around, common, corners, holds, is_empty, subpaths
from indexer.errors import ReadingError
from indexer.layout import Box
from indexer.streams import BoundedResources
from search.text import without_radicals

MAX_MARKS: Final = 4_000_000
"""Glyphs and path pieces of a file; two thousand full pages have fewer."""
MAX_DRAWN: Final = 128 * 1024 * 1024
"""Bytes of drawing orders that are carried out, those of forms drawn again counted again."""
MAX_NESTING: Final = 20
"""Forms within forms; programs nest two or three."""
MAX_GLYPH: Final = 500.0
"""Points: a larger glyph is an ornament or a watermark."""
RULE: Final = 3.0
"""Points: a filled box no thicker than this is a ruling."""
STRAIGHT: Final = 0.5
"""Points that a ruling may be off the axis."""
LARGEST: Final = (-20_000.0, -20_000.0, 20_000.0, 20_000.0)
"""Points beyond which the standard allows no page to reach."""
ALONG: Final = 0.05
"""Slope of the base line up to which text counts as upright or turned; more is a watermark."""
WHITE: Final = 0.99
"""From this lightness on, ink is not seen on paper."""
MIDDLE: Final = 0.35
"""Ems above the base line where a glyph's middle lies."""
AFTER_SPACE: Final = 1.0
"""Ems behind a drawn space within which a glyph stands for the space to be before it."""
UNREADABLE: Final = "\ufffd"
"""Stands for a glyph whose font does not tell its character, so that no figure loses a digit."""

_INVISIBLE = frozenset({3, 7})
_CURVES = frozenset("cvy")
_TINTS = frozenset({"Separation", "DeviceN", "Indexed", "Pattern"})


class Mark(NamedTuple):
    """A glyph as drawn: origin, advance and em in points, y upwards.

    `direction` counts the quarter turns clockwise of its base line; `spaced` tells that a space
    was drawn before it.
    """

    text: str
    x: float
    y: float
    advance: float
    size: float
    direction: int
    spaced: bool = False

    @property
    def middle(self) -> Point:
        """The middle of the glyph."""
        dx, dy = ((1, 0), (0, -1), (-1, 0), (0, 1))[self.direction]
        along, up = self.advance / 2, MIDDLE * self.size
        return self.x + dx * along - dy * up, self.y + dy * along + dx * up


class Stroke(NamedTuple):
    """A straight line along an axis, its ends ordered, y upwards."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Marks:
    """What is visible of a page, y upwards.

    `hidden` counts glyphs drawn in an invisible mode, `pictures` images and curved shapes, which
    may show text that no glyph tells; `pictured` is the share of the page that images take.
    """

    visible: Box = (0.0, 0.0, 0.0, 0.0)
    glyphs: list[Mark] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    hidden: int = 0
    pictures: int = 0
    pictured: float = 0.0


class Recorder(PDFTextDevice):
    """Takes down the visible marks of one page after the other."""

    def __init__(self) -> None:
        super().__init__(BoundedResources())
        self.marks = Marks()
        self.clip: Box = self.marks.visible
        self._white: list[Mark] = []
        self._areas: list[Box] = []
        self._figures: list[tuple[Box, Matrix | None]] = []
        self._invisible = False
        self._space: Point | None = None
        self._counted = self._drawn = 0

    def count_drawn(self, streams: Sequence[object]) -> None:
        """Refuse a file that draws without end."""
        self._drawn += sum(len(stream_value(stream).get_data()) for stream in streams)
        if self._drawn > MAX_DRAWN:
            raise ReadingError("PDF 的绘图指令过多：不像公开文件")

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Begin a page; what lies outside its crop box is not seen."""
        self.set_ctm(ctm)
        box, crop = (around(self._moved(corners(r))) for r in (page.mediabox, page.cropbox))
        box = common(box, LARGEST)
        visible = common(box, crop)
        self.marks = Marks(box if is_empty(visible) else visible)
        self.clip = self.marks.visible
        self._white, self._areas, self._figures = [], [], []

    def end_page(self, page: PDFPage) -> None:
        """End a page; white text is seen where it lies on a dark area."""
        for mark in self._white:
            if any(holds(area, mark.middle) for area in self._areas):
                self.marks.glyphs.append(mark)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Begin a form, which is clipped to its box."""
        self._count()
        if len(self._figures) >= MAX_NESTING:
            raise ReadingError("PDF 的图形嵌套过深：不像公开文件")
        assert self.ctm is not None
        self._figures.append((self.clip, self.ctm))
        self.set_ctm(mult_matrix(matrix, self.ctm))
        self.narrow(corners(bbox))

    def end_figure(self, name: str) -> None:
        """End a form: what follows is drawn as before it."""
        self.clip, self.ctm = self._figures.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Take down that there is an image, and how much of the page it takes."""
        self.marks.pictures += 1
        x0, y0, x1, y1 = self.clip
        left, bottom, right, top = self.marks.visible
        if not is_empty(self.clip) and not is_empty(self.marks.visible):
            self.marks.pictured += (x1 - x0) * (y1 - y0) / ((right - left) * (top - bottom))

    def narrow(self, points: Sequence[Point]) -> None:
        """Narrow what is visible to the box around `points`."""
        self.clip = common(self.clip, around(self._moved(points)))

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Draw a string; in an invisible mode only the pen moves."""
        if textstate.font is not None:
            self._invisible = textstate.render in _INVISIBLE
            super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0917 – pdfminer calls it so
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
        except (PDFUnicodeNotDefined, LookupError):
            text = UNREADABLE
        if not isinstance(text, str) or not text.isprintable():
            text = UNREADABLE if not isinstance(text, str) or text.strip() else ""
        text = without_radicals(text)
        if not text.strip():
            self._space = apply_matrix_pt(matrix, (abs(advance), rise))
            return advance
        a, b, c, d, _, _ = matrix
        size, length = abs(fontsize) * hypot(c, d), abs(advance) * hypot(a, b)
        origin: Point = (0.0, rise)
        if font.is_vertical():
            # The pen stands above the glyph's middle and moves down.
            origin = (-fontsize / 2, rise - abs(advance) + fontsize * (0.5 - MIDDLE))
            length = abs(fontsize) * hypot(a, b)
        x, y = apply_matrix_pt(matrix, origin)
        direction = _direction(a, b)
        if direction is not None and 0 < size < MAX_GLYPH:
            # Programs draw by font, so that what comes next may stand elsewhere.
            near = self._space and dist(self._space, (x, y)) < AFTER_SPACE * size
            mark = Mark(text, x, y, length, size, direction, bool(near))
            self._take(mark, ncs, graphicstate)
        self._space = None
        return advance

    def _take(self, mark: Mark, space: PDFColorSpace, state: PDFGraphicState) -> None:
        if not holds(self.clip, mark.middle):
            return
        if self._invisible:
            self.marks.hidden += 1
        elif _is_white(state.ncolor, space):
            self._white.append(mark)
        else:
            self.marks.glyphs.append(mark)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Take down the rulings of a path: straight strokes and thin filled boxes."""
        state = graphicstate
        stroke = stroke and not _is_white(state.scolor, state.scs)
        fill = fill and not _is_white(state.ncolor, state.ncs)
        self.marks.pictures += any(segment[0] in _CURVES for segment in path)
        for part in subpaths(path):
            points = self._moved(part)
            self._count(len(points))
            if fill and _is_box(points):
                self._fill(common(self.clip, around(points)))
            for start, end in pairwise(points):
                if stroke:
                    self._stroke(start, end)

    def _fill(self, box: Box) -> None:
        x0, y0, x1, y1 = box
        width, height = x1 - x0, y1 - y0
        if not (width >= 0 and height >= 0):
            return
        if min(width, height) > RULE:
            self._areas.append(box)
        elif width > height:
            self.marks.strokes.append(Stroke(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        else:
            self.marks.strokes.append(Stroke((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))

    def _stroke(self, start: Point, end: Point) -> None:
        x0, y0, x1, y1 = around((start, end))
        if min(x1 - x0, y1 - y0) > STRAIGHT:
            return
        if x1 - x0 > y1 - y0:
            y0 = y1 = (y0 + y1) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        x0, y0, x1, y1 = common(self.clip, (x0, y0, x1, y1))
        if x0 <= x1 and y0 <= y1 and (x0, y0) != (x1, y1):
            self.marks.strokes.append(Stroke(x0, y0, x1, y1))

    def _moved(self, points: Sequence[Point]) -> list[Point]:
        """Return points of the drawing as they lie on the page."""
        assert self.ctm is not None
        return [apply_matrix_pt(self.ctm, point) for point in points]

    def _count(self, marks: int = 1) -> None:
        self._counted += marks
        if self._counted > MAX_MARKS:
            raise ReadingError("PDF 的文字和线条过多：不像公开文件")


def _direction(a: float, b: float) -> int | None:
    """Return the quarter turns clockwise of a base line along (a, b); None for a slope."""
    if abs(b) <= ALONG * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= ALONG * abs(b):
        return 1 if b < 0 else 3
    return None


def _is_box(points: Sequence[Point]) -> bool:
    """Return whether a path goes around a box: along an axis at each step, four corners."""
    steps = pairwise(points)
    straight = all(min(abs(a - c), abs(b - d)) <= STRAIGHT for (a, b), (c, d) in steps)
    return straight and 4 <= len(points) <= 5


def _is_white(color: object, space: PDFColorSpace) -> bool:
    """Return whether ink of that colour is not seen on paper."""
    values = color if isinstance(color, tuple | list) else (color,)
    numbers = [value for value in values if isinstance(value, int | float)]
    if space.name in _TINTS or len(numbers) != len(values):
        return False
    if len(numbers) == 4:
        return all(number <= 1 - WHITE for number in numbers)
    return len(numbers) in {1, 3} and all(number >= WHITE for number in numbers)
