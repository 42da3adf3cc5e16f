"""Reads projects that are told in prose: headed paragraphs 项目概述, 立项依据, 年度预算安排 …"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from indexer import lines as kinds
from indexer.forms.form import PLANNED, Form
from indexer.layout import Places
from indexer.outline import core
from search.amounts import NUMBER, YUAN
from search.model import Cell, CellState, FormField, Passage, Section, Warning
from search.text import normalise, without_space

MIN_FIELDS: Final = 3
"""Fewer of these headings make no project: 绩效目标 heads a part of any narrative."""
MAX_NAME: Final = 60
"""A longer heading names no project."""

_FIELDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("项目概况", re.compile(r"(?:项目|基本)(?:概述|概况|简介|内容|情况|背景)")),
    ("立项依据", re.compile(r"(?:项目)?(?:立项|设立|政策)依据")),
    ("实施单位", re.compile(r"(?:项目)?(?:实施|承担|责任)(?:主体|单位|部门)")),
    ("项目实施计划", re.compile(r"(?:项目)?实施(?:方案|计划|内容)")),
    ("项目周期", re.compile(r"(?:项目)?(?:实施)?(?:周期|期限|期|时间)")),
    (PLANNED, re.compile(r"(?:本?年度?|20\d\d年度?|项目)*(?:预算|资金|经费)(?:安排|金额|情况)*")),
    ("年度目标", re.compile(r"(?:项目|年度|总体)*绩效目标")),
)
"""How prose heads what a form asks for, by the names of the form's fields."""
_ALL: Final = frozenset({"其他", "部门", "单位", "本部门", "本单位", "重点", "主要"})
"""What headings say of projects that is no name of one."""
_SAID = r"(?:项目)?(?:经费|资金|支出)?(?:使用|预算)?(?:情况)?(?:的?说明|介绍|概况)?$"
_ABOUT = re.compile(rf"(?:专项)?{_SAID}")
_SPECIAL = re.compile(rf"专项(?={_SAID})")
_UNITS = "|".join(YUAN)
_AMOUNT = re.compile(
    rf"(?<![\d.,-])(?P<number>{NUMBER})\s*(?P<unit>{_UNITS}|[万亿](?=[,;。、)]|$))"
)
_TOTAL = re.compile(
    r"(?:总预算|预算总额|预算总计|总金额|资金总额|总投资|合计|共计|总计)[^,;。\d]{0,6}$"
)
_YEAR = re.compile(r"(20\d\d)年")


def _field(title: str) -> str | None:
    """Return which field of a form a heading names, None where it names none."""
    name = core(without_space(title))
    return next((known for known, pattern in _FIELDS if pattern.fullmatch(name)), None)


@dataclass(slots=True)
class _Told:
    """A project being read: the heading that names it, and its texts by field."""

    above: Section | None
    texts: dict[str, list[Passage]] = field(default_factory=dict)


def headed_forms(
    sections: Sequence[Section], passages: Sequence[Passage], year: int | None, places: Places
) -> tuple[list[Form], list[Warning]]:
    """Return the projects that headed paragraphs tell, and a warning for each without a name."""
    forms, warnings = [], []
    for told in _told(sections, passages):
        if len(told.texts) < MIN_FIELDS:
            continue
        name = _name(told.above)
        if told.above is None or not name:
            first = next(iter(told.texts.values()))[0]
            message = "分段说明的项目没有印名称，未归入项目"
            warnings.append(Warning(message=message, line=first.locator.line_start))
            continue
        forms.append(_form(told, told.above, name, year, places))
    return forms, warnings


def _told(sections: Sequence[Section], passages: Sequence[Passage]) -> Iterator[_Told]:
    """Yield the runs of headings that name fields, with the passages below each."""
    starts = [section.locator.char_start for section in sections]
    titles: list[Section] = []
    told: _Told | None = None
    for section, end in zip(sections, [*starts[1:], None], strict=False):
        titles = [title for title in titles if len(title.path) < len(section.path)]
        known = _field(section.title)
        if told is not None and (known is None or known in told.texts or _left(told, section)):
            yield told
            told = None
        if known is not None:
            told = told or _Told(titles[-1] if titles else None)
            start = section.locator.char_end
            told.texts[known] = [
                passage
                for passage in passages
                if passage.part == "narrative"
                and start <= passage.locator.char_start
                and (end is None or passage.locator.char_start < end)
            ]
        titles.append(section)
    if told is not None:
        yield told


def _left(told: _Told, section: Section) -> bool:
    above = told.above.path if told.above else ()
    return section.path[:-1] != above


def _name(above: Section | None) -> str:
    """Return the project that a heading such as 人才培养项目经费情况说明 names, else nothing."""
    title = kinds.without_enumerator(without_space(above.title)) if above else ""
    special = "专项" if _SPECIAL.search(title) else ""
    name = _ABOUT.sub("", title)
    return name + special if name and len(name) <= MAX_NAME and name not in _ALL else ""


def _form(told: _Told, above: Section, name: str, year: int | None, places: Places) -> Form:
    fields = [FormField(name="项目名称", value=name, locator=above.locator)]
    for known, passages in told.texts.items():
        if passages:
            start, end = passages[0].locator.char_start, passages[-1].locator.char_end
            value = "\n".join(passage.text for passage in passages)
            fields.append(FormField(name=known, value=value, locator=places.locate(start, end)))
    amount = _amount(told.texts.get(PLANNED, ()), year, places)
    return Form("", name, tuple(fields), (amount,) if amount else (), ())


def _amount(passages: Sequence[Passage], year: int | None, places: Places) -> Cell | None:
    """Return the year's amount: the only one that is printed, else the one called the total.

    One of another year is none.
    """
    found: list[tuple[bool, Cell]] = []
    for passage in passages:
        text = normalise(places.text[passage.locator.char_start : passage.locator.char_end])
        for match in _AMOUNT.finditer(text):
            before = text[: match.start()]
            years = [int(said[1]) for said in _YEAR.finditer(before)]
            if not years or year is None or years[-1] == year:
                total = _TOTAL.search(before) is not None
                found.append((total, _cell(match, passage.locator.char_start, places)))
    totals = [cell for total, cell in found if total]
    among = totals or [cell for _, cell in found]
    same = all(one.yuan == other.yuan for one, other in pairwise(among))
    return among[0] if among and same else None


def _cell(match: re.Match[str], start: int, places: Places) -> Cell:
    value = Decimal(match["number"].replace(",", ""))
    unit = match["unit"] if match["unit"] in YUAN else match["unit"] + "元"
    return Cell(
        column=(PLANNED,),
        text=match["number"],
        value=value,
        unit=unit,
        yuan=value * YUAN[unit],
        state=CellState.VALUE if value else CellState.ZERO,
        principal=True,
        locator=places.locate(start + match.start("number"), start + match.end("number")),
    )
