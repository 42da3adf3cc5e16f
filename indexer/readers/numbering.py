"""Prints the automatic numbers of a Word document's paragraphs: 第一部分, 一、, （一）, 1., ①."""

import re
from collections import defaultdict
from typing import Final

from docx.oxml.ns import qn
from lxml.etree import _Element

MAX_NUMBER: Final = 9999
"""No list of a disclosure counts further; a larger number is printed in digits."""

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
     "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand"}
)  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SILENT = frozenset({"bullet", "none"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Numbering:
    """Counts the numbered paragraphs of one document, in the order they come."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Element] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[str] = set()
        for number in [] if root is None else root.iter(qn("w:num")):
            self._lists[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId") or ""
            self._override(number)
        for abstract in [] if root is None else root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                depth = int(level.get(qn("w:ilvl"), "0"))
                self._levels[abstract.get(qn("w:abstractNumId"), ""), depth] = level

    def _override(self, number: _Element) -> None:
        for override in number.iter(qn("w:lvlOverride")):
            start = _value(override, "w:startOverride")
            if start is not None:
                depth = int(override.get(qn("w:ilvl"), "0"))
                self._starts[number.get(qn("w:numId"), ""), depth] = int(start)

    def next(self, number: str, depth: int) -> str:
        """Return what Word prints before the next paragraph of a list, empty where nothing."""
        abstract = self._lists.get(number, "")
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        counts = self._counts[abstract]
        if number not in self._seen:
            self._seen.add(number)
            if (number, depth) in self._starts:
                counts.pop(depth, None)
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        for shown in range(depth + 1):
            counts.setdefault(shown, self._start(number, abstract, shown) - (shown == depth))
        counts[depth] += 1
        if (_value(level, "w:numFmt") or "decimal") in _SILENT:
            return ""
        text = re.sub(
            r"%([1-9])",
            lambda match: self._printed(abstract, int(match[1]) - 1, counts),
            _value(level, "w:lvlText") or "",
        )
        return f"{text} " if text[-1:].isalnum() or text.endswith(".") else text

    def _start(self, number: str, abstract: str, depth: int) -> int:
        if (number, depth) in self._starts:
            return self._starts[number, depth]
        level = self._levels.get((abstract, depth))
        return int((None if level is None else _value(level, "w:start")) or "1")

    def _printed(self, abstract: str, depth: int, counts: dict[int, int]) -> str:
        level = self._levels.get((abstract, depth))
        form = (None if level is None else _value(level, "w:numFmt")) or "decimal"
        return print_number(counts.get(depth, 1), form)


def print_number(number: int, form: str) -> str:
    """Return a number as a list's format (ST_NumberFormat) prints it; unknown ones in digits."""
    if form in _CHINESE and 0 < number <= MAX_NUMBER:
        return _chinese(number)
    if form in _CIRCLED and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in {"upperLetter", "lowerLetter"} and 0 < number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    if form in {"upperRoman", "lowerRoman"} and 0 < number <= MAX_NUMBER:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    printed, rest, gap = "", number, False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, place)
        if digit:
            printed += ("零" if gap and printed else "") + _DIGITS[digit] + name
        gap = not digit
    return printed.removeprefix("一") if printed.startswith("一十") else printed


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        printed += letters * count
    return printed


def _value(parent: _Element, name: str) -> str | None:
    found = parent.find(qn(name))
    return None if found is None else found.get(qn("w:val"))
