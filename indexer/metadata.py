"""Decides what a document says of itself by weighing all the places that say it.

Covers wrap and are misread, heads are cut short, so no single place decides: each is evidence
with a weight, and a name cut short speaks for every longer name that begins with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final, get_args

from indexer import lines as kinds
from indexer.blocks import Block
from indexer.compilation import departments, kinds_headed, rest_of_name, units
from indexer.layout import Line, Places
from indexer.narrative.passages import running
from indexer.tables.headers import cell_texts
from search.analysis import clean
from search.model import Evidence, Level, Report, Warning

COVER, HEAD, FORM, NARRATIVE, RUNNING = 3.0, 1.0, 2.0, 1.5, 1.0
"""Weights: a cover is made once and with care, a head is copied from table to table."""
MIN_CUT: Final = 6
"""A shorter beginning of a name is too common to speak for the whole."""
MAX_NAMES: Final = 40
"""No disclosure reads its department in more ways; beyond, comparing all takes too long."""
MAX_NAME: Final = 100
"""A longer text is no department's name."""
DISPUTED: Final = 0.3
"""From this share of the winner's weight on, a runner-up is worth a warning."""
NEAR: Final = 0.75
"""From this likeness on, two names are readings of the same one."""

_ORGAN = (
    r"(?:局|部|委|委员会|厅|办|办公室|院|中心|会|所|站|队|处|校|学校|学院|馆|社|公司|集团|联合会|协会|"
    r"政府|机关|街道|镇|乡|大学|园|场|库|台|室)"
)
_KIND = re.compile(
    r"(?P<year>20\d\d)\s*年?(?:度|年)?.{0,4}?(?P<level>部门|单位)?\s*(?P<report>预算|决算)"
)
_YEAR = re.compile(r"(20\d\d)\s*\)?\s*年")
_NARRATIVE = re.compile(
    r"^(?:20\d\d)年(?:度)?(?P<name>.{4,50}?(?:\)|" + _ORGAN + r"))(?:部门)?"
    r"(?=预算收入|支出预算|预算支出|财政拨款|一般公共预算|政府采购|收入预算|部门预算|收入总|支出总|本年)"
)
_CODED = re.compile(r"(?P<code>\d{3,9})-(?P<name>.+)")
_OFFICE = re.compile(r"\(?(?:本级|机关)\)?$")
_FIELDS = {"year": "年度", "report": "预算或决算", "level": "部门或单位"}
_COMPILED = "文件汇编了几个部门的公开内容：{}；表按表头或标题归入部门，文字和绩效表不归入任何一个"
_WITHIN = "{}另有自己的表；这些表归入它，不归入{}"
_UNIT_FIELDS = ("实施单位", "预算单位", "项目单位", "填报单位")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is, with the evidence and how sure the reading is (0–1).

    Of a compilation `departments` are those that it holds, and `department` stands for all;
    `units` are those of the department with tables of their own.
    """

    department: str
    departments: tuple[str, ...]
    units: tuple[str, ...]
    variants: tuple[str, ...]
    code: str | None
    parent: str | None
    year: int | None
    report: Report | None
    level: Level | None
    confidence: float
    evidence: tuple[Evidence, ...]
    warnings: tuple[Warning, ...]


def weigh(blocks: Sequence[Block], places: Places, name: str) -> Metadata:
    """Return the metadata of a document; the file `name` serves only where the text has none."""
    evidence = [*_names(blocks, places), *_kinds(blocks, places)]
    evidence.extend(_coded(blocks, places))
    warnings: list[Warning] = []
    named = [item for item in evidence if item.field == "department"]
    department, variants, confidence = _department(named)
    if not department:
        department, confidence = _from_file_name(name), 0.0
        warnings.append(Warning(message=f"文中没有部门名称，取自文件名：{department}"))
    headed = kinds_headed(blocks)
    held = tuple(map(_printed, departments(headed)))
    if held:
        department, variants = f"{held[0]}等{len(held)}个部门（汇编）", ()
        warnings.append(Warning(message=_COMPILED.format("、".join(held))))
    else:
        warnings.extend(_misread(named, department, variants))
        variants = tuple(dict.fromkeys((*variants, *_form_names(evidence, department))))
    within = tuple(map(_printed, units(headed, department)))
    if within:
        warnings.append(Warning(message=_WITHIN.format("、".join(within), department)))
        variants = tuple(name for name in variants if name not in within)
    year = _winner(evidence, "year")
    report, level = _winner(evidence, "report"), _winner(evidence, "level")
    for field in ("year", "report", "level"):
        warnings.extend(_disputed(evidence, field))
    if year is None and (found := re.search(r"20\d\d", name)):
        year = found[0]
        warnings.append(Warning(message=f"文中没有年度，取自文件名：{year}"))
    if report is None and (found := re.search(r"预算|决算", name)):
        report = found[0]
        warnings.append(Warning(message=f"文中没有预算或决算字样，取自文件名：{report}"))
    code, parent = (None, None) if held else _code_and_parent(evidence, department)
    return Metadata(
        department=department,
        departments=held,
        units=within,
        variants=variants,
        code=code,
        parent=parent,
        year=int(year) if year else None,
        report=next((r for r in get_args(Report) if r == report), None),
        level=next((v for v in get_args(Level) if v == level), None),
        confidence=round(confidence, 2),
        evidence=tuple(evidence),
        warnings=tuple(warnings),
    )


def same_name(label: str, names: Iterable[str]) -> bool:
    """Return whether a label is one of the department's names, whole, cut short or misread."""
    text = re.sub(r"\((?:机关|本级)\)$", "", clean(label))
    if len(text) < MIN_CUT:
        return False
    return any(
        name.startswith(text)
        or (text.startswith(name) and len(text) - len(name) <= 4)
        or (abs(len(text) - len(name)) <= 4 and _likeness(text, name) > 0.9)
        for name in map(clean, names)
    )


