"""Reads 绩效 forms: label and value side by side, spread over a grid of uneven width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from indexer.forms.funds import EXECUTED, WHOLE, YEARLY, read_funds
from indexer.forms.indicators import read_indicators
from indexer.layout import Fragment, Line, Places
from indexer.tables.headers import cell_texts, is_header_row
from indexer.tables.labels import tidy
from search.amounts import parse_cell
from search.model import Cell, FormField, Indicator, Warning
from search.text import without_space

FIELDS: Final = (
    "项目名称", "主管部门及代码", "主管部门", "实施单位", "预算单位", "项目属性", "项目期",
    "项目概况", "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划",
    "项目实施和预算执行情况", "产出情况", "效益情况", "满意度情况", "主要经验做法",
    "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议", "负责人", "经办人",
    "联系电话", "填报日期",
)  # fmt: skip
"""Fields of the provincial 项目支出绩效目标申报表 and 自评表 whose value is the cell beside."""
GOALS: Final = ("实施期目标", "年度目标", "预期目标", "实际完成情况")
"""Heads printed side by side in a line of their own, above the texts they name."""
LISTED: Final = 4
"""The first line of a form has fewer cells than this; a list of projects has as many heads."""
_FUNDS = re.compile(r"资金|金额|预算")
_PERIOD = re.compile(r"项目日?期")
_SECTION_HEADS: Final = frozenset({*GOALS, "项目年度绩效目标"})
_TEXTS: Final = (
    "项目概况",
    "立项依据",
    "项目设立必要性",
    "保证项目实施的制度、措施",
    "项目实施计划",
)
"""The long texts of a 申报表 in their order."""


PLANNED: Final = "年度预算安排"
"""How prose heads the year's amount."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as read; `table` is the id of the table that prints it, empty where prose tells it."""

    table: str
    name: str
    fields: tuple[FormField, ...]
    funds: tuple[Cell, ...]
    indicators: tuple[Indicator, ...]

    warnings: tuple[Warning, ...] = ()

    @property
    def total(self) -> Cell | None:
        """The year's amount: planned, executed, or the whole period's if that is all there is."""
        totals = {cell.column[0]: cell for cell in self.funds if self._is_total(cell)}
        names = (YEARLY, EXECUTED, WHOLE, PLANNED)
        return next((totals[name] for name in names if name in totals), None)

    @property
    def amount(self) -> Decimal | None:
        """The year's amount in yuan."""
        return self.total.yuan if self.total else None

    def _is_total(self, cell: Cell) -> bool:
        """Return whether a cell is a total, or the only source that its measure has."""
        same = [other for other in self.funds if other.column[0] == cell.column[0]]
        return cell.yuan is not None and (len(cell.column) == 1 or len(same) == 1)

    def field(self, name: str) -> str:
        """Return the text of a field, empty where the form has none."""
        return next((field.value for field in self.fields if field.name == name), "")


def read_form(
    lines: Sequence[Line], places: Places, table: str, unit: str | None = None
) -> Form | None:
    """Return the form printed on `lines`, None where they hold no project's name.

    `unit` is what stands above it.
    """
    fields = [*_fields(lines, places), *_goals(lines, places), *_score(lines, places)]
    name = next((field.value for field in fields if field.name == "项目名称"), None)
    if name is None:
        return None
    indicators, warnings = read_indicators(lines, places)
    return Form(
        table=table,
        name=name,
        fields=tuple(_settled(fields, lines, places)),
        funds=read_funds(lines, places, unit),
        indicators=indicators,
        warnings=warnings,
    )


def lists_projects(texts: Sequence[Sequence[str]]) -> bool:
    """Return whether a table is one of goals by project (a line each), and no form."""
    heads = texts[0]
    below = texts[1:3] if len(texts) > 1 and is_header_row(texts[1]) else texts[1:2]
    return (
        sum(map(bool, heads)) >= LISTED
        and "项目名称" in heads
        and not any(map(parse_cell, heads))
        and any(
            _FUNDS.search(head) and parse_cell(text)
            for row in below
            for head, text in zip(heads, row, strict=False)
        )
    )


def _fields(lines: Sequence[Line], places: Places) -> Iterator[FormField]:
    for line in lines:
        printed = [fragment for fragment in line.fragments if fragment.text]
        for index, fragment in enumerate(printed):
            head = _head(fragment)
            value = printed[index + 1] if index + 1 < len(printed) else None
            if head is None or value is None or _head(value) is not None:
                continue
            if head == "项目名称" and _text(value) in _SECTION_HEADS:
                continue  # heads of a list beside each other
            yield _field(head, value, places)


def _field(name: str, value: Fragment, places: Places) -> FormField:
    return FormField(
        name=name, value=tidy(value.text), locator=places.locate(value.start, value.end)
    )


def _goals(lines: Sequence[Line], places: Places) -> Iterator[FormField]:
    """Yield the goals, whose heads stand side by side in the line above them."""
    for above, line in pairwise(lines):
        heads = [(c, t) for c, t in enumerate(cell_texts(above)) if t in GOALS]
        if not heads or any(t in GOALS for t in cell_texts(line)):
            continue
        for column, fragment in enumerate(line.fragments):
            named = [name for at, name in heads if at <= column]
            if fragment.text and _text(fragment) != "总体目标":
                yield _field(named[-1] if named else heads[0][1], fragment, places)


def _score(lines: Sequence[Line], places: Places) -> Iterator[FormField]:
    """Yield the result of a 自评表: 总分 and, behind it, 等级."""
    for line in lines:
        printed = [fragment for fragment in line.fragments if fragment.text]
        if not printed or _text(printed[0]) != "总分":
            continue
        figures = [one for one in printed[1:] if parse_cell(without_space(one.text))]
        if len(figures) > 1:  # the national form: the points that could be had, those that were
            yield _field("总分", figures[-1], places)
        else:
            yield from (
                _field(name, value, places)
                for name, value in zip(("总分", "等级"), printed[1:], strict=False)
            )


def _settled(
    fields: Sequence[FormField], lines: Sequence[Line], places: Places
) -> Iterator[FormField]:
    """Yield the fields, the long texts under their own heads.

    Where the last of them holds the next section's head, the texts stand one line too high;
    the first then stands in a line without head.
    """
    last = next((field for field in fields if field.name == _TEXTS[-1]), None)
    if last is None or re.sub(r"\s", "", last.value) not in _SECTION_HEADS:
        yield from fields
        return
    texts = [field for field in fields if field.name in _TEXTS and field is not last]
    headless = _headless(lines)
    values = [_field("", headless, places)] if headless else []
    if len(values) + len(texts) != len(_TEXTS):
        texts = []  # not sure which is which: rather none than a wrong one
    moved = dict(zip(_TEXTS, [*values, *texts], strict=False)) if texts else {}
    for field in fields:
        if field.name not in _TEXTS:
            yield field
    for name, field in moved.items():
        yield field.model_copy(update={"name": name})


def _headless(lines: Sequence[Line]) -> Fragment | None:
    """Return the lone text of the line right above 项目概况."""
    for line, below in pairwise(lines):
        printed = [fragment for fragment in line.fragments if fragment.text]
        heads = [fragment for fragment in below.fragments if fragment.text]
        if len(printed) == 1 and heads and _head(heads[0]) == _TEXTS[0]:
            return printed[0]
    return None


def _head(fragment: Fragment) -> str | None:
    text = _text(fragment)
    if _PERIOD.fullmatch(text):
        return "项目期"
    return text if text in FIELDS else None


def _text(fragment: Fragment) -> str:
    return without_space(fragment.text).rstrip(":")
