"""Looks at the picture of a page: what is ink, how far it leans, where it draws rulings."""

from collections.abc import Iterator
from math import radians, tan
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.readers.ocr import Picture

Ink = NDArray[np.bool_]
"""Rows of pixels, true where there is ink."""

BLOCK: Final = 64
"""Pixels of the squares that the shade of the paper is taken from."""
PAPER: Final = 80
"""Percentile of a square's pixels that is its paper: print covers less than a fifth."""
DARK: Final = 0.72
"""Of the paper's lightness, below which a pixel is ink; rulings are often grey."""
STEEPEST: Final = 3.0
"""Degrees that a sheet may lie askew in the scanner; more is no scan of a form."""
SAMPLE: Final = 150_000
"""Pixels of ink that tell how far a page leans."""
LEVEL: Final = 60.0
"""Points from which on a level stroke is a ruling; 一 in a title touches its neighbours."""
UPRIGHT: Final = 28.0
"""Points from which on an upright stroke is a ruling; no letter of a usual title is as high."""
SHORT: Final = 7.0
"""Points of a ruling between two others that it touches."""
BROKEN: Final = 1.0
"""Points of a gap in a ruling that the scanner left."""
SOLID: Final = 0.9
"""Of a ruling that is ink."""
THICK: Final = (2.2, 3.2)
"""Points beside a ruling where there is paper again, at one of these distances."""
ALONGSIDE: Final = 0.5
"""Of the length of a ruling where other ink may stand right beside it."""
MEETING: Final = 2.0
"""Points by which a short ruling may miss those that it lies between."""


class Run(NamedTuple):
    """Pixels of ink in one row of a picture, from `start` to `end`."""

    row: int
    start: int
    end: int


def ink(picture: Picture) -> Ink:
    """Return where a picture is dark against the paper around."""
    height, width = picture.shape
    padding = (0, -height % BLOCK), (0, -width % BLOCK)
    padded = np.pad(picture, padding, mode="edge")
    rows, columns = padded.shape[0] // BLOCK, padded.shape[1] // BLOCK
    squares = padded.reshape(rows, BLOCK, columns, BLOCK).swapaxes(1, 2).reshape(rows, columns, -1)
    paper = np.percentile(squares, PAPER, axis=2) * DARK
    limits = paper.astype(np.uint8).repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)
    return picture < limits[:height, :width]


def lean(dark: Ink) -> float:
    """Return by how many degrees lines fall to the right: where most ink falls into few rows."""
    ys, xs = np.nonzero(dark)
    if not len(ys):
        return 0.0
    step = max(1, len(ys) // SAMPLE)
    ys, xs = ys[::step], xs[::step]

    def rows(angle: float) -> float:
        heights = np.rint(ys - (xs - dark.shape[1]) * tan(radians(angle))).astype(np.int64)
        return float(np.square(np.bincount(heights - heights.min())).sum())

    best = 0.0
    for reach, width in ((STEEPEST, 0.1), (0.1, 0.02)):
        angles = best + np.arange(-reach, reach + width / 2, width)
        best = max(angles, key=lambda angle: (rows(angle), -abs(angle)))
    return float(best)


def find_rulings(dark: Ink, scale: float) -> tuple[list[Run], list[Run]]:
    """Return the runs of ink in rows, and those in columns, that are rulings.

    `scale` is pixels per point.
    """
    flat, short_flat = _straight(dark, scale, LEVEL)
    upright, short_upright = _straight(dark.T, scale, UPRIGHT)
    reach = MEETING * scale
    flat_joining = [run for run in short_flat if _joins(run, upright, reach)]
    upright_joining = [run for run in short_upright if _joins(run, flat, reach)]
    return flat + flat_joining, upright + upright_joining


def ruled(dark: Ink, flat: list[Run], upright: list[Run]) -> Ink:
    """Return where rulings lie, a pixel around them included."""
    mask = np.zeros_like(dark)
    for run in flat:
        mask[max(0, run.row - 1) : run.row + 2, run.start : run.end] = True
    for run in upright:
        mask[run.start : run.end, max(0, run.row - 1) : run.row + 2] = True
    return mask


def _straight(dark: Ink, scale: float, least: float) -> tuple[list[Run], list[Run]]:
    """Return the thin runs of ink, the ones of at least that many points and the shorter ones."""
    counts = np.zeros((dark.shape[0], dark.shape[1] + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=counts[:, 1:])
    long: list[Run] = []
    short: list[Run] = []
    for run in _runs(dark, round(BROKEN * scale), round(SHORT * scale)):
        if _is_thin(run, counts, scale):
            (long if run.end - run.start >= least * scale else short).append(run)
    return long, short


def _runs(dark: Ink, gap: int, least: int) -> Iterator[Run]:
    """Yield the runs of ink of at least that length, small gaps closed."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change > 0)
    ends = np.nonzero(change < 0)[1]
    if not len(rows):
        return
    joined = (rows[1:] == rows[:-1]) & (starts[1:] - ends[:-1] <= gap)
    first, last = np.append(True, ~joined), np.append(~joined, True)
    rows, starts, ends = rows[first], starts[first], ends[last]
    long = ends - starts >= least
    for row, start, end in zip(rows[long], starts[long], ends[long], strict=True):
        yield Run(int(row), int(start), int(end))


def _is_thin(run: Run, counts: NDArray[np.int32], scale: float) -> bool:
    """Return whether a run is solid, with paper on both its sides."""
    length = run.end - run.start

    def share(row: int) -> float:
        if not 0 <= row < len(counts):
            return 0.0
        return float(counts[row, run.end] - counts[row, run.start]) / length

    if share(run.row) < SOLID:
        return False
    beside = [round(distance * scale) for distance in THICK]
    return all(
        min(share(run.row + side * step) for step in beside) <= ALONGSIDE for side in (-1, 1)
    )


def _joins(run: Run, across: list[Run], reach: float) -> bool:
    """Return whether a run goes from one ruling to another across it."""
    return all(
        any(
            abs(other.row - end) <= reach and other.start - reach <= run.row <= other.end + reach
            for other in across
        )
        for end in (run.start, run.end)
    )
