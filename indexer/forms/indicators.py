"""Reads the indicators of a 绩效 form: names and values under 一级, 二级 and 三级指标.

Rows of a form's text are ragged, so that columns tell little: a line's level words are taken
out first, what remains are names and values, left half (whole period) before right half (year).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.layout import Fragment, Line, Places
from indexer.tables.headers import cell_texts
from indexer.tables.labels import tidy, without_brackets
from search.analysis import clean
from search.model import Cell, CellState, Indicator, Path, Warning

LEVELS: Final = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": (
        "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "可持续性影响指标",
        "可持续发展指标", "社会效益", "经济效益", "生态效益",
    ),
    "满意度指标": ("服务对象满意度指标", "服务对象满意度"),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}  # fmt: skip
"""First and second levels of 项目支出绩效目标表; the first follows from the second."""
SECOND: Final = {second: first for first, seconds in LEVELS.items() for second in seconds}
MIN_CUT: Final = 5
"""A narrow cell prints a level's first characters; fewer than these may be a name."""
HALVES: Final = ("实施期指标值", "年度指标值")

_HEAD = re.compile(r".级指标")
_END = re.compile(r"负责人:?|总分|项目绩效分析")
_SIGN = re.compile(r"[≥≤=<>≧≦]")
_VALUE = re.compile(r"[≥≤=<>≧≦]|\d")
_BARE = re.compile(r"[≥≤=<>≧≦]?\s*[\d.,]+\s*(?:%|[\u4e00-\u9fff]{1,2})?")
_STRAY = re.compile(r"([\u4e00-\u9fff])(?=[≥≤=<>≧≦]|\d)")


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header prints names, values by head, and the right half (None: only one).

    `lone` is what the values of a form with one half are called.
    """

    name: int
    values: tuple[tuple[int, str], ...]
    right: int | None
    lone: str = HALVES[0]


@dataclass(frozen=True, slots=True)
class _Word:
    """A printed cell of a line; `level` is the second level it names, in full."""

    column: int
    fragment: Fragment
    text: str
    level: str | None


def read_indicators(
    lines: Sequence[Line], places: Places
) -> tuple[tuple[Indicator, ...], tuple[Warning, ...]]:
    """Return the indicators of a form in order, and a warning for each line left over."""
    header: _Header | None = None
    found: list[Indicator] = []
    warnings: list[Warning] = []
    level: Path = ()
    # A form of two halves that lost its right one prints that it has two.
    periods = any("实施期" in text for line in lines for text in cell_texts(line))
    for line in lines:
        texts = cell_texts(line)
        printed = [text for text in texts if text]
        if sum(bool(_HEAD.fullmatch(text)) for text in printed) >= 2:
            header = _header(texts)
            if header.values and not periods:
                header = replace(header, lone=header.values[0][1])
        elif header is not None and printed and _END.match(printed[0]):
            break
        elif printed:
            if header is None and printed[0] == "绩效指标":
                header = _without_head(texts)
            if header is not None:
                level = _level(printed) or level
                read = list(_indicators(line, texts, header, level, places))
                if not read and any(map(_VALUE.match, printed)):
                    message = f"绩效指标没有归入：{'、'.join(printed)}"
                    warnings.append(Warning(message=message, line=line.number))
                found.extend(read)
    return merged(found), tuple(warnings)


def _header(texts: Sequence[str]) -> _Header:
    def all_at(name: str) -> list[int]:
        return [column for column, text in enumerate(texts) if text == name]

    second, names = all_at("二级指标"), all_at("三级指标")
    right = second[1] if len(second) > 1 else None
    name = names[0] if names else len(texts)
    last = right if right is not None else len(texts)
    values = tuple(
        (c, without_brackets(text)) for c, text in enumerate(texts) if name < c < last and text
    )
    return _Header(name=name, values=values, right=right)


def _without_head(texts: Sequence[str]) -> _Header | None:
    """Return the header of a form whose text lost it, from its first line of indicators."""
    seconds = [column for column, text in enumerate(texts) if _second(text)]
    if len(seconds) < 2:
        return None
    return _Header(name=seconds[0] + 1, values=(), right=seconds[1])


def _level(printed: Sequence[str]) -> Path:
    """Return the levels that a line prints, empty where it goes on with those above."""
    for text, following in zip(printed[:3], [*printed[1:], ""], strict=False):
        second = _second(text)
        heads = _second(following) in LEVELS.get(text, ())
        if second is not None and not heads:
            return (SECOND[second], second)
    first = next((text for text in printed[:2] if text in LEVELS), None)
    return (first,) if first else ()


def _second(text: str) -> str | None:
    """Return the full name of a second level, of which a narrow cell prints the beginning."""
    if text in SECOND:
        return text
    if len(text) < MIN_CUT:
        return None
    return next((name for name in SECOND if name.startswith(text)), None)


def _indicators(
    line: Line, texts: Sequence[str], header: _Header, level: Path, places: Places
) -> Iterator[Indicator]:
    if len(header.values) > 1:
        # A name never begins with a sign of comparison: then it is lost, the line a cell short.
        short = bool(_SIGN.match(texts[header.name] if header.name < len(texts) else ""))
        at = header.name - 1 if short else header.name
        if at < len(texts) and texts[at] and not _HEAD.fullmatch(texts[at]):
            values = _by_column(line, texts, header, 1 if short else 0)
            yield _indicator(line.fragments[at], values, level, places)
        return
    words = _words(line, texts)
    levels = [word for word in words if word.level is not None]
    plain = _without_levels(words)
    for half, name, value in _pairs(plain, levels, header):
        if _BARE.fullmatch(name.text):
            continue  # the name is lost, and what stands in its place is a value
        nearest = next((w.level for w in reversed(levels) if w.column < name.column), None)
        path = (SECOND[nearest], nearest) if nearest else level
        moved, figure = _rejoined(name.fragment, value.fragment)
        yield _indicator(moved, [(half, figure)], path, places)


def _words(line: Line, texts: Sequence[str]) -> list[_Word]:
    return [
        _Word(column, line.fragments[column], text, _second(text))
        for column, text in enumerate(texts)
        if text and text != "绩效指标"
    ]


def _without_levels(words: Sequence[_Word]) -> list[_Word]:
    """Return names and values; the second of two equal level words is a name."""
    plain: list[_Word] = []
    last: _Word | None = None
    for word in words:
        repeated = last is not None and word.text == last.text and last.level is not None
        if repeated or not (word.text in LEVELS or word.level is not None):
            plain.append(word)
        last = None if repeated else word
    # Names and values come in pairs: an odd one out is a level printed once more.
    return [word for word in plain if word.level is None] if len(plain) % 2 else plain


def _pairs(
    plain: Sequence[_Word], levels: Sequence[_Word], header: _Header
) -> Iterator[tuple[str, _Word, _Word]]:
    """Yield half, name and value of what a line prints besides its levels."""
    if len(plain) == 4:
        yield HALVES[0], plain[0], plain[1]
        yield HALVES[1], plain[2], plain[3]
    elif len(plain) == 3 and _same(plain[0].text, plain[2].text):
        yield HALVES[0], plain[0], plain[1]  # the right half lost its value
    elif len(plain) == 3 and _same(plain[0].text, plain[1].text):
        yield HALVES[1], plain[1], plain[2]  # the left half lost its value
    elif len(plain) == 2:
        yield _half(plain, levels, header), plain[0], plain[1]
    elif len(plain) == 1 and levels and _VALUE.match(plain[0].text):
        # The name was merged away; the level above it names what the value is of.
        yield _half(plain, levels, header), levels[0], plain[0]


def _half(plain: Sequence[_Word], levels: Sequence[_Word], header: _Header) -> str:
    """Return the half that a lone pair stands in, or the only head of values that is printed.

    Behind a second printing of its level, or beyond the header's border, it is the year's.
    """
    if header.right is None:
        return header.lone
    seconds = [word for word in levels if levels[0].level == word.level]
    if len(seconds) > 1:
        return HALVES[plain[0].column > seconds[-1].column]
    return HALVES[plain[0].column >= header.right]


def _same(one: str, other: str) -> bool:
    """Return whether two names are one, of which a narrower cell may print the beginning."""
    short, long = sorted((clean(one), clean(other)), key=len)
    return long.startswith(short)


def _rejoined(name: Fragment, value: Fragment) -> tuple[Fragment, Fragment]:
    """Return name and value with a stray last character of the name taken from the value."""
    stray = _STRAY.match(value.text)
    if stray is None:
        return name, value
    whole = name.text if name.text.endswith(stray[1]) else name.text + stray[1]
    return (
        replace(name, text=whole),
        replace(value, text=value.text[1:], start=value.start + 1),
    )


def _by_column(
    line: Line, texts: Sequence[str], header: _Header, short: int
) -> list[tuple[str, Fragment]]:
    """Return the values under their heads; words right behind the last head belong to it."""
    found = [
        (head, line.fragments[column - short])
        for column, head in header.values
        if column - short < len(texts) and texts[column - short]
    ]
    column, head = header.values[-1]
    behind = column - short + 1
    if head not in {h for h, _ in found} and behind < len(texts) and texts[behind]:
        found.append((head, line.fragments[behind]))
    return found


def _indicator(
    name: Fragment, values: Sequence[tuple[str, Fragment]], level: Path, places: Places
) -> Indicator:
    cells = tuple(
        Cell(
            column=(head,),
            text=tidy(fragment.text),
            state=CellState.VALUE,
            locator=places.locate(fragment.start, fragment.end),
        )
        for head, fragment in values
    )
    label = tidy(name.text)
    if level[-1:] == ("服务对象满意度",) and label.startswith("指"):
        label = label[1:]  # the last character of 服务对象满意度指标, cut off by its cell
    return Indicator(
        level=level,
        name=label,
        cells=cells,
        locator=places.spanning([name, *(fragment for _, fragment in values)]),
    )


def merged(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators with the two halves of a line as one where their names are one."""
    found: list[Indicator] = []
    for indicator in indicators:
        last = found[-1] if found else None
        if (
            last is not None
            and last.locator.line_start == indicator.locator.line_start
            and last.level == indicator.level
            and _same(last.name, indicator.name)
            and len(last.cells) == len(indicator.cells) == 1
        ):
            cells = (*last.cells, *indicator.cells)
            found[-1] = last.model_copy(update={"cells": cells})
        else:
            found.append(indicator)
    return tuple(found)
