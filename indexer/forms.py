"""Reads 绩效 forms: label and value side by side, spread over a grid of uneven width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indexer.blocks import Block
from indexer.headers import cell_texts
from indexer.labels import own_unit, tidy
from indexer.layout import Fragment, Line, Places
from search.amounts import YUAN, parse_cell
from search.model import FormField
from search.text import normalise

FIELDS: Final = (
    "项目名称", "主管部门及代码", "主管部门", "实施单位", "预算单位", "项目属性", "项目期",
    "项目概况",
    "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划", "总体目标",
    "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议",
)  # fmt: skip
"""Fields of the provincial 项目支出绩效目标申报表 and 自评表 whose value is the cell beside."""

_FUNDS = re.compile(r"(?:其中[::,、]?)?(?P<name>.*(?:资金总额|资金总数|总金额|资金|自筹))[::]?")
_YEARLY = re.compile(r"(?:年度|作履)资金总[额数]")
_WHOLE = re.compile(r"实施.{0,3}(?:资金总[额数]|总金额)")
_PERIOD = re.compile(r"项目(?:日)?期")


@dataclass(frozen=True, slots=True)
class Form:
    """A form as read; amounts are yuan."""

    lines: tuple[Line, ...]
    name: str
    fields: tuple[FormField, ...]
    yearly: Decimal | None
    whole: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """The year's amount, or the whole period's where the form's right half is lost."""
        return self.yearly if self.yearly is not None else self.whole

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


def read_form(lines: Sequence[Line], places: Places) -> Form | None:
    """Return the form printed on `lines`, None where they hold no project's name."""
    fields: list[FormField] = []
    yearly = whole = None
    unit: str | None = None
    for line in lines:
        printed = [f for f in line.fragments if f.text]
        for index, fragment in enumerate(printed):
            head = re.sub(r"\s+", "", normalise(fragment.text))
            value = printed[index + 1] if index + 1 < len(printed) else None
            if head.startswith("项目资金"):
                unit = own_unit(head) or unit
            if value is None or _is_head(value):
                continue
            if _YEARLY.match(head) or _WHOLE.match(head):
                yuan = _yuan(value.text, unit)
                yearly = yuan if yearly is None and _YEARLY.match(head) else yearly
                whole = yuan if whole is None and _WHOLE.match(head) else whole
                fields.append(_field(head.rstrip(":"), value, yuan, places))
            elif head in FIELDS or _PERIOD.fullmatch(head):
                named = "项目期" if _PERIOD.fullmatch(head) else head
                fields.append(_field(named, value, None, places))
    name = next((field.value for field in fields if field.name == "项目名称"), None)
    return None if name is None else Form(tuple(lines), name, tuple(fields), yearly, whole)


def _is_head(fragment: Fragment) -> bool:
    text = re.sub(r"\s+", "", normalise(fragment.text))
    return text in FIELDS or (_FUNDS.fullmatch(text) is not None and text.endswith(":"))


def _yuan(text: str, unit: str | None) -> Decimal | None:
    """Return an amount of a form in yuan; the cell's own unit goes before the form's."""
    parsed = parse_cell(re.sub(r"\s+", "", normalise(text)))
    own = (parsed[1] if parsed else None) or unit
    if parsed is None or own not in YUAN:
        return None
    return parsed[0] * YUAN[own]


def _field(name: str, value: Fragment, yuan: Decimal | None, places: Places) -> FormField:
    return FormField(
        name=name,
        value=tidy(value.text),
        yuan=yuan,
        locator=places.locate(value.start, value.end),
    )
