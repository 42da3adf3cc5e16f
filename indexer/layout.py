"""The layout model that every source form is read into: lines of fragments with their places.

All later steps work on this alone, so that a table row reads the same from text, PDF or HTML.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.model import Locator


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: one cell of a grid, or the whole of a text line.

    `text` is what a reader sees (marks such as `<b>` dropped); `start:end` is its place in the
    source text. `page` and `bbox` are set by forms that have pages.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source; more than one fragment makes it a row of a grid.

    `heading` is the level that a mark gives it (1–6), 0 for none.
    """

    number: int
    start: int
    end: int
    fragments: tuple[Fragment, ...]
    heading: int = 0

    @property
    def is_grid(self) -> bool:
        """Whether the line is a row of cells."""
        return len(self.fragments) > 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not any(fragment.text for fragment in self.fragments)

    @property
    def text(self) -> str:
        """What is printed on the line, cells joined by a space."""
        return " ".join(fragment.text for fragment in self.fragments if fragment.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """A source as text and lines; positions count characters of `text`."""

    text: str
    lines: tuple[Line, ...]
    media_type: str
    pages: int | None = None


class Places:
    """Makes locators for one layout; keeps the line starts."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.text
        self._starts = [line.start for line in layout.lines]

    def locate(self, start: int, end: int) -> Locator:
        """Return the locator of `text[start:end]`."""
        return Locator(
            line_start=bisect_right(self._starts, start),
            line_end=bisect_right(self._starts, max(start, end - 1)),
            char_start=start,
            char_end=end,
        )

    def spanning(self, fragments: Sequence[Fragment]) -> Locator:
        """Return the locator from the first to the last of `fragments` that has text."""
        printed = [fragment for fragment in fragments if fragment.text] or list(fragments)
        return self.locate(min(f.start for f in printed), max(f.end for f in printed))
