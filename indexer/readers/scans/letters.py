"""Makes glyphs of recognised letters: their places on the line, their size and base line."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from indexer.readers.ocr import Letter
from indexer.readers.pdf.glyphs import Glyph

HAN_INK: Final = 0.92
"""Of an em that the ink of a line with Chinese characters is high."""
FIGURE_INK: Final = 0.72
"""Of an em that the ink of figures is high."""
HANGING_INK: Final = 0.85
"""Of an em that figures with a comma or brackets are high."""
HAN_BELOW: Final = 0.08
"""Of an em that Chinese characters reach below the base line."""
HANGING_BELOW: Final = 0.14
"""Of an em that a comma reaches below it."""
NARROW: Final = 0.5
"""Of an em that a figure takes."""
GAP: Final = 1.2
"""Ems of blank between letters of one piece, from which on it is a gap and no uneven spacing."""
STEP: Final = 0.5
"""Points to which sizes are rounded: pixels tell no more."""

DASH: Final = 13.0
"""Points from which on a level stroke that stands alone is a dash, and no 一."""
FLAT: Final = 0.2
"""Of its width that a stroke alone is high."""

_STROKES = "一—―–-－ー_＿"
"""Level strokes, which look alike without their neighbours."""
_FLAT = "一二三-－—–_＿~～·．.…"
_HANGING = ",，;；()（）[]/"


def mended(letters: Sequence[Letter], x0: float, y0: float, x1: float, y1: float) -> list[Letter]:
    """Return letters with level strokes taken for what they can only be.

    Before 般 they are 一; alone they are a dash where they are long, or drawn low as no sign is.
    """
    alone = all(letter.text in _STROKES for letter in letters) and y1 - y0 <= FLAT * (x1 - x0)
    if alone and letters and (x1 - x0 >= DASH or letters[0].text in "_＿"):
        lowest = min(letter.confidence for letter in letters)
        return [Letter("—", 0.5, lowest, False)]
    kept: list[Letter] = []
    for letter in letters:
        strokes = []
        while letter.text == "般" and kept and kept[-1].text in _STROKES:
            strokes.append(kept.pop())
        if strokes:
            lowest = min(stroke.confidence for stroke in strokes)
            kept.append(Letter("一", strokes[-1].at, lowest, strokes[-1].spaced))
        kept.append(letter)
    return kept


def glyphs_of(letters: Sequence[Letter], x0: float, y0: float, x1: float, y1: float) -> list[Glyph]:
    """Return the glyphs of letters whose ink fills a box, in points from the top left."""
    size, base = _size_and_base(letters, x0, y0, x1, y1)
    middles = [x0 + (x1 - x0) * letter.at for letter in letters]
    widths = [size * (1.0 if _is_wide(letter.text) else NARROW) for letter in letters]
    edges = [x0]
    starts = [x0]
    for (left, right), (a, b), letter in zip(
        pairwise(middles), pairwise(widths), letters[1:], strict=True
    ):
        blank = right - left - (a + b) / 2
        if letter.spaced or blank > GAP * size:
            end = max(edges[-1], left + a / 2)
            start = max(end, right - b / 2)
        else:
            end = start = max(edges[-1], left + (right - left) * a / (a + b))
        edges.append(end)
        starts.append(start)
    ends = [*edges[1:], max(x1, edges[-1])]
    return [
        Glyph(letter.text, start, end, base, size, letter.spaced, letter.confidence)
        for letter, start, end in zip(letters, starts, ends, strict=True)
    ]


def _size_and_base(
    letters: Sequence[Letter], x0: float, y0: float, x1: float, y1: float
) -> tuple[float, float]:
    """Return the em and the base line of a piece of text, from what its letters' ink fills."""
    text = "".join(letter.text for letter in letters)
    height = y1 - y0
    if all(char in _FLAT for char in text):
        size = max(height, (x1 - x0) / len(text))
        middle = (y0 + y1) / 2
        return _rounded(size), middle + 0.35 * size
    if any(map(_is_wide, text)):
        share, below = HAN_INK, HAN_BELOW
    elif any(char in _HANGING for char in text):
        share, below = HANGING_INK, HANGING_BELOW
    else:
        share, below = FIGURE_INK, 0.0
    size = height / share
    return _rounded(size), y1 - below * size


def _rounded(size: float) -> float:
    return max(STEP, round(size / STEP) * STEP)


def _is_wide(char: str) -> bool:
    return char > "\u2e7f"
