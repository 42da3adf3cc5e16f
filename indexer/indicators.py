"""Reads the indicators of a 绩效 form: names and values under 一级, 二级 and 三级指标."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from indexer.headers import cell_texts
from indexer.labels import tidy
from indexer.layout import Fragment, Line, Places
from search.model import Cell, CellState, Indicator, Path

LEVELS: Final = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": (
        "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "可持续性影响指标",
        "可持续发展指标", "社会效益", "经济效益", "生态效益",
    ),
    "满意度指标": ("服务对象满意度指标", "服务对象满意度"),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}  # fmt: skip
"""First and second levels of 项目支出绩效目标表; a cell too narrow prints only the beginning.

The first level follows from the second, wherever a form's text prints it.
"""
SECOND: Final = {second: first for first, seconds in LEVELS.items() for second in seconds}
MIN_CUT: Final = 4
ALIKE: Final = 0.5
HALVES: Final = ("实施期指标值", "年度指标值")

_HEAD = re.compile(r".级指标")
_SIGN = re.compile(r"[≥≤=<>≧≦]")
_END = re.compile(r"负责人:?|总分|项目绩效分析")


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header prints names, values by head, and the right half (None: only one)."""

    name: int
    values: tuple[tuple[int, str], ...]
    right: int | None


def read_indicators(lines: Sequence[Line], places: Places) -> tuple[Indicator, ...]:
    """Return the indicators of a form, in order."""
    header: _Header | None = None
    found: list[Indicator] = []
    level: Path = ()
    for line in lines:
        texts = cell_texts(line)
        printed = [text for text in texts if text]
        if sum(bool(_HEAD.fullmatch(text)) for text in printed) >= 2:
            header = _header(texts)
        elif header is not None and printed and _END.match(printed[0]):
            break
        elif printed:
            if header is None and printed[0] == "绩效指标":
                header = _without_head(texts)
            if header is not None:
                level = _level(printed) or level
                found.extend(_indicators(line, texts, header, level, places))
    return tuple(found)


def _header(texts: Sequence[str]) -> _Header:
    def all_at(name: str) -> list[int]:
        return [column for column, text in enumerate(texts) if text == name]

    second, names = all_at("二级指标"), all_at("三级指标")
    right = second[1] if len(second) > 1 else None
    name = names[0] if names else len(texts)
    last = right if right is not None else len(texts)
    values = tuple((c, text) for c, text in enumerate(texts) if name < c < last and text)
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
        name = header.name - 1 if short else header.name
        if name < len(texts) and texts[name] and not _HEAD.fullmatch(texts[name]):
            values = _by_column(line, texts, header, 1 if short else 0)
            yield _indicator(line.fragments[name], values, level, places)
        return
    left, right = _halves(line, texts, header)
    if len(left) > 2 or len(right) > 2:
        return
    if len(left) == len(right) == 2 and _alike(left[0], right[0]):
        values = [(HALVES[0], left[1]), (HALVES[1], right[1])]
        yield _indicator(left[0], values, level, places)
        return
    for half, found in zip(HALVES, (left, right), strict=True):
        # A lone name says nothing; a name that comes second was moved there and is no value.
        if len(found) == 2 and not (left and found is right and _alike(left[0], right[1])):
            yield _indicator(found[0], [(half, found[1])], level, places)


def _alike(one: Fragment, other: Fragment) -> bool:
    """Return whether two names are one, which the narrower half may cut short."""
    return SequenceMatcher(None, one.text, other.text).ratio() >= ALIKE


def _halves(
    line: Line, texts: Sequence[str], header: _Header
) -> tuple[list[Fragment], list[Fragment]]:
    """Return names and values of the whole period and of the year.

    The second printing of a second level begins the right half; without one, a pair that
    stands across the header's border has moved and belongs to the left.
    """
    seconds = [column for column, text in enumerate(texts) if _second(text)]
    if header.right is None:
        return _plain(line, texts, 0, len(texts)), []
    if len(seconds) > 1 and _second(texts[seconds[-1]]) == texts[seconds[-1]]:
        split = seconds[-1]
    else:
        split = header.right
    left, right = _plain(line, texts, 0, split), _plain(line, texts, split, len(texts))
    if len(left) == len(right) == 1 and len(seconds) <= 1:
        return [*left, *right], []
    return left, right


def _by_column(
    line: Line, texts: Sequence[str], header: _Header, short: int
) -> list[tuple[str, Fragment]]:
    return [
        (head, line.fragments[column - short])
        for column, head in header.values
        if column - short < len(texts) and texts[column - short]
    ]


def _plain(line: Line, texts: Sequence[str], start: int, stop: int) -> list[Fragment]:
    """Return the cells from `start` to `stop` after the levels that are printed first."""
    columns = [column for column in range(start, min(stop, len(texts))) if texts[column]]
    while columns and (texts[columns[0]] in LEVELS or texts[columns[0]] == "绩效指标"):
        if len(columns) > 1 and _second(texts[columns[0]]) and not _second(texts[columns[1]]):
            break
        del columns[0]
    if columns and _second(texts[columns[0]]):
        del columns[0]
    return [line.fragments[column] for column in columns]


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
    return Indicator(
        level=level,
        name=tidy(name.text),
        cells=cells,
        locator=places.spanning([name, *(fragment for _, fragment in values)]),
    )
