"""Reads the amounts of a 绩效 form: by period and source, or budget against execution."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from indexer.layout import Fragment, Line, Places
from indexer.tables.headers import cell_texts
from indexer.tables.labels import own_unit, tidy
from search.amounts import SPOKEN, YUAN, parse_cell, read_cell
from search.model import Cell, CellState, Path
from search.text import normalise, without_space
from search.vocabulary import declared, in_prose

WHOLE: Final = "实施期资金总额"
YEARLY: Final = "年度资金总额"
EXECUTED: Final = "全年执行数"

_PERIODS: Final = (
    (WHOLE, re.compile(r"实施.{0,3}(?:资金总[额数]|总金额):?")),
    (YEARLY, re.compile(r".{0,2}年?度?资金总[额数]:|作.资金总额:?|年度资金总[额数]")),
)
_SOURCE = re.compile(
    r"(?:其中[:,、]?)?((?:中央|省|市|县|区|单位|其他|上级|本级|财政|上年|当年|一般公共|政府性基金)"
    r".*(?:资金|自筹|拨款|结转|结余)|其他):?"
)
_END = re.compile(r"项目概况|(?:项目)?年度(?:绩效|总体)?目标|总体目标|立项依据|绩效指标|总分")
_MEASURES: Final = (
    "目标申报数", "预算编制数", "全年预算数", "全年执行数", "资金结(转)余", "执行率", "得分",
)  # fmt: skip
"""Columns of the funds part of a provincial 自评表, in the order of the form."""
_NATIONAL: Final = ("年初预算数", "分值")
"""Columns that the national form has besides."""
_LETTERS = re.compile(r"\([A-Z/÷=*%\d]+\)$")
_MONEY = in_prose((*YUAN, *SPOKEN))
_FIGURE = re.compile(rf"(?=.*\d)[-\d\s,.%]+(?:{_MONEY})?")
_ONE = (
    r"\s*((?:其中[:：])?[\u4e00-\u9fff]{2,12}[:：])"
    rf"\s*([\d,.]*\d(?:\s*(?:{in_prose(YUAN)}))?)?[\s,;，；]*"
)
_NAMED_ONE = re.compile(_ONE)
_NAMED = re.compile(f"(?:{_ONE})+")
_SHARES: Final = frozenset({"执行率"})


def read_funds(lines: Sequence[Line], places: Places, above: str | None = None) -> tuple[Cell, ...]:
    """Return the amounts of a form's 项目资金 part, each under period or measure and source.

    `above` is the unit that stands above the form: it holds where the part prints none.
    """
    part = list(_part(lines))
    if not part:
        return ()
    heads = "".join(without_space(line.text) for line in part)
    # The head of the part is centred beside it, so its unit may be printed some lines down.
    unit = next((u for line in part for f in line.fragments if (u := _head_unit(f))), above)
    if any(measure in heads for measure in ("全年预算数", "全年执行数")):
        return tuple(_executed(part, unit, places))
    return tuple(_planned(part, unit, places))


def _part(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines from 项目资金 (or the first period's head) to the next part of the form."""
    inside = False
    for line in lines:
        printed = [text for text in cell_texts(line) if text]
        begins = any(t.startswith("项目资金") or _PERIODS[0][1].fullmatch(t) for t in printed)
        if inside and printed and _END.match(printed[0]):
            return
        inside = inside or begins
        if inside:
            yield line


def _planned(part: Sequence[Line], unit: str | None, places: Places) -> Iterator[Cell]:
    """Yield amounts of the whole period and of the year, which stand side by side.

    Of a line's heads the first is the whole period's, the second the year's. Where the right
    half is lost there is only the first.
    """
    rows = [[piece for f in line.fragments if f.text for piece in _pieces(f)] for line in part]
    texts = [without_space(fragment.text) for row in rows for fragment in row]
    whole = any(_PERIODS[0][1].fullmatch(text) for text in texts)
    yearly = any(_PERIODS[1][1].fullmatch(text) for text in texts)
    for printed in rows:
        side = 0 if whole or not yearly else 1
        for index, fragment in enumerate(printed):
            column = _column(fragment, side)
            if column is None:
                continue
            side += 1
            value = printed[index + 1] if index + 1 < len(printed) else None
            if value is not None and _column(value, 0) is None:
                yield _cell(column, value, unit, places, principal=column == (YEARLY,))


