"""Glyphs of a page and the printed lines that a reader sees them stand on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Final, NamedTuple

from indexer.layout import Box

ASCENT: Final = 0.85
"""Of an em above the base line; fonts tell other heights that printers do not keep to."""
DESCENT: Final = 0.15
"""Of an em below the base line."""
SAME_LINE: Final = 0.5
"""Of the lower one's height that two runs must share to stand on one line."""
SAME_BASE: Final = 0.12
"""Of an em that base lines of one run may differ, through rounding."""
RUN_GAP: Final = 2.0
"""Ems between glyphs drawn one after the other, from which on they are runs of their own."""
FIGURE_GAP: Final = 0.15
"""Ems between the digits of a figure; cells keep more between theirs."""
COLLISION: Final = 0.6
"""Of an em, or of the narrower glyph, that glyphs of one line may overlap: Chinese punctuation
is drawn into the blank half of its neighbour."""
SAME_GLYPH: Final = 0.3
"""Of its width that a glyph drawn again, to look bold or shaded, may be off."""
WORD_GAP: Final = 0.2
"""Ems beyond the usual gap of the line that part words, and Chinese where a space is drawn."""
PIECE_GAP: Final = 3.0
"""Ems between words on one line that say different things, as 部门名称：… and 单位：万元 do."""
BAND: Final = 20.0
"""Points of height by which lines are looked up."""
SPACING: Final = 0.5
"""Ems that letters and digits are spaced at most."""
HAN_GAP: Final = 0.8
"""Ems beyond the usual gap of the line that part Chinese characters."""

_DIGITS = frozenset("0123456789.,%")


