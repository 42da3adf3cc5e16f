"""Reads the objects of a PDF file within bounds: no stream or font may grow without limit."""

import re
import zlib
from collections.abc import Mapping
from typing import Any, Final

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    resolve1,
)

from indexer.errors import ReadingError

MAX_STREAM: Final = 64 * 1024 * 1024
"""A page's drawing or a whole Chinese font is a few MB; one that inflates to more is a trap."""
MAX_SLOW_STREAM: Final = 1024 * 1024
"""Old compressions are expanded byte by byte and up to two thousand times; pages need far less."""
MAX_RANGE: Final = 0x110000
"""Unicode has no more code points, so no table of a font's characters has a use for more."""

_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>")
_SLOW = (*LITERALS_LZW_DECODE, *LITERALS_RUNLENGTH_DECODE)
_CHUNK = 1024 * 1024


class BoundedStream(PDFStream):
    """A stream that refuses to inflate beyond `MAX_STREAM`."""

    def decode(self) -> None:
        """Decode the stream; raise `ReadingError` where it is a decompression bomb."""
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, _ in self.get_filters():
            if name in _SLOW and len(data) > MAX_SLOW_STREAM:
                raise ReadingError("PDF 中的数据流过大：不像公开文件")
            if name not in LITERALS_FLATE_DECODE:
                break
            data = _inflated(data)
        super().decode()


class BoundedParser(PDFParser):
    """A parser whose streams are bounded."""

    def push(self, *objs: Any) -> None:
        """Push objects on the stack, streams as bounded ones."""
        super().push(
            *(
                (pos, BoundedStream(obj.attrs, obj.rawdata or b"", obj.decipher))
                if type(obj) is PDFStream
                else (pos, obj)
                for pos, obj in objs
            )
        )


class BoundedResources(PDFResourceManager):
    """A manager that loads no font whose tables count without end."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font; raise `ReadingError` where a range in it is impossibly long."""
        for key in ("ToUnicode", "Encoding"):
            table = resolve1(spec.get(key))
            if isinstance(table, PDFStream):
                _check_ranges(table.get_data())
        for key in ("W", "W2"):
            widths = resolve1(spec.get(key))
            if isinstance(widths, list):
                numbers = [n for n in map(resolve1, widths) if isinstance(n, int)]
                if any(abs(number) > MAX_RANGE for number in numbers):
                    raise ReadingError("PDF 的字体已损坏：字符范围过大")
        return super().get_font(objid, spec)


def _inflated(data: bytes) -> bytes:
    """Return what `data` inflates to, as far as it is sound; refuse to go beyond the limit."""
    inflate = zlib.decompressobj()
    parts, size = [], 0
    try:
        while data and not inflate.eof:
            part = inflate.decompress(data, _CHUNK)
            data = inflate.unconsumed_tail
            size += len(part)
            if size > MAX_STREAM:
                raise ReadingError("PDF 中的数据流过大：不像公开文件")
            parts.append(part)
    except zlib.error:
        pass
    return b"".join(parts)


def _check_ranges(table: bytes) -> None:
    length = 0
    for match in _RANGE.finditer(table):
        length += max(0, min(int(match[2], 16) - int(match[1], 16), MAX_RANGE + 1))
    # Pairs that map one character to another look like ranges too, hence the wide margin.
    if length > 64 * MAX_RANGE:
        raise ReadingError("PDF 的字体已损坏：字符范围过大")