def _names(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    for block in blocks:
        if block.kind == "cover":
            yield from _cover(block, places)
        heads = {"table": block.heads, "head": block.lines}.get(block.kind, [])
        for index, line in enumerate(heads):
            name = kinds.department_name(line)
            if name is not None and not kinds.unit(line):
                rest = rest_of_name(heads[index + 1 :])
                whole = name + "".join(kinds.squeezed(other) for other in rest)
                yield _evidence("department", whole, HEAD, [line, *rest], places)
            elif kinds.is_running_head(line):
                head = re.sub(r"20\d\d年.*$", "", kinds.squeezed(line))
                if head:
                    yield _evidence("department", head, RUNNING, [line], places)
        if block.kind == "paragraph":
            text = clean(running(block.lines).text)
            if match := _NARRATIVE.match(text):
                yield _evidence("department", match["name"], NARRATIVE, block.lines[:1], places)


def _cover(block: Block, places: Places) -> Iterator[Evidence]:
    """Yield what the cover says: the lines above the year are the name, put back together."""
    named: list[Line] = []
    texts = [kinds.squeezed(line) for line in block.lines]
    for index, (line, text) in enumerate(zip(block.lines, texts, strict=True)):
        # 2024年度 and 部门决算 may stand on lines of their own.
        match = _KIND.search("".join(texts[index : index + 2]))
        if match and match.start() < len(text):
            before = text[: match.start()]
            name = "".join(kinds.squeezed(other) for other in named) + before
            if name:
                yield _evidence("department", name, COVER, [*named, line], places)
            return
        if not kinds.is_apparatus(line):
            named.append(line)


def _kinds(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    """Yield evidence of year, report kind and level from cover, headings, titles, page heads."""
    for block in blocks:
        weight = COVER if block.kind == "cover" else HEAD
        heads = {"cover": block.lines, "heading": block.lines, "head": block.lines}
        for line in heads.get(block.kind, [*block.title, *block.heads]):
            text = kinds.squeezed(line)
            match = _KIND.search(text)
            if match:
                yield _evidence("year", match["year"], weight, [line], places)
                yield _evidence("report", match["report"], weight, [line], places)
                if match["level"] and (block.kind != "table" or kinds.is_running_head(line)):
                    yield _evidence("level", match["level"], weight, [line], places)
            else:
                if found := _YEAR.search(text):
                    yield _evidence("year", found[1], weight, [line], places)
                if block.kind == "table" and (found := re.search(r"预算(?=.{0,4}表)|决算", text)):
                    yield _evidence("report", found[0], weight / 2, [line], places)


def _coded(blocks: Sequence[Block], places: Places) -> Iterator[Evidence]:
    """Yield department, code and parent from the 绩效 forms: 主管部门及代码, 实施单位."""
    for block in blocks:
        if block.kind != "table":
            continue
        for line in block.lines:
            printed = [text for text in cell_texts(line) if text]
            for head, value in pairwise(printed):
                match = _CODED.fullmatch(value)
                if head in {"主管部门及代码", "主管部门", "部门名称"} and match:
                    yield _evidence("parent", value, FORM, [line], places)
                elif head in _UNIT_FIELDS and len(value) >= MIN_CUT:
                    yield _evidence("department_code", value, FORM, [line], places)


def _evidence(
    field: str, value: str, weight: float, lines: Sequence[Line], places: Places
) -> Evidence:
    locator = places.locate(lines[0].start, lines[-1].end)
    return Evidence.model_validate(
        {"field": field, "value": value, "weight": weight, "locator": locator}
    )


def _department(named: Sequence[Evidence]) -> tuple[str, tuple[str, ...], float]:
    """Return the name that most evidence supports, the other readings, and the share for it."""
    weights: defaultdict[str, float] = defaultdict(float)
    for item in named:
        if len(item.value) <= MAX_NAME:
            weights[clean(item.value)] += item.weight
    if not weights:
        return "", (), 0.0
    kept = sorted(weights, key=lambda name: -weights[name])[:MAX_NAMES]
    weights = defaultdict(float, {name: weights[name] for name in kept})
    support = {
        name: sum(weight for other, weight in weights.items() if _speaks_for(other, name))
        for name in weights
    }
    best = max(weights, key=lambda name: (support[name], weights[name], len(name)))
    whole = _OFFICE.sub("", best)
    if weights.get(whole, 0.0) >= COVER:  # a table of its own office, in the department's document
        best = whole
    covers = {clean(item.value) for item in named if item.weight >= COVER} & weights.keys()
    if best not in covers:  # one of its units, in some tables of the department's document
        best = max((name for name in covers if _is_whole(name, best)), key=len, default=best)
    readings = [
        name for name in sorted(weights, key=lambda name: -weights[name])
        if name != best and (_speaks_for(name, best) or _near(name, best))
    ]  # fmt: skip
    share = sum(weights[name] for name in (best, *readings)) / sum(weights.values())
    return _printed(best), tuple(map(_printed, readings)), share


def _is_whole(name: str, longer: str) -> bool:
    """Return whether a name that a longer one begins with ends as names of organs do."""
    return longer.startswith(name) and re.search(_ORGAN + "$", name) is not None


def _printed(name: str) -> str:
    """Return a cleaned name as Chinese text prints it, with full-width brackets."""
    return name.replace("(", "（").replace(")", "）")


def _speaks_for(cut: str, whole: str) -> bool:
    return cut == whole or (len(cut) >= MIN_CUT and whole.startswith(cut))


def _near(one: str, other: str) -> bool:
    return _likeness(one, other) >= NEAR


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def _winner(evidence: Sequence[Evidence], field: str) -> str | None:
    weights: defaultdict[str, float] = defaultdict(float)
    for item in evidence:
        if item.field == field:
            weights[item.value] += item.weight
    return max(weights, key=lambda value: weights[value]) if weights else None


def _code_and_parent(
    evidence: Sequence[Evidence], department: str
) -> tuple[str | None, str | None]:
    """Return the department's own code, and the superior department where one is named."""
    coded = Counter(i.value for i in evidence if i.field in {"parent", "department_code"})
    code = parent = None
    for value, _ in coded.most_common():
        match = _CODED.fullmatch(value)
        if match is None:
            continue
        if same_name(match["name"], [department]) or _near(clean(match["name"]), clean(department)):
            code = code or match["code"]
        elif any(i.value == value and i.field == "parent" for i in evidence):
            parent = parent or match["name"]
    return code, parent


def _misread(
    named: Sequence[Evidence], department: str, variants: Sequence[str]
) -> Iterator[Warning]:
    """Yield a warning for each other reading of the name that is more than its beginning."""
    whole = clean(department)
    for variant in variants:
        text = clean(variant)
        place = next((item.locator for item in named if clean(item.value) == text), None)
        if place is not None and not whole.startswith(text):
            yield Warning(message=f"部门名称另作“{variant}”", line=place.line_start)
    strangers = {
        item.value: item.locator.line_start
        for item in named[:MAX_NAMES]
        if not _speaks_for(clean(item.value), whole) and not _near(clean(item.value), whole)
    }
    for name, line in strangers.items():
        yield Warning(message=f"此处的部门名称是“{_printed(name)}”", line=line)


def _disputed(evidence: Sequence[Evidence], field: str) -> Iterator[Warning]:
    """Yield a warning where the runner-up of a field has weighty evidence of its own."""
    weights: defaultdict[str, float] = defaultdict(float)
    for item in evidence:
        if item.field == field:
            weights[item.value] += item.weight
    ranked = sorted(weights, key=lambda value: -weights[value])
    if len(ranked) > 1 and weights[ranked[1]] >= DISPUTED * weights[ranked[0]]:
        place = next(i for i in evidence if i.field == field and i.value == ranked[1])
        yield Warning(
            message=f"{_FIELDS[field]}证据不一：取 {ranked[0]}，此处作 {ranked[1]}",
            line=place.locator.line_start,
        )


def _form_names(evidence: Sequence[Evidence], department: str) -> Iterator[str]:
    """Yield the readings of the department's name that stand beside its code in forms."""
    for item in evidence:
        match = _CODED.fullmatch(item.value)
        if match and item.field in {"parent", "department_code"}:
            name = re.sub(r"\((?:机关|本级)\)$", "", clean(match["name"]))
            if name != clean(department) and _near(name, clean(department)):
                yield _printed(name)


def _from_file_name(name: str) -> str:
    stem = re.sub(r"\.\w+$", "", name)
    return re.sub(r"20\d\d年?度?|部门|单位|预算|决算|公开|[-_\s]", "", stem) or stem
