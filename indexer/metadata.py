"""Decides what a document says of itself by weighing all the places that say it.

Covers wrap and are misread, heads are cut short, so no single place decides: each is evidence
with a weight, and a name cut short speaks for every longer name that begins with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from indexer.attribution import (
    CODED,
    Named,
    coded,
    cover_of,
    document_lines,
    evidence,
    kinds_said,
    names_said,
    years_in_sentences,
    years_of_columns,
)
from indexer.block import Block
from indexer.compilation import departments, kinds_headed, units
from indexer.filenames import read_file_name
from indexer.layout import Places
from indexer.organ_names import is_region
from indexer.owner import (
    MAX_NAMES,
    MIN_CUT,
    are_one,
    department_said,
    likeness,
    lone,
    near,
    own_places,
    printed,
)
from search.analysis import clean
from search.model import Evidence, Level, Report, Warning
from search.organisations.organs import organ_kind

DISPUTED: Final = 0.3
"""From this share of the winner's weight on, a runner-up is worth a warning."""
BORROWED: Final = 0.7
"""How sure a reading is whose year or kind only the file's name tells."""

_FIELDS = {"year": "年度", "report": "预算或决算", "level": "部门或单位"}
_COMPILED = "文件汇编了几个部门的公开内容：{}；表按表头或标题归入部门，文字和绩效表不归入任何一个"
_WITHIN = "{}另有自己的表；这些表归入它，不归入{}"
_ALWAYS_UNITS = frozenset({"school", "hospital", "institution", "enterprise"})
_FROM_FILE = "文中没有{}，取自文件名：{}"
_LEVEL_OF_HEADS = "文中没有“部门预算”“单位决算”等字样，部门或单位取自表头：{}"


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
    titled: bool
    """True where a title says name, year and kind of report: the document presents itself."""
    confidence: float
    evidence: tuple[Evidence, ...]
    warnings: tuple[Warning, ...]


def weigh(blocks: Sequence[Block], places: Places, name: str) -> Metadata:
    """Return the metadata of a document; the file `name` serves only where the text has none."""
    cover = cover_of(blocks)
    found = list(names_said(blocks, cover))
    named = own_places(found)
    items = [evidence("department", n.name, n.weight, n.lines, places) for n in named]
    items.extend(kinds_said(blocks, cover, places))
    items.extend(coded(blocks, places))
    for more in (years_in_sentences, years_of_columns):
        if _winner(items, "year") is None:
            items.extend(more(blocks, places))
    warnings: list[Warning] = []
    file = read_file_name(name)
    department, variants, confidence = department_said(named, _texts(blocks))
    if not department:
        department, confidence = file.name, 0.0
        warnings.append(Warning(message=_FROM_FILE.format("部门名称", department)))
    headed = kinds_headed(blocks)
    held = tuple(map(printed, departments(headed)))
    if held:
        department, variants = f"{held[0]}等{len(held)}个部门（汇编）", ()
        warnings.append(Warning(message=_COMPILED.format("、".join(held))))
    else:
        if (told := lone(named, (department, *variants), confidence)) is not None:
            warnings.append(told)
        said = [item for item in items if item.field == "department"]
        warnings.extend(_misread(said, department, variants))
        variants = tuple(dict.fromkeys((*variants, *_form_names(items, department))))
    within = tuple(map(printed, units(headed, department)))
    if within:
        warnings.append(Warning(message=_WITHIN.format("、".join(within), department)))
        variants = tuple(name for name in variants if name not in within)
    for field in ("year", "report", "level"):
        warnings.extend(_disputed(items, field))
    year, report, level = (_winner(items, field) for field in ("year", "report", "level"))
    borrowed = False
    if year is None and file.year is not None:
        year, borrowed = str(file.year), True
        warnings.append(Warning(message=_FROM_FILE.format("年度", year)))
    if report is None and file.report is not None:
        report, borrowed = file.report, True
        warnings.append(Warning(message=_FROM_FILE.format("预算或决算字样", report)))
    if level is None and (level := _level_of_heads(named, department)):
        warnings.append(Warning(message=_LEVEL_OF_HEADS.format(level)))
    if level is None and file.level is not None:
        level = file.level
        warnings.append(Warning(message=_FROM_FILE.format("部门或单位字样", level)))
    code, parent = (None, None) if held else _code_and_parent(items, found, department)
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
        titled=any(item.whole for item in named),
        confidence=round(min(confidence, BORROWED) if borrowed else confidence, 2),
        evidence=tuple(items),
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
        or (abs(len(text) - len(name)) <= 4 and likeness(text, name) > 0.9)
        for name in map(clean, names)
    )


def _texts(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    return [(line.start, clean(line.text)) for line in document_lines(blocks)]


def _level_of_heads(named: Sequence[Named], department: str) -> str | None:
    """Return 部门 where all tables print the name behind it and it is no kind of unit by itself."""
    labels = {item.label for item in named if item.source == "head"}
    kind = organ_kind(clean(department))
    whole = labels == {"部门"} and kind not in _ALWAYS_UNITS
    return "部门" if whole else None


def _winner(evidence: Sequence[Evidence], field: str) -> str | None:
    weights: defaultdict[str, float] = defaultdict(float)
    for item in evidence:
        if item.field == field:
            weights[item.value] += item.weight
    return max(weights, key=lambda value: weights[value]) if weights else None


def _code_and_parent(
    items: Sequence[Evidence], named: Sequence[Named], department: str
) -> tuple[str | None, str | None]:
    """Return the department's own code, and the superior department where one is named."""
    counted = Counter(i.value for i in items if i.field in {"parent", "department_code"})
    code = parent = None
    for value, _ in counted.most_common():
        match = CODED.fullmatch(value)
        if match is None:
            continue
        if same_name(match["name"], [department]) or near(clean(match["name"]), clean(department)):
            code = code or match["code"]
        elif any(i.value == value and i.field == "parent" for i in items):
            parent = parent or match["name"]
    above = (n.name for n in named if n.source == "superior")
    other = (name for name in above if not are_one(clean(name), clean(department)))
    return code, parent or next(other, None)


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
        if not any(are_one(clean(item.value), name) for name in (whole, *map(clean, variants)))
        and not is_region(clean(item.value))
    }
    for name, line in strangers.items():
        yield Warning(message=f"此处的部门名称是“{printed(name)}”", line=line)


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
        match = CODED.fullmatch(item.value)
        if match and item.field in {"parent", "department_code"}:
            name = re.sub(r"\((?:机关|本级)\)$", "", clean(match["name"]))
            if name != clean(department) and near(name, clean(department)):
                yield printed(name)
