"""Sets the picture of a scan upright: by quarter turns as its text runs, then by its lean."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.readers.ocr import Picture, letters, text_areas
from indexer.readers.scans.ink import ink, lean

STRAIGHT: Final = 0.12
"""Degrees that a page may lean without being turned back: a point over its width."""
TALL: Final = 1.5
"""Times its width that a piece of text is high where its lines run up or down the page."""
SLOPE: Final = 8.0
"""Degrees off the axes from which on text is a stamp or a watermark."""
PROOFS: Final = 6
"""The longest pieces of text tell which way up a page is."""
SURE: Final = 0.9
"""Confidence of text that stands the right way up."""

_Areas = NDArray[np.float64]


class Area(NamedTuple):
    """A box of pixels, ends left out."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture after `turns` quarter turns and `lean` degrees back, counter-clockwise."""

    picture: Picture
    areas: _Areas
    turns: int = 0
    lean: float = 0.0

    def boxes(self) -> Iterator[Area]:
        """Yield the boxes of the pieces of text."""
        height, width = self.picture.shape
        for corners in self.areas:
            x0, y0 = (max(0, int(x)) for x in np.floor(corners.min(axis=0)))
            x1, y1 = (int(x) for x in np.ceil(corners.max(axis=0)))
            if min(x1, width) > x0 and min(y1, height) > y0:
                yield Area(x0, y0, min(x1, width), min(y1, height))


def set_upright(picture: Picture) -> Upright:
    """Return a picture with its pieces of text so that these run from left to right."""
    areas = _along_axes(text_areas(picture))
    sizes = np.ptp(areas, axis=1)
    tall = sizes[:, 1] > TALL * sizes[:, 0]
    wide = sizes[:, 0] > TALL * sizes[:, 1]
    sideways = np.prod(sizes[tall], axis=1).sum() > np.prod(sizes[wide], axis=1).sum()
    sheet = _levelled(_turned(Upright(picture, areas), 1 if sideways else 0))
    confidence = _confidence(sheet)
    if confidence < SURE:
        over = _turned(sheet, 2)
        if _confidence(over) > confidence:
            return over
    return sheet


def _along_axes(areas: _Areas) -> _Areas:
    """Return the pieces of text that run along the page's edges, nearly."""
    along = np.abs(areas[:, 1] - areas[:, 0])
    slope = np.degrees(np.arctan2(along.min(axis=1), along.max(axis=1)))
    along_axes: _Areas = areas[slope < SLOPE]
    return along_axes


def _turned(sheet: Upright, turns: int) -> Upright:
    picture, areas = sheet.picture, sheet.areas
    for _ in range(turns):
        areas = np.stack((areas[..., 1], picture.shape[1] - areas[..., 0]), axis=-1)
        picture = np.rot90(picture)
    return Upright(np.ascontiguousarray(picture), areas, (sheet.turns + turns) % 4, sheet.lean)


def _levelled(sheet: Upright) -> Upright:
    degrees = lean(ink(sheet.picture))
    if abs(degrees) < STRAIGHT:
        return sheet
    image = Image.fromarray(sheet.picture)
    paper = int(np.median(sheet.picture))
    level = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=paper)
    middle = np.array(sheet.picture.shape[::-1]) / 2
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    areas = (sheet.areas - middle) @ np.array([[cos, -sin], [sin, cos]]) + middle
    return Upright(np.asarray(level), areas, sheet.turns, degrees)


def _confidence(sheet: Upright) -> float:
    """Return how surely the longest pieces of text are recognised."""
    longest = sorted(sheet.boxes(), key=lambda box: box.width, reverse=True)[:PROOFS]
    crops = [sheet.picture[box.y0 : box.y1, box.x0 : box.x1] for box in longest]
    shares = [letter.confidence for crop in crops for letter in letters(crop)]
    return sum(shares) / len(shares) if shares else 0.0