def _pieces(fragment: Fragment) -> list[Fragment]:
    """Return heads and amounts that stand in one cell apart: 年度资金总额：9.00 财政拨款：9.00."""
    if not _NAMED.fullmatch(fragment.text):
        return [fragment]
    spans = (one.span(part) for one in _NAMED_ONE.finditer(fragment.text) for part in (1, 2))
    return [fragment.part(start, end) for start, end in spans if end > start]


def _head_unit(fragment: Fragment) -> str | None:
    text = without_space(fragment.text)
    return own_unit(text) if text.startswith("项目资金") or declared(text) else None


def _column(fragment: Fragment, side: int) -> Path | None:
    text = without_space(fragment.text)
    for name, pattern in _PERIODS:
        if pattern.fullmatch(text):
            return (name,)
    source = _SOURCE.fullmatch(text)
    return None if source is None else ((WHOLE, YEARLY)[min(side, 1)], source[1])


def _executed(part: Sequence[Line], unit: str | None, places: Places) -> Iterator[Cell]:
    """Yield budget, execution and rest of a 自评表, each under its head."""
    heads = _measures(part)
    rows = [line for line in part if any(parse_cell(text) for text in cell_texts(line))]
    labels = [_label(line) for line in rows]
    for line, label in zip(rows, labels, strict=True):
        whole = label == "" or len(labels) == 1
        for measure, fragment in _measured(line, heads):
            column = (measure, label) if label else (measure,)
            principal = whole and measure in {"全年预算数", EXECUTED, *_SHARES}
            own = {"执行率": "%", "得分": None, "分值": None}.get(measure, unit)
            yield _cell(column, fragment, own, places, principal=principal)


def _measures(part: Sequence[Line]) -> dict[int, str]:
    """Return the columns of the heads that name a measure: 全年执行数（B） is 全年执行数."""
    return {
        column: name
        for line in part
        for column, text in enumerate(cell_texts(line))
        if (name := _LETTERS.sub("", text)) in {*_MEASURES, *_NATIONAL}
    }


def _measured(line: Line, heads: Mapping[int, str]) -> list[tuple[str, Fragment]]:
    """Return the figures of a row with their measures.

    They stand below their heads; where words do too, the columns are lost and the figures stand
    in the provincial form's order. A figure that is torn keeps its place in it. In the national
    form lost columns stay lost.
    """
    figures = {i: f for i, f in enumerate(line.fragments) if _FIGURE.fullmatch(normalise(f.text))}
    words = {i for i, f in enumerate(line.fragments) if re.search(r"\w", f.text)} - figures.keys()
    if figures.keys() <= heads.keys() and not words & heads.keys():
        return [(heads[i], fragment) for i, fragment in figures.items()]
    if set(_NATIONAL) & set(heads.values()):
        return []
    return list(zip(_MEASURES, figures.values(), strict=False))


def _label(line: Line) -> str:
    texts = (without_space(fragment.text) for fragment in line.fragments)
    return next((match[1] for match in map(_SOURCE.fullmatch, texts) if match), "")


def _cell(
    column: Path, fragment: Fragment, unit: str | None, places: Places, *, principal: bool
) -> Cell:
    """Return the cell of an amount; its own unit (15000万元) goes before the form's (元)."""
    parsed = read_cell(fragment.text)
    value, own = parsed if parsed else (None, None)
    unit = (own or unit) if parsed else None
    return Cell(
        column=column,
        text=tidy(fragment.text),
        value=value,
        unit=unit,
        yuan=value * YUAN[unit] if value is not None and unit in YUAN else None,
        state=CellState.ZERO if value == 0 else CellState.VALUE,
        principal=principal,
        locator=places.locate(fragment.start, fragment.end),
    )
