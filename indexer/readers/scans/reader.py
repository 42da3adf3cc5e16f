"""Reads scans: the scanned pages of a PDF, and image files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from indexer.errors import ReadingError, ScansError
from indexer.layout import Layout
from indexer.readers import ocr
from indexer.readers.ocr import INSTALL
from indexer.readers.pdf.pages import MAX_PAGES, Page
from indexer.readers.pdf.reader import laid_out
from indexer.readers.scans.pictures import PagePictures, image_pages
from indexer.readers.scans.recognition import recognised

MEDIA_TYPES: Final = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg"}
"""By a file's first bytes; the rest is TIFF."""


def scan_reader(data: bytes) -> Callable[[Page], Page]:
    """Return what reads the scanned pages of a PDF."""
    pictures = PagePictures(data)

    def read(page: Page) -> Page:
        drawn = pictures.draw(page.number)
        return recognised(page, drawn) if drawn else replace(page, damaged=True)

    return read


def read_image(data: bytes, *, recognise: bool = True) -> Layout:
    """Return the layout of an image file; raise `ReadingError` where that fails.

    Unless `recognise`, `ScansError` is raised where it could be read.
    """
    if not ocr.is_installed():
        raise ReadingError(f"图片文件：需要文字识别（OCR），请先安装：{INSTALL}")
    if not recognise:
        raise ScansError(sum(1 for _ in image_pages(data)))
    return laid_out(_pages(data), MEDIA_TYPES.get(data[:2], "image/tiff"))


def _pages(data: bytes) -> Iterator[Page]:
    for number, drawn in enumerate(image_pages(data), 1):
        if number > MAX_PAGES:
            raise ReadingError(f"图片过多：超过 {MAX_PAGES} 页")
        yield recognised(Page(number, pictures=1), drawn)
