"""Tells where a printed line begins anew and where it carries on the line before."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from indexer import lines as kinds
from indexer.readers.pdf.glyphs import PrintedLine
from indexer.readers.pdf.pages import Page

INDENT: Final = 1.2
"""Ems that a first line stands to the right of the others; Chinese paragraphs take two."""
LOOSE: Final = 1.5
"""Times the usual distance of base lines, from which on a gap parts paragraphs."""
OUTLIERS: Final = 2
"""Lines of a page size that may end beyond the measure, as titles and notes do."""
COMMON: Final = 0.1
"""Of the wide lines of a page size that must begin at its left edge."""
WIDE: Final = 0.5
"""Of the page's width that a line takes at least to tell the measure."""
CENTRED: Final = 1.5
"""Ems that the middle of a centred line may be off the middle of the measure."""
TITLE_PITCH: Final = 2.4
"""Ems between the base lines of a title that wraps."""
SAME_SIZE: Final = 0.1
"""Of an em that lines of one title may differ."""

Size = tuple[int, int]
"""Width and height of a page, in whole points."""

_TOKEN = re.compile(r"[\x21-\x7e]+|.")
_OPENING = "（《“‘(<"
_CLOSING = "，。、；：）》”’！？,.;:)"
_SENTENCE_ENDS = "。！？"
_OPEN = re.compile(r"[（(][^）)]*$")
_CLOSED = re.compile(r"[^（(]*[）)]")
_ENDS = "。；：！？，、;:!?,"


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure of pages of one size: left and right edge and usual distance of base lines."""

    left: float
    right: float
    pitch: float

    def begins_anew(self, last: PrintedLine, line: PrintedLine, *, same_page: bool) -> bool:
        """Return whether a line begins a paragraph: set apart, indented, the last ended short.

        A line that closes a bracket of the last never does.
        """
        if same_page and line.base - last.base > LOOSE * self.pitch:
            return True
        if not same_page and last.text[-1] in _SENTENCE_ENDS:
            return True
        if _OPEN.search(last.text) and _CLOSED.match(line.text):
            return False
        if self._is_right(line) and abs(last.box[2] - self.right) <= last.size / 2:
            room = self.right - self.left - (last.box[2] - last.box[0])
            heads = kinds.is_apparatus(kinds.printed(line.text))
            return self._first_word(line) < room or last.text[-1] in _ENDS or heads
        if line.box[0] - self.left > INDENT * line.size:
            return True
        return self.right - last.box[2] > self._first_word(line) + last.size / 2

    def is_centred(self, line: PrintedLine) -> bool:
        """Return whether a line stands in the middle of the measure, inset at both its ends."""
        inset = INDENT * line.size
        return (
            self._is_middle(line)
            and line.box[0] - self.left > inset
            and self.right - line.box[2] > inset
        )

    def _is_middle(self, line: PrintedLine) -> bool:
        off = (line.box[0] + line.box[2] - self.left - self.right) / 2
        return abs(off) <= CENTRED * line.size

    def _is_right(self, line: PrintedLine) -> bool:
        """Return whether a line stands at the right edge and begins inside the left one."""
        inset = line.box[0] - self.left > INDENT * line.size
        return inset and abs(line.box[2] - self.right) <= line.size / 2

    def _first_word(self, line: PrintedLine) -> float:
        """Return the width of what could not be parted at the line's beginning."""
        text = "".join(glyph.text[:1] for glyph in line.glyphs)
        opened = len(text) - len(text.lstrip(_OPENING))
        match = _TOKEN.match(text, opened)
        end = match.end() if match else len(text)
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        return line.glyphs[end - 1].x1 - line.box[0]


def measure(pages: Sequence[Page], printed: Sequence[Sequence[PrintedLine]]) -> dict[Size, Measure]:
    """Return the measure of each page size that has lines outside tables."""
    sizes: dict[Size, list[Sequence[PrintedLine]]] = {}
    for page, lines in zip(pages, printed, strict=True):
        if lines:
            sizes.setdefault((round(page.width), round(page.height)), []).append(lines)
    return {size: _measure(found, size[0]) for size, found in sizes.items()}


def _measure(pages: Sequence[Sequence[PrintedLine]], width: float) -> Measure:
    every = [line for lines in pages for line in lines]
    wide = [line for line in every if line.box[2] - line.box[0] > WIDE * width] or every
    lefts = sorted(line.box[0] for line in wide)
    rights = sorted((line.box[2] for line in wide), reverse=True)
    outer = min(OUTLIERS, (len(wide) - 1) // 2)
    # Where every line begins at a place of its own, as titles and notes do, the first is the edge.
    left = next((x for x in lefts if _count(lefts, x) >= COMMON * len(lefts)), lefts[0])
    steps = [
        below.base - above.base
        for lines in pages
        for above, below in pairwise(lines)
        if below.size / 2 < below.base - above.base < 3 * below.size
    ]
    pitch = median(steps) if steps else 2 * every[0].size
    return Measure(left, rights[outer], pitch)


def _count(edges: Sequence[float], edge: float) -> int:
    """Return how many of the edges, in order, lie at an edge."""
    return bisect_right(edges, edge + 1) - bisect_left(edges, edge - 1)


def is_wrapped_title(above: PrintedLine, line: PrintedLine, form: Measure) -> bool:
    """Return whether a centred line carries on a centred one that filled the measure."""
    middle = (form.left + form.right) / 2
    centred = all(
        abs((each.box[0] + each.box[2]) / 2 - middle) <= CENTRED * each.size
        for each in (above, line)
    )
    same = abs(above.size - line.size) <= SAME_SIZE * line.size
    near = 0 < line.base - above.base <= TITLE_PITCH * line.size
    filled = (above.box[2] - above.box[0]) + 2 * line.size > form.right - form.left
    inset = line.box[0] - form.left > INDENT * line.size
    return centred and same and near and filled and inset and above.text[-1] not in _ENDS
