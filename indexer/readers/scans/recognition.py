"""Makes a page of a scan's picture: its rulings, and its text cut into cells and recognised."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.readers import ocr
from indexer.readers.ocr import Letter, Picture
from indexer.readers.pdf.glyphs import Glyph
from indexer.readers.pdf.marks import UNREADABLE
from indexer.readers.pdf.pages import Page, Ruling
from indexer.readers.pdf.rulings import Grid, find_grids
from indexer.readers.scans.ink import Ink, Run, find_rulings, ink, ruled
from indexer.readers.scans.letters import glyphs_of, mended
from indexer.readers.scans.pictures import Drawn
from indexer.readers.scans.upright import TALL, Area, set_upright

MARGIN: Final = 0.15
"""Of its height that is left around the ink of a line, as the recogniser is used to."""
CROSSED: Final = 0.6
"""Of its height that a ruling must cross for a piece of text to stand in two cells."""
EDGE: Final = 0.25
"""Of a piece's height: lower ink at its edge, set apart, belongs to the line above or below."""
SPECK: Final = 3.0
"""Points: ink in a cell that is smaller, both ways, is dirt."""
SIGN: Final = 12.0
"""Points that a sign in a cell is high, at most."""
REACH: Final = 3
"""Heights of a line that it may go on beside a piece of text."""
APART: Final = 0.8
"""Heights of a line that part a sign beside it from its text."""
INSET: Final = 1.5
"""Points beside a cell's edges that are not looked at: rests of rulings."""


def recognised(page: Page, drawn: Drawn) -> Page:
    """Return the page with the glyphs and rulings that its picture shows.

    Where a program printed glyphs on the scan, these stay as they are.
    """
    sheet, scale = set_upright(drawn.picture), drawn.scale
    dark = ink(sheet.picture)
    flat, upright = find_rulings(dark, scale)
    lines = ruled(dark, flat, upright)
    dark &= ~lines
    picture = sheet.picture.copy()
    picture[lines] = np.median(picture)
    rulings = (*_rulings(flat, scale, horizontal=True), *_rulings(upright, scale, horizontal=False))
    parts = [part for box in sheet.boxes() for part in _cut(box, upright)]
    taken = _mask(parts, dark) | lines
    areas = [_whole(line, part, dark, taken) for part in parts for line in _lines(part, dark)]
    areas += _missed(find_grids(rulings), dark & ~_mask(areas, dark), scale)
    drawn_too = page.glyphs if (sheet.turns, sheet.lean) == (page.turns, 0.0) else ()
    printed = _mask([_pixels(glyph, scale) for glyph in drawn_too], dark)
    areas = [area for area in areas if not printed[area.y0 : area.y1, area.x0 : area.x1].any()]
    glyphs = (glyph for area in areas for glyph in _glyphs(picture, area, scale))
    height, width = sheet.picture.shape
    return replace(
        page,
        width=width / scale,
        height=height / scale,
        turns=sheet.turns,
        lean=sheet.lean,
        recognised=True,
        rulings=rulings,
        glyphs=(*drawn_too, *glyphs),
    )


def _rulings(runs: Sequence[Run], scale: float, *, horizontal: bool) -> Iterator[Ruling]:
    for run in runs:
        yield Ruling(horizontal, (run.row + 0.5) / scale, run.start / scale, run.end / scale)


def _cut(area: Area, upright: Sequence[Run]) -> Iterator[Area]:
    """Yield the parts of a piece of text between the rulings that cross it."""
    crossing = {
        run.row
        for run in upright
        if area.x0 < run.row < area.x1
        and min(run.end, area.y1) - max(run.start, area.y0) >= CROSSED * area.height
    }
    for left, right in pairwise((area.x0, *sorted(crossing), area.x1)):
        if right - left > 1:
            yield Area(left, area.y0, right, area.y1)


def _lines(area: Area, dark: Ink) -> Iterator[Area]:
    """Yield the ink of a piece of text; of signs set below each other, one after the other."""
    inside = dark[area.y0 : area.y1, area.x0 : area.x1]
    bands = _bands(_any(inside, 1))
    if area.height > TALL * area.width:
        bands = _signs(bands, area.width)
    elif bands:
        kept = [
            (top, bottom)
            for top, bottom in bands
            if (top > 0 and bottom < area.height) or bottom - top >= EDGE * area.height
        ]
        bands = [(kept[0][0], kept[-1][1])] if kept else []
    for top, bottom in bands:
        columns = np.nonzero(_any(inside[top:bottom], 0))[0]
        left, right = area.x0 + int(columns[0]), area.x0 + int(columns[-1]) + 1
        yield Area(left, area.y0 + top, right, area.y0 + bottom)


