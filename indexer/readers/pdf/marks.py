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
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, Point, Rect, apply_matrix_pt, mult_matrix

from indexer.errors import ReadingError
from indexer.layout import Box
from indexer.readers.pdf.boxes import around, common, corners, holds, is_empty, subpaths
from indexer.readers.pdf.streams import BoundedResources
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

FAINT: Final = 0.74
"""From this lightness on ink is faint: silver (0.75), in which watermarks are set."""
OPAQUE: Final = 0.6
"""From this opacity on ink is not faint; watermarks have a half or less."""
CUT: Final = 0.3
"""Ems between a digit that is seen and the next of its figure that the edge cuts off."""

_ALONG = ((1, 0), (0, -1), (-1, 0), (0, 1))
_FIGURE = frozenset("0123456789.,")
_INVISIBLE = frozenset({3, 7})
_CURVES = frozenset("cvy")
_LUMA = (0.299, 0.587, 0.114)
_TINTS = frozenset({"Separation", "DeviceN", "Indexed", "Pattern"})


class Mark(NamedTuple):
    """A glyph as drawn: origin, advance and em in points, y upwards.

    `direction` counts the quarter turns clockwise of its base line; `spaced` tells that a space
    was drawn before it, `faint` that its ink is light or lets the paper through.
    """

    text: str
    x: float
    y: float
    advance: float
    size: float
    direction: int
    spaced: bool = False
    faint: bool = False

    @property
    def end(self) -> Point:
        """The point of the base line where the glyph ends."""
        dx, dy = _ALONG[self.direction]
        return self.x + dx * self.advance, self.y + dy * self.advance

    @property
    def middle(self) -> Point:
        """The middle of the glyph."""
        dx, dy = _ALONG[self.direction]
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
        self.opacity = 1.0
        self._white: list[Mark] = []
        self._areas: list[Box] = []
        self._figures: list[tuple[Box, Matrix | None, float]] = []
        self._watermarks: list[bool] = []
        self._shown: Mark | None = None
        self._lost: Mark | None = None
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
        self.clip, self.opacity = self.marks.visible, 1.0
        self._white, self._areas, self._figures, self._watermarks = [], [], [], []
        self._shown = self._lost = None

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
        self._figures.append((self.clip, self.ctm, self.opacity))
        self.set_ctm(mult_matrix(matrix, self.ctm))
        self.narrow(corners(bbox))

    def end_figure(self, name: str) -> None:
        """End a form: what follows is drawn as before it."""
        self.clip, self.ctm, self.opacity = self._figures.pop()

    def begin_tag(self, tag: PSLiteral, props: object = None) -> None:
        """Begin tagged content; what is tagged as a watermark is no text."""
        kind = props.get("Subtype") if isinstance(props, dict) else None
        self._watermarks.append(isinstance(kind, PSLiteral) and kind.name == "Watermark")

    def end_tag(self) -> None:
        """End tagged content."""
        if self._watermarks:
            self._watermarks.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Take down an image, and how much of the page it takes; a thin one is a ruling."""
        self.marks.pictures += 1
        if not is_empty(self.clip):
            self._fill(self.clip)
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
        if any(self._watermarks):
            return
        if not holds(self.clip, mark.middle):
            self._cut(mark)
            return
        if self._lost is not None and _is_torn(self._lost, mark):
            mark = mark._replace(text=UNREADABLE + mark.text)
        lightness = _lightness(state.ncolor, space)
        mark = mark._replace(faint=lightness >= FAINT or self.opacity < OPAQUE)
        self._lost = self._shown = None
        if self._invisible:
            self.marks.hidden += 1
        elif lightness >= WHITE:
            self._white.append(mark)
        else:
            self.marks.glyphs.append(mark)
            self._shown = mark

    def _cut(self, mark: Mark) -> None:
        """Let a figure that loses this glyph at an edge be none, rather than a smaller one."""
        if self._shown is not None and _is_torn(self._shown, mark):
            shown = self._shown
            self.marks.glyphs[-1] = shown._replace(text=shown.text + UNREADABLE)
        self._shown, self._lost = None, mark

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
        stroke = stroke and _lightness(state.scolor, state.scs) < WHITE
        fill = fill and _lightness(state.ncolor, state.ncs) < WHITE
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


def _is_torn(one: Mark, other: Mark) -> bool:
    """Return whether two glyphs are neighbours in a figure."""
    near = dist(one.end, (other.x, other.y)) < CUT * one.size
    return near and one.text in _FIGURE and other.text in _FIGURE


def _lightness(color: object, space: PDFColorSpace) -> float:
    """Return how light ink of that colour is, from 0 to 1 (unseen on paper).

    Luma weighs the primaries as the eye does. Named tints tell nothing and count as dark.
    """
    values = color if isinstance(color, tuple | list) else (color,)
    numbers = [value for value in values if isinstance(value, int | float)]
    if space.name in _TINTS or len(numbers) != len(values) or len(numbers) not in {1, 3, 4}:
        return 0.0
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        numbers = [max(0.0, 1 - ink - black) for ink in (cyan, magenta, yellow)]
    if len(numbers) == 1:
        return float(numbers[0])
    return sum(weight * number for weight, number in zip(_LUMA, numbers, strict=True))
