"""The layout model that every source form is read into: lines of fragments with their places.

All later steps work on this alone, so that a table row reads the same from text, PDF or HTML.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.model import Locator, Warning

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the top left of the page."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: one cell of a grid, or the whole of a text line.

    `text` is what a reader sees (marks such as `<b>` dropped); `start:end` is its place in the
    source text. `page` and `bbox` are set by forms that have pages, with `edges` (across the page:
    the left one of each character, the right one of the last) where they are known; `positions`
    (the place of each character) where marks within the piece are not part of `text`; `ocr` (the
    confidence of each character) where the text was recognised in a picture.

    A cell of a grid covers `across` columns and `down` rows of it, and `cell` is the box between
    its borders; without rulings its sides are the edges of its columns. A blank that another cell
    covers is `covered`. A merged cell begins anew, blank, behind a page break.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    bbox: Box | None = None
    positions: tuple[int, ...] | None = None
    edges: tuple[float, ...] | None = None
    ocr: tuple[float, ...] | None = None
    across: int = 1
    down: int = 1
    cell: Box | None = None
    covered: bool = False

    def part(self, start: int, end: int) -> "Fragment":
        """Return what `text[start:end]` prints as a piece of its own."""
        at = self.positions or range(self.start, self.start + len(self.text))
        first, last = at[start], at[end - 1] + 1
        return Fragment(
            self.text[start:end],
            first,
            last,
            self.page,
            self.box_of(first, last),
            None if self.positions is None else self.positions[start:end],
            None if self.edges is None else self.edges[start : end + 1],
            None if self.ocr is None else self.ocr[start:end],
            self.across,
            self.down,
            self.cell,
        )

    def box_of(self, start: int, end: int) -> Box | None:
        """Return the box of the part of `bbox` that shows the source text from start to end."""
        if self.bbox is None or self.edges is None:
            return self.bbox
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        return self.edges[first], self.bbox[1], self.edges[last], self.bbox[3]

    def ocr_of(self, start: int, end: int) -> float | None:
        """Return the lowest confidence in the source text from start to end, if recognised."""
        if self.ocr is None:
            return None
        return min(self.ocr[max(0, start - self.start) : end - self.start], default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source; more than one fragment makes it a row of a grid.

    `heading` is the level that a mark gives it (1–6), 0 for none. `loose` tells that it stands
    among columns that could not be told: it is kept as text, but is neither heading nor sentence.
    `size` is the height of its letters in points, 0 where the source does not tell; a `centred`
    line stands in the middle, with room at both its ends.
    """

    number: int
    start: int
    end: int
    fragments: tuple[Fragment, ...]
    heading: int = 0
    loose: bool = False
    size: float = 0.0
    centred: bool = False
    text: str = field(init=False, repr=False, compare=False)
    """What is printed on the line, cells joined by a space."""

    def __post_init__(self) -> None:
        printed = " ".join([fragment.text for fragment in self.fragments if fragment.text])
        object.__setattr__(self, "text", printed)  # asked for ten times a line

    @property
    def is_grid(self) -> bool:
        """Whether the line is a row of cells."""
        return len(self.fragments) > 1

    @property
    def page(self) -> int | None:
        """The page that the line begins on, where the form has pages."""
        return next((f.page for f in self.fragments if f.page is not None), None)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """A source as text and lines; positions count characters of `text`.

    Of a text file, `text` is the file's own; of other forms it is what the reader printed of
    them, lines ended by a line feed and cells parted by tabs. `unread` are the pages that need text
    recognition, where that is not installed.
    """

    text: str
    lines: tuple[Line, ...]
    media_type: str
    pages: int | None = None
    warnings: tuple[Warning, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to be printed in a cell or line, with its place on a page where the form has pages."""

    text: str
    page: int | None = None
    bbox: Box | None = None
    edges: tuple[float, ...] | None = None
    """As of `Fragment`; dropped where the text is not printed as given."""
    ocr: tuple[float, ...] | None = None
    """As of `Fragment`; the lowest for all where the text is not printed as given."""
    across: int = 1
    down: int = 1
    cell: Box | None = None
    covered: bool = False


class LayoutWriter:
    """Prints a document into a layout, line by line, as a text file would hold it.

    Blanks beside and below a merged cell are printed as empty pieces, which know of it.
    """

    def __init__(self, media_type: str) -> None:
        self._media_type = media_type
        self._text: list[str] = []
        self._length = 0
        self._lines: list[Line] = []

    def line(
        self,
        *pieces: Piece | str,
        heading: int = 0,
        loose: bool = False,
        size: float = 0.0,
        centred: bool = False,
    ) -> None:
        """Print a line: one piece is a line of text, several are a row of cells."""
        start = self._length
        fragments = []
        at = start
        for piece in pieces:
            cell = piece if isinstance(piece, Piece) else Piece(piece)
            text = " ".join(cell.text.split())
            edges = cell.edges if text == cell.text else None
            ocr = cell.ocr
            if ocr is not None and len(ocr) != len(text):
                ocr = (min(ocr),) * len(text)
            end = at + len(text)
            fragments.append(
                Fragment(
                    text, at, end, cell.page, cell.bbox, None, edges, ocr,
                    cell.across, cell.down, cell.cell, cell.covered,
                )
            )  # fmt: skip
            at = end + 1
        printed = "\t".join(fragment.text for fragment in fragments)
        self._text.append(printed + "\n")
        self._length += len(printed) + 1
        number = len(self._lines) + 1
        end = start + len(printed)
        made = Line(number, start, end, tuple(fragments), heading, loose, round(size, 1), centred)
        self._lines.append(made)

    def blank(self) -> None:
        """Print an empty line: what follows stands apart from what is above."""
        if self._lines and self._lines[-1].fragments:
            self._lines.append(Line(len(self._lines) + 1, self._length, self._length, ()))
            self._text.append("\n")
            self._length += 1

    def layout(
        self,
        pages: int | None = None,
        warnings: Sequence[Warning] = (),
        unread: Sequence[int] = (),
    ) -> Layout:
        """Return what was printed."""
        text, lines = "".join(self._text), tuple(self._lines)
        return Layout(text, lines, self._media_type, pages, tuple(warnings), tuple(unread))


class Places:
    """Makes locators for one layout; keeps line starts and the fragments that have boxes."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.text
        self._starts = [line.start for line in layout.lines]
        self._boxed = [f for line in layout.lines for f in line.fragments if f.page is not None]
        self._boxed_starts = [fragment.start for fragment in self._boxed]
        self._boxed_ends = [fragment.end for fragment in self._boxed]

    def locate(self, start: int, end: int) -> Locator:
        """Return the locator of `text[start:end]`, its box the union on the page it begins on."""
        first = bisect_right(self._starts, start)
        last = bisect_right(self._starts, max(start, end - 1))
        boxed = self._boxed_in(start, end)
        if not boxed:
            return Locator(line_start=first, line_end=last, char_start=start, char_end=end)
        page, bbox = _box(boxed, start, end)
        return Locator(
            line_start=first,
            line_end=last,
            char_start=start,
            char_end=end,
            page=page,
            bbox=bbox,
            ocr=_ocr(boxed, start, end),
        )

    def spanning(self, fragments: Sequence[Fragment]) -> Locator:
        """Return the locator from the first to the last of `fragments` that has text."""
        printed = [fragment for fragment in fragments if fragment.text] or list(fragments)
        return self.locate(min(f.start for f in printed), max(f.end for f in printed))

    def _boxed_in(self, start: int, end: int) -> list[Fragment]:
        """Return the fragments with boxes that `text[start:end]` touches, those with text only."""
        first, last = bisect_right(self._boxed_ends, start), bisect_left(self._boxed_starts, end)
        return [fragment for fragment in self._boxed[first:last] if fragment.text]


def _box(fragments: Sequence[Fragment], start: int, end: int) -> tuple[int | None, Box | None]:
    """Return the page of the first fragment, and the box around what the page has of the text."""
    page: int | None = None
    union: Box | None = None
    for fragment in fragments:
        if page is not None and fragment.page != page:
            break
        page = fragment.page
        box = fragment.box_of(start, end)
        if box is not None:
            union = box if union is None else (
                min(union[0], box[0]), min(union[1], box[1]),
                max(union[2], box[2]), max(union[3], box[3]),
            )  # fmt: skip
    return page, union


def _ocr(fragments: Sequence[Fragment], start: int, end: int) -> float | None:
    """Return the lowest confidence in the text; None where it was not recognised."""
    found = (fragment.ocr_of(start, end) for fragment in fragments)
    return min((confidence for confidence in found if confidence is not None), default=None)