class Glyph(NamedTuple):
    """A character as drawn: its left and right edge, base line and em, in points from the top.

    `spaced` tells that a space was drawn before it; `ocr` is the confidence of one that was
    recognised in a picture.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    spaced: bool = False
    ocr: float | None = None

    @property
    def top(self) -> float:
        """The upper edge of the em box."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of the em box."""
        return self.base + DESCENT * self.size

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the em box."""
        return (self.x0 + self.x1) / 2, self.base - (ASCENT - DESCENT) / 2 * self.size


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Glyphs that stand on one line, from left to right.

    It is `loose` where it stands among columns that make no table.
    """

    glyphs: tuple[Glyph, ...]
    loose: bool = False

    @property
    def box(self) -> Box:
        """The smallest box around the em boxes."""
        return (
            self.glyphs[0].x0,
            min(glyph.top for glyph in self.glyphs),
            max(glyph.x1 for glyph in self.glyphs),
            max(glyph.bottom for glyph in self.glyphs),
        )

    @property
    def size(self) -> float:
        """The em of most of the line."""
        return median_low(glyph.size for glyph in self.glyphs)

    @property
    def base(self) -> float:
        """The base line of most of the line."""
        return median_low(glyph.base for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """What the line prints, with a space where a gap parts words."""
        return "".join(text for text, _, _ in self._parts())

    @property
    def edges(self) -> tuple[float, ...]:
        """The left edge of each character of `text`, and the right edge of the last."""
        edges = [
            x0 + (x1 - x0) * i / len(text)
            for text, x0, x1 in self._parts()
            for i in range(len(text))
        ]
        return tuple(round(x, 2) for x in (*edges, self.glyphs[-1].x1))

    @property
    def ocr(self) -> tuple[float, ...] | None:
        """The confidence of each character of `text`; None where none was recognised."""
        if all(glyph.ocr is None for glyph in self.glyphs):
            return None
        known = iter(1.0 if glyph.ocr is None else glyph.ocr for glyph in self.glyphs)
        parts = (text for text, _, _ in self._parts())
        shares = ((1.0,) if text == " " else (next(known),) * len(text) for text in parts)
        return tuple(share for part in shares for share in part)

    def _parts(self) -> Iterator[tuple[str, float, float]]:
        """Yield glyphs and the spaces between words, each with its edges."""
        usual, tight = self._usual_gap(), self._digit_gap()
        yield self.glyphs[0].text, self.glyphs[0].x0, self.glyphs[0].x1
        for left, right in pairwise(self.glyphs):
            han = not right.spaced and (_is_wide(left.text[-1]) or _is_wide(right.text[0]))
            limit = (HAN_GAP if han else WORD_GAP) * min(left.size, right.size)
            gap = tight if left.text[-1] in _DIGITS and right.text[0] in _DIGITS else usual
            if right.x0 - left.x1 - gap > limit:
                yield " ", left.x1, right.x0
            yield right.text, right.x0, right.x1

    def segments(self, gap: float) -> list["PrintedLine"]:
        """Return the pieces of the line that are parted by at least `gap` ems."""
        usual = self._usual_gap()
        pieces, start = [], 0
        for index, (left, right) in enumerate(pairwise(self.glyphs), 1):
            if right.x0 - left.x1 - usual > gap * min(left.size, right.size):
                pieces.append(PrintedLine(self.glyphs[start:index]))
                start = index
        return [*pieces, PrintedLine(self.glyphs[start:])]

    def _usual_gap(self) -> float:
        """Return the gap that letter spacing puts between all glyphs of the line.

        Chinese tells it; digits far apart are figures of their own, however evenly they stand.
        """
        pairs = list(pairwise(self.glyphs))
        wide = [
            right.x0 - left.x1
            for left, right in pairs
            if _is_wide(left.text[-1]) and _is_wide(right.text[0])
        ]
        if len(wide) > 1:
            return max(0.0, median_low(wide))
        if len(pairs) < 2:
            return 0.0
        gap = median_low(right.x0 - left.x1 for left, right in pairs)
        return gap if 0 < gap <= SPACING * self.size else 0.0

    def _digit_gap(self) -> float:
        """Return the gap between the digits of the line's figures; words may be spread wider."""
        gaps = [
            right.x0 - left.x1
            for left, right in pairwise(self.glyphs)
            if left.text[-1] in _DIGITS and right.text[0] in _DIGITS
        ]
        usual = self._usual_gap()
        return min(usual, max(0.0, median_low(gaps))) if len(gaps) > 1 else usual


def _is_wide(char: str) -> bool:
    return char > "\u2e7f"


def without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs without those drawn a second time at the same place."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        cell = max(1.0, glyph.size)
        column, row = int(glyph.x0 // cell), int(glyph.base // cell)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, column + dx, row + dy), ())
        )
        if any(_is_double(glyph, other) for other in near):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _is_double(one: Glyph, other: Glyph) -> bool:
    width = max(0.5, one.x1 - one.x0)
    return (
        abs(one.x0 - other.x0) < SAME_GLYPH * width
        and abs(one.base - other.base) < SAME_GLYPH * one.size
        and abs(one.size - other.size) < SAME_GLYPH * one.size
    )


@dataclass(slots=True)
class _Gathered:
    """A line being put together; its height is that of its widest run."""

    top: float
    bottom: float
    runs: list[list[Glyph]]

    def shares(self, top: float, bottom: float) -> float:
        """Return the share of the lower height that `top:bottom` has in common with the line."""
        common = min(self.bottom, bottom) - max(self.top, top)
        return common / min(self.bottom - self.top, bottom - top)

    def collides(self, run: Sequence[Glyph]) -> bool:
        """Return whether the run would be drawn over glyphs of the line, not between them."""
        return any(_over(run, other) for other in self.runs)


def _over(run: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Return whether a glyph of one run is drawn over a glyph of the other."""
    if run[-1].x1 <= other[0].x0 or other[-1].x1 <= run[0].x0:
        return False
    left, right = 0, 0
    while left < len(run) and right < len(other):
        one, two = run[left], other[right]
        common = min(one.x1, two.x1) - max(one.x0, two.x0)
        if common > COLLISION * min(one.size, one.x1 - one.x0, two.x1 - two.x0):
            return True
        if one.x1 < two.x1:
            left += 1
        else:
            right += 1
    return False


def _width(run: Sequence[Glyph]) -> float:
    return run[-1].x1 - run[0].x0


def figures(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the digits of each figure together, all other glyphs by themselves."""
    figure: list[Glyph] = []
    for glyph in glyphs:
        last = figure[-1] if figure else None
        if last is not None and not (
            last.text in _DIGITS
            and glyph.text in _DIGITS
            and abs(glyph.base - last.base) <= SAME_BASE * glyph.size
            and abs(glyph.x0 - last.x1) <= FIGURE_GAP * glyph.size
        ):
            yield figure
            figure = []
        figure.append(glyph)
    if figure:
        yield figure


def printed_lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """Return the lines that glyphs, given in drawing order, stand on, from top to bottom.

    Runs drawn in one go are laid to the line they share most height with, widest first, so
    that digits on another base line or in another size come to stand between their neighbours.
    """
    runs = sorted(_runs(glyphs), key=lambda run: (-_width(run), run[0].base, run[0].x0))
    gathered: list[_Gathered] = []
    bands: dict[int, list[_Gathered]] = {}
    for run in runs:
        top, bottom = min(g.top for g in run), max(g.bottom for g in run)
        rows = range(int(top // BAND) - 1, int(bottom // BAND) + 2)
        near = {id(line): line for row in rows for line in bands.get(row, ())}.values()
        sharing = [line for line in near if line.shares(top, bottom) >= SAME_LINE]
        sharing.sort(key=lambda line: -line.shares(top, bottom))
        line = next((line for line in sharing if not line.collides(run)), None)
        if line is not None:
            line.runs.append(run)
            continue
        line = _Gathered(top, bottom, [run])
        gathered.append(line)
        for row in range(int(top // BAND), int(bottom // BAND) + 1):
            bands.setdefault(row, []).append(line)
    lines = [
        PrintedLine(tuple(sorted((g for run in line.runs for g in run), key=lambda g: g.x0)))
        for line in gathered
    ]
    return sorted(lines, key=lambda line: (line.base, line.glyphs[0].x0))


def plain_lines(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """Return glyphs as lines by their base lines alone, for pages where all else fails."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if not lines or glyph.base - lines[-1][0].base > SAME_LINE * glyph.size:
            lines.append([])
        lines[-1].append(glyph)
    return [PrintedLine(tuple(sorted(line, key=lambda glyph: glyph.x0))) for line in lines]


def plain_text(line: PrintedLine) -> str:
    """Return the characters of a line, a space in each gap."""
    text = line.glyphs[0].text
    for left, right in pairwise(line.glyphs):
        text += (" " if right.x0 - left.x1 > WORD_GAP * right.size else "") + right.text
    return text


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and abs(glyph.base - last.base) <= SAME_BASE * glyph.size
            and abs(glyph.size - last.size) <= SAME_BASE * glyph.size
            and -COLLISION * glyph.size <= glyph.x0 - last.x1 <= RUN_GAP * glyph.size
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs
