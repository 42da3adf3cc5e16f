"""Gathers each place of a document that says whose it is, of which year, kind and level."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from indexer import lines as kinds
from indexer.block import Block
from indexer.compilation import rest_of_name
from indexer.covers import Said, front_lines, read_cover
from indexer.layout import Line, Places
from indexer.narrative.passages import running
from indexer.organ_names import could_name, is_name, is_placed, is_region
from indexer.tables.headers import cell_texts
from indexer.titles import bare_name, overview_name, read_title, report_said, year_alone, years_said
from search.analysis import clean
from search.model import Evidence

Source = Literal["title", "label", "superior", "alone", "head", "page", "overview", "said", "form"]
WEIGHTS: Final[dict[Source, float]] = {
    "title": 3.0, "label": 3.0, "superior": 2.0, "alone": 1.0, "head": 1.0, "page": 1.0,
    "overview": 1.0, "said": 1.5, "form": 2.0,
}  # fmt: skip
"""A cover is made once and with care, a head is copied from table to table."""
PLACE: Final = 0.2
"""The part that is left of a weight where the name is a place's alone: a budget is somebody's."""
COUNTED_YEAR: Final = 0.3
"""The weight of a year that a sentence names beside the budget; sentences name others too."""
UNIT_FIELDS: Final = ("实施单位", "预算单位", "项目单位", "填报单位")
MIN_CODED: Final = 6
"""A shorter value beside 实施单位 is no code with a name."""

CODED: Final = re.compile(r"(?P<code>\d{3,9})-(?P<name>.+)")
_OVERVIEWS: Final = frozenset({"heading", "contents", "cover", "paragraph", "table"})
_SENTENCE = re.compile(
    r"^(?:20\d\d年(?:度)?)?(?P<name>[^,。;:]{3,60}?)(?:部门|单位)?(?:20\d\d年?度?(?:部门|单位)?(?:预算|决算)?)?"
    r"(?=预算收入|支出预算|预算支出|财政拨款|一般公共预算|政府采购|收入预算|部门预算|收入总|支出总|收支总|年度|本年|"
    r"是(?!否)|为(?:全|正|副|县|市|区|省|政府)|主要(?:职责|职能|负责)|负责|内设|下设|依照|依法|贯彻|机关运行|“三公”|“三公”|\"三公)"
)
_FISCAL = re.compile(
    r"(20\d\d)年(?:度|初)?(?=(?:部门|单位)?(?:收支|收入|支出|财政拨款|年初)?(?:总)?(?:预算|决算|收入|支出|总计)|本年)"
)
_KIND_IN_TITLE = re.compile(r"20\d\d年?度?(?P<level>部门|单位)(?:\w{0,8}?)(?:预算|决算)")


@dataclass(frozen=True, slots=True)
class Named:
    """One place that names the department, and what kind of place it is."""

    name: str
    source: Source
    lines: tuple[Line, ...]
    label: str = ""
    """What the name is printed behind in a table's head: 部门, 单位名称."""
    whole: bool = False
    """True of a title that says year and kind of report as well."""

    @property
    def weight(self) -> float:
        """How much the place counts."""
        return WEIGHTS[self.source] * (PLACE if is_region(clean(self.name)) else 1.0)


def document_lines(blocks: Sequence[Block]) -> list[Line]:
    """Return all lines of a document in the order of the source."""
    found = {
        (line.start, line.number): line
        for block in blocks
        for line in (*block.title, *block.heads, *block.lines, *block.notes)
    }
    return [found[place] for place in sorted(found)]


def cover_of(blocks: Sequence[Block]) -> tuple[Said, ...]:
    """Return what the first lines of a document say, those above its tables left out."""
    tables = [block for block in blocks if block.kind == "table"]
    above = {line.start for table in tables for line in (*table.title, *table.heads)}
    front = front_lines(document_lines(blocks))
    return read_cover([line for line in front if line.start not in above])


def names_said(blocks: Sequence[Block], cover: Sequence[Said]) -> Iterator[Named]:
    """Yield every place that names the department."""
    for said in cover:
        if said.title.name:
            dated = said.title.year is not None and said.title.report is not None
            yield Named(said.title.name, said.how, said.lines, whole=dated)
    front = {line.start for said in cover for line in said.lines}
    for block in blocks:
        heads = {"table": block.heads, "head": block.lines}.get(block.kind, [])
        for index, line in enumerate(heads):
            if line.start in front:
                continue
            name = kinds.department_name(line)
            if name is not None and not kinds.unit(line):
                rest = rest_of_name(heads[index + 1 :])
                whole = name + "".join(kinds.squeezed(other) for other in rest)
                label = kinds.squeezed(line).partition(":")[0]
                if could_name(clean(whole)):
                    yield Named(whole, "head", (line, *rest), label)
            elif kinds.is_running_head(line):
                title = read_title(kinds.squeezed(line))
                if title is not None and title.name and not title.scope:
                    yield Named(title.name, "page", (line,))
        parts = block.title if block.kind == "table" else block.lines
        if block.kind in _OVERVIEWS:
            yield from _overviews(parts, front)
        if block.kind == "paragraph":
            text = clean(running(block.lines).text)
            match = _SENTENCE.match(text)
            name = bare_name(match["name"]) if match else ""
            if is_name(name) and is_placed(name):
                yield Named(name, "said", (block.lines[0],))


