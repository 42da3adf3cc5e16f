"""Reads 绩效 forms: label and value side by side, spread over a grid of uneven width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indexer.blocks import Block
from indexer.funds import EXECUTED, WHOLE, YEARLY, read_funds
from indexer.headers import cell_texts
from indexer.indicators import read_indicators
from indexer.labels import tidy
from indexer.layout import Fragment, Line, Places
from search.model import Cell, FormField, Indicator
from search.text import normalise

FIELDS: Final = (
    "项目名称", "主管部门及代码", "主管部门", "实施单位", "预算单位", "项目属性", "项目期",
    "项目概况", "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划",
    "总体目标", "项目实施和预算执行情况", "产出情况", "效益情况", "满意度情况", "主要经验做法",
    "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议", "负责人", "经办人",
    "联系电话", "填报日期",
)  # fmt: skip
"""Fields of the provincial 项目支出绩效目标申报表 and 自评表 whose value is the cell beside."""
_OTHER_HEADS: Final = frozenset({"实施期目标", "年度目标", "实际完成情况", "项目年度绩效目标"})
_PERIOD = re.compile(r"项目日?期")


@dataclass(frozen=True, slots=True)
class Form:
    """A form as read; `table` is the id of the table that prints it."""

    table: str
    name: str
    fields: tuple[FormField, ...]
    funds: tuple[Cell, ...]
    indicators: tuple[Indicator, ...]

    @property
    def amount(self) -> Decimal | None:
        """The year's amount in yuan: planned, executed, or the whole period's if that is all."""
        by_column = {cell.column: cell.yuan for cell in self.funds if cell.yuan is not None}
        found = (by_column.get((name,)) for name in (YEARLY, EXECUTED, WHOLE))
        return next((yuan for yuan in found if yuan is not None), None)

    def field(self, name: str) -> str:
        """Return the text of a field, empty where the form has none."""
        return next((field.value for field in self.fields if field.name == name), "")


def split_forms(block: Block) -> Iterator[Sequence[Line]]:
    """Yield the lines of each form in a block; a new form begins with its 项目名称."""
    start = 0
    for index, line in enumerate(block.lines):
        printed = [text for text in cell_texts(line) if text]
        if index and printed and printed[0] == "项目名称":
            yield block.lines[start:index]
            start = index
    yield block.lines[start:]


def read_form(lines: Sequence[Line], places: Places, table: str) -> Form | None:
    """Return the form printed on `lines`, None where they hold no project's name."""
    fields = tuple(_fields(lines, places))
    name = next((field.value for field in fields if field.name == "项目名称"), None)
    if name is None:
        return None
    return Form(
        table=table,
        name=name,
        fields=fields,
        funds=read_funds(lines, places),
        indicators=read_indicators(lines, places),
    )


def _fields(lines: Sequence[Line], places: Places) -> Iterator[FormField]:
    for line in lines:
        printed = [fragment for fragment in line.fragments if fragment.text]
        for index, fragment in enumerate(printed):
            head = _head(fragment)
            value = printed[index + 1] if index + 1 < len(printed) else None
            if head is None or value is None or _is_head(value):
                continue
            yield FormField(
                name=head,
                value=tidy(value.text),
                locator=places.locate(value.start, value.end),
            )


def _head(fragment: Fragment) -> str | None:
    text = re.sub(r"\s+", "", normalise(fragment.text)).rstrip(":")
    if _PERIOD.fullmatch(text):
        return "项目期"
    return text if text in FIELDS else None


def _is_head(fragment: Fragment) -> bool:
    text = re.sub(r"\s+", "", normalise(fragment.text)).rstrip(":")
    return _head(fragment) is not None or text in _OTHER_HEADS