def _whole(line: Area, part: Area, dark: Ink, taken: Ink) -> Area:
    """Return a line with the signs beside it that its piece of text cuts or leaves out.

    Text is found as a whole but for the thin 一、 at its ends. What is `taken` by other pieces and
    by rulings ends the line.
    """
    rows = slice(line.y0, line.y1)
    before = slice(max(0, part.x0 - REACH * line.height), part.x0)
    behind = slice(part.x1, part.x1 + REACH * line.height)
    left = _reach(dark[rows, before][:, ::-1], taken[rows, before][:, ::-1], line.height)
    right = _reach(dark[rows, behind], taken[rows, behind], line.height)
    return Area(
        part.x0 - left if left else line.x0, line.y0, part.x1 + right if right else line.x1, line.y1
    )


def _reach(dark: Ink, taken: Ink, height: int) -> int:
    """Return how many columns of pixels belong to a line that ends where they begin."""
    reached = 0
    for column, (filled, ended) in enumerate(zip(_any(dark, 0), _any(taken, 0), strict=True), 1):
        if ended or column - reached > APART * height:
            break
        if filled:
            reached = column
    return reached


def _any(dark: Ink, axis: int) -> Ink:
    """Return which columns (axis 0) or rows (axis 1) have ink."""
    return np.asarray(dark.any(axis=axis))


def _mask(areas: Sequence[Area], dark: Ink) -> Ink:
    """Return where areas lie."""
    mask = np.zeros_like(dark)
    for area in areas:
        mask[area.y0 : area.y1, area.x0 : area.x1] = True
    return mask


def _bands(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return where rows with ink begin and end."""
    change = np.diff(np.concatenate(([0], filled.astype(np.int8), [0])))
    starts, ends = np.nonzero(change > 0)[0], np.nonzero(change < 0)[0]
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _signs(bands: Sequence[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Return bands put together to signs no higher than wide: 二 is one, not two."""
    signs: list[tuple[int, int]] = []
    for top, bottom in bands:
        if signs and bottom - signs[-1][0] <= width:
            signs[-1] = signs[-1][0], bottom
        else:
            signs.append((top, bottom))
    return signs


def _missed(grids: Sequence[Grid], dark: Ink, scale: float) -> list[Area]:
    """Return the ink left in cells, where no text was found, as it is with single figures."""
    cells = {grid.place(cell) for grid in grids for row in grid.cells for cell in row}
    found = []
    for x0, y0, x1, y1 in sorted(cells):
        left, right = round((x0 + INSET) * scale), round((x1 - INSET) * scale)
        top, bottom = round((y0 + INSET) * scale), round((y1 - INSET) * scale)
        inside = dark[top:bottom, left:right]
        for start, end in _signs(_bands(_any(inside, 1)), round(SIGN * scale)):
            columns = np.nonzero(_any(inside[start:end], 0))[0]
            ends = left + int(columns[0]), left + int(columns[-1]) + 1
            area = Area(ends[0], top + start, ends[1], top + end)
            if max(area.width, area.height) >= SPECK * scale:
                found.append(area)
    return found


def _pixels(glyph: Glyph, scale: float) -> Area:
    """Return where the middle half of a glyph's height lies."""
    inset = (glyph.bottom - glyph.top) / 4
    top, bottom = glyph.top + inset, glyph.bottom - inset
    x0, y0, x1, y1 = (max(0, round(at * scale)) for at in (glyph.x0, top, glyph.x1, bottom))
    return Area(x0, y0, x1, y1)


def _glyphs(picture: Picture, area: Area, scale: float) -> list[Glyph]:
    """Return the glyphs of a line; ink that is not recognised is told as unreadable."""
    margin = max(2, round(MARGIN * area.height))
    inside = picture[area.y0 : area.y1, area.x0 : area.x1]
    crop = np.pad(inside, margin, constant_values=int(np.median(picture)))
    width = crop.shape[1]
    letters = [
        letter._replace(at=(letter.at * width - margin) / area.width)
        for letter in ocr.letters(crop)
    ]
    box = area.x0 / scale, area.y0 / scale, area.x1 / scale, area.y1 / scale
    return glyphs_of(mended(letters, *box) or [Letter(UNREADABLE, 0.5, 0.0, False)], *box)
