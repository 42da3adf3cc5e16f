"""Makes the pictures that text is recognised in: pages of a PDF as drawn, and image files."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from indexer.errors import ReadingError
from indexer.readers.ocr import Picture

INCH: Final = 72.0
"""Points."""
RESOLUTION: Final = 200.0
"""Dots per inch in which pages are drawn; the recogniser was trained on letters of that size."""
MAX_PIXELS: Final = 40_000_000
"""Of one picture: larger than A2 at that resolution."""
PLAUSIBLE: Final = (72.0, 1200.0)
"""Dots per inch that an image file may claim; else it is taken for a sheet of A4."""
SHEET: Final = 595.0
"""Points: the width of A4."""


class Drawn(NamedTuple):
    """A picture of a page, `scale` pixels to the point."""

    picture: Picture
    scale: float


class PagePictures:
    """Draws pages of a PDF, opened at the first one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: pypdfium2.PdfDocument | None = None

    def draw(self, number: int) -> Drawn | None:
        """Return the picture of a page, counted from 1; None where it cannot be drawn."""
        try:
            if self._pdf is None:
                self._pdf = pypdfium2.PdfDocument(self._data)
            page = self._pdf[number - 1]
            width, height = page.get_size()
            scale = min(RESOLUTION / INCH, (MAX_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            picture = np.array(bitmap.to_numpy(), dtype=np.uint8)
        except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError):
            return None
        return Drawn(picture.reshape(picture.shape[:2]), scale)


def image_pages(data: bytes) -> Iterator[Drawn]:
    """Yield the pictures in an image file: one, or the pages of a TIFF."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MAX_PIXELS:
                    raise ReadingError(f"图片过大：超过 {MAX_PIXELS // 10**6} 百万像素")
                dots = float(frame.info.get("dpi", (0, 0))[0])
                upright = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", upright.size, "white")
                grey = Image.alpha_composite(paper, upright).convert("L")
                scale = dots / INCH if PLAUSIBLE[0] <= dots <= PLAUSIBLE[1] else grey.width / SHEET
                yield Drawn(np.asarray(grey), scale)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise ReadingError("图片已损坏或过大，无法打开") from error
