"""Reads plain text: tab-separated table rows, Markdown-like heads, HTML marks for bold."""

import codecs
import re
import unicodedata
from collections import Counter
from typing import Final

from indexer.errors import ReadingError
from indexer.layout import Fragment, Layout, Line

MEDIA_TYPE: Final = "text/plain"
MAX_CONTROL_SHARE: Final = 0.01
"""More control characters than this and the bytes are no text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"</?(?:b|strong|i|em|u|p|br|sup|sub|span|table|thead|tbody|tr|t[dh])\b[^<>]*>")
_MARK = re.compile(rf"{_TAG.pattern}|\*\*")
_HEAD = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"[-*•]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*")
_RULE_CELL = re.compile(r"\s*:?-{2,}:?\s*|\s*")


def read_text(data: bytes) -> Layout:
    """Return the layout of a text file; raise `ReadingError` where the bytes are no text."""
    text = decode(data)
    if not text.strip():
        raise ReadingError("空文件：没有任何文字")
    spans = enumerate(_line_spans(text), 1)
    return Layout(text, tuple(_line(text, number, *span) for number, span in spans), MEDIA_TYPE)


def decode(data: bytes) -> str:
    """Return the text of UTF-8, UTF-16 (with mark) or GB18030 bytes, without byte-order mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], (encoding,))
    if b"\0" in data:
        raise ReadingError("二进制文件：不是文本")
    return _strict(data, ("utf-8", "gb18030"))


def _strict(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(number for char, number in Counter(text).items() if _is_odd(char))
        if odd > MAX_CONTROL_SHARE * len(text):
            break
        return text
    raise ReadingError("二进制文件或未知编码：既不是 UTF-8 也不是 GB18030 文本")


def _is_odd(char: str) -> bool:
    """Return whether no text has a use for the character."""
    return unicodedata.category(char) in {"Cc", "Co", "Cn"} and char not in "\t\r\n\f"


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in _LINE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _line(text: str, number: int, start: int, end: int) -> Line:
    body = text[start:end]
    if _RULE.fullmatch(body) or ("-" in body and all(map(_RULE_CELL.fullmatch, body.split("\t")))):
        return Line(number, start, end, ())
    offset, heading = start, 0
    if head := _HEAD.match(body):
        heading = len(head[1])
        offset += head.end()
    elif bullet := _BULLET.match(body):
        offset += bullet.end()
    fragments = []
    for cell in text[offset:end].split("\t"):
        fragments.append(_fragment(text, offset, offset + len(cell)))
        offset += len(cell) + 1
    return Line(number, start, end, tuple(fragments), heading)


def _fragment(text: str, start: int, end: int) -> Fragment:
    """Return the fragment of `text[start:end]`, outer marks and white space left outside."""
    cell = text[start:end]
    if "<" not in cell and "*" not in cell:
        start += len(cell) - len(cell.lstrip())
        cell = cell.strip()
        return Fragment(cell, start, start + len(cell))
    marks = [(m.start() + start, m.end() + start) for m in _MARK.finditer(cell)]
    first, last = 0, len(marks)
    while True:
        while start < end and text[start].isspace():
            start += 1
        if first < last and marks[first][0] == start:
            start = marks[first][1]
            first += 1
            continue
        break
    while True:
        while start < end and text[end - 1].isspace():
            end -= 1
        if first < last and marks[last - 1][1] == end:
            end = marks[last - 1][0]
            last -= 1
            continue
        break
    if start >= end:
        return Fragment("", start, start)
    if first == last:
        return Fragment(text[start:end], start, end)
    return _without(text, start, end, marks[first:last])


def _without(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> Fragment:
    """Return the fragment of `text[start:end]` less the marks within it."""
    positions: list[int] = []
    at = start
    for begin, stop in [*marks, (end, end)]:
        positions.extend(range(at, begin))
        at = stop
    shown = "".join(text[position] for position in positions)
    return Fragment(shown, start, end, positions=tuple(positions))