def _overviews(lines: Sequence[Line], front: set[int]) -> Iterator[Named]:
    """Yield the names that head parts: 第一部分 某某局概况, 某某局2023年度部门决算表."""
    for line in lines:
        text = re.sub(r"[.…·\d]*$", "", kinds.squeezed(line))
        if line.start in front or len(text) > kinds.MAX_TITLE:
            continue
        title = read_title(text)
        name = overview_name(text) or (title.name if title and not title.scope else "")
        if name and is_name(name) and not is_region(name):
            yield Named(name, "overview", (line,))


def kinds_said(
    blocks: Sequence[Block], cover: Sequence[Said], places: Places
) -> Iterator[Evidence]:
    """Yield evidence of year, report and level from cover, headings, titles, page heads."""
    front = {line.start for said in cover for line in said.lines}
    for said in cover:
        weight = WEIGHTS["title"]
        for field in ("year", "report", "level"):
            value = getattr(said.title, field)
            if value is not None:
                yield evidence(field, str(value), weight, said.lines, places)
    for block in blocks:
        heads = dict.fromkeys(("cover", "heading", "head", "contents"), block.lines)
        for line in heads.get(block.kind, [*block.title, *block.heads]):
            if line.start not in front:
                yield from _kinds_of(block, line, places)


def _kinds_of(block: Block, line: Line, places: Places) -> Iterator[Evidence]:
    """Yield what one heading, title or head says of year, report and level."""
    text = kinds.squeezed(line)
    if len(text) > kinds.MAX_TITLE or text.endswith("。"):
        return
    for year in dict.fromkeys(years_said(text)[-1:] or filter(None, [year_alone(text)])):
        yield evidence("year", str(year), 1.0, [line], places)
    in_table = block.kind == "table"
    level = _KIND_IN_TITLE.search(text)
    listed = block.kind == "contents" and kinds.enumerator_level(text) != 1  # the title of a table
    if level and not listed and (not in_table or kinds.is_running_head(line)):
        yield evidence("level", level["level"], 1.0, [line], places)
    report = report_said(text)
    if report and ("表" in text or not in_table):
        yield evidence("report", report, 0.5 if in_table else 1.0, [line], places)


def years_in_sentences(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    """Yield the fiscal years that sentences name beside the budget; for want of a title's."""
    for block in blocks:
        if block.kind in {"paragraph", "note"}:
            for match in _FISCAL.finditer(clean(running(block.lines).text)):
                yield evidence("year", match[1], COUNTED_YEAR, block.lines[:1], places)


def years_of_columns(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    """Yield the latest year that heads a table's columns; where nothing else says one."""
    for block in blocks:
        if block.kind == "table" and block.lines:
            texts = [text for text in cell_texts(block.lines[0]) if text]
            years = [int(m[1]) for text in texts if (m := re.fullmatch(r"(20\d\d)年?度?", text))]
            if years:
                yield evidence("year", str(max(years)), COUNTED_YEAR, block.lines[:1], places)


def coded(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    """Yield department, code and parent from the 绩效 forms: 主管部门及代码, 实施单位."""
    for block in blocks:
        if block.kind != "table":
            continue
        for line in block.lines:
            printed = [text for text in cell_texts(line) if text]
            for head, value in pairwise(printed):
                match = CODED.fullmatch(value)
                if head in {"主管部门及代码", "主管部门", "部门名称"} and match:
                    yield evidence("parent", value, WEIGHTS["form"], [line], places)
                elif head in UNIT_FIELDS and len(value) >= MIN_CODED:
                    yield evidence("department_code", value, WEIGHTS["form"], [line], places)


def evidence(
    field: str, value: str, weight: float, lines: Sequence[Line], places: Places
) -> Evidence:
    """Return evidence with the place of the lines it stands on."""
    locator = places.locate(lines[0].start, lines[-1].end)
    return Evidence.model_validate(
        {"field": field, "value": value, "weight": weight, "locator": locator}
    )
