"""Pictures of a PDF's pages, for showing where a cited cell or clause stands.

Over pypdfium2 in a process of its own: PDFium is not safe for threads, and a hostile file can
hang or crash it.
"""

import logging
import signal
from functools import lru_cache
from io import BytesIO
from math import sqrt
from multiprocessing import get_context
from threading import Lock
from typing import Final, NamedTuple

from pebble import ProcessExpired, ProcessPool

from search import memory
from search.store import Store

MEDIA_TYPE: Final = "application/pdf"
"""Of the sources that have pages to be drawn."""
WIDTH: Final = 1400
"""Pixels: enough to read the smallest print on a wide screen."""
MAX_PIXELS: Final = 4_000_000
"""A page that claims to be larger is drawn smaller."""
MAX_SECONDS: Final = 20
"""A page takes tenths of a second; a file that takes longer is hostile."""
MAX_WAIT: Final = 40
"""Seconds that a page waits for those asked for before it, and for its own drawing."""
MAX_MEMORY: Final = 2 * 1024**3
"""Bytes of address space of the drawing process."""
KEPT: Final = 32
"""Pictures kept in memory, each some hundred kilobytes."""

_LOG: Final = logging.getLogger("gongkai.pictures")


class Picture(NamedTuple):
    """A page drawn as PNG; its size in points, as it is shown."""

    png: bytes
    width: float
    height: float
    pages: int


class Pictures:
    """Draws the pages of stored PDFs, and keeps those asked for last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._pool: ProcessPool | None = None  # starts with the first picture
        self._drawn = lru_cache(maxsize=KEPT)(self._draw)

    def page(self, sha256: str, number: int) -> Picture | None:
        """Return page `number` (from 1) of a source; None where it has none or cannot be drawn."""
        pool = self._started()
        try:
            return self._drawn(sha256, number)
        except (OSError, RuntimeError) as error:  # no process starts, or none answers
            _LOG.error("no drawing process: %s", error or type(error).__name__)
            self._ended(pool)
            return None

    def _draw(self, sha256: str, number: int) -> Picture | None:
        data = self._store.source(sha256)
        if data is None:
            return None
        future = self._started().schedule(_drawn, args=[data, number], timeout=MAX_SECONDS)
        try:
            found: Picture | None = future.result(MAX_WAIT)
        except (TimeoutError, ProcessExpired, MemoryError):
            if future.done():
                return None
            future.cancel()
            raise
        return found

    def _started(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=1, initializer=_limit, context=get_context("spawn")
                )
            return self._pool

    def _ended(self, pool: ProcessPool) -> None:
        """End a broken pool; the next page has another."""
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.stop()
        pool.join()


def _drawn(data: bytes, number: int) -> Picture | None:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only the drawing process

    try:
        with PdfDocument(data) as document:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, sqrt(MAX_PIXELS / (width * height)))
            file = BytesIO()
            page.render(scale=scale).to_pil().save(file, format="PNG", optimize=True)
            return Picture(file.getvalue(), width, height, len(document))
    except (PdfiumError, ValueError, ZeroDivisionError):
        return None


def _limit() -> None:
    """Limit the drawing process's memory; leave interrupts to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory.limit(MAX_MEMORY)
