"""The figures that a query finds, as a comparison fit for one chart, or why they are not fit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search import highlight
from search.analysis import clean
from search.budget import deadline, spent
from search.citation import cited
from search.compare.indicator import column_name, figure_of, measure
from search.compare.model import ComparedCell, ComparedFigure, ComparedItem, ComparedRow, Comparison
from search.compare.obstacles import obstacles
from search.compare.selection import REPORTS, Selection
from search.compare.units import common_unit, converted
from search.engines.base import Reader
from search.index import Index
from search.listing import current
from search.model import Frozen, Report
from search.results import Hit, Result
from search.service import answered

MOST: Final = 200
"""Hits that are looked through; of more a chart would show only some."""
NAMED: Final = 3
"""Names that a sentence gives as examples."""


class Matches(Frozen):
    """The figures of one item among the hits; `others` are the labels that are not compared.

    Items are never added: one may be the total of the others. Without `comparison` the `reasons`
    say why; where there are not two figures both are empty.
    """

    comparison: Comparison | None = None
    others: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit with the figure that it is about."""

    hit: Hit
    figure: ComparedFigure
    kind: str
    level: str
    report: Report
    column: str

    @property
    def item(self) -> str:
        return clean(self.hit.label)


def matches(index: Index, result: Result, *, seconds: float | None = None) -> Matches:
    """Return the figures of the rows that an answer finds, on all of its pages.

    Where they are not found within `seconds`, it says so.
    """
    if result.total.value > MOST:
        return Matches(reasons=(f"命中多于 {MOST} 条；缩小范围后可以作图。",))
    hits = result.hits
    if len(hits) < result.total.value:
        until = deadline(seconds)
        query = answered(index.reader, result.query.text, seconds=seconds)
        found = index.reader.search(query.bound, offset=0, limit=MOST, until=until)
        if not found.exact or spent(until):
            return Matches(reasons=("时间用完，没有查完。",))
        hits = tuple(highlight.marked(hit, (), query.figure) for hit in found.hits)
    return of_hits(index.reader, hits)


def of_hits(reader: Reader, hits: Iterable[Hit]) -> Matches:
    """Return the figures of the rows among the hits."""
    found = list(_figures(hits))
    levels = Counter(one.level for one in found)
    level = max(levels, key=lambda level: levels[level], default="")
    other = sum(levels.values()) - levels[level]
    found = [one for one in found if one.level == level]
    if len(found) < 2:
        return Matches()
    reasons = [
        *_several("种表", "不同的表口径不同", (one.kind for one in found)),
        *_several("类文件", "预算不能与决算混比", (one.report for one in found)),
        *_several("种列", "不同的列说的不是一回事", (one.column for one in found)),
    ]
    if reasons:
        return Matches(reasons=tuple(reasons))
    chosen = _chosen(found)
    labels = dict.fromkeys(one.hit.label for one in found if one.item != chosen)
    same = [one for one in found if one.item == chosen]
    comparison = _compared(reader, same)
    if other:
        left = f"另有 {other} 行出自其他级别的文件：部门的数字包含所属单位的，不同图。"
        comparison = comparison.model_copy(update={"notes": (*comparison.notes, left)})
    if comparison.obstacles and len({(r.department, r.year) for r in comparison.rows}) < 2:
        return Matches()
    return Matches(
        comparison=None if comparison.obstacles else comparison,
        others=tuple(labels),
        reasons=comparison.obstacles,
    )


def _figures(hits: Iterable[Hit]) -> Iterator[_Found]:
    for hit in hits:
        cell = cited(hit)
        table, document = hit.table, hit.document
        if hit.kind != "row" or cell is None or cell.yuan is None or table is None:
            continue
        if document.report is None or document.year is None:
            continue
        if measure(cell.column, document.year) == "other":
            continue
        figure = figure_of(hit, table, cell)
        name = column_name(cell.column)
        yield _Found(hit, figure, table.kind, document.level or "不明级别", document.report, name)


def _several(what: str, why: str, values: Iterable[str]) -> Iterator[str]:
    """Yield a sentence where the values are not all the same."""
    counts = Counter(values)
    if len(counts) > 1:
        named = "、".join(value or "没有名称" for value, _ in counts.most_common(NAMED))
        more = "等" if len(counts) > NAMED else ""
        yield f"命中的行出自 {len(counts)} {what}（{named}{more}），{why}。"


def _chosen(found: Sequence[_Found]) -> str:
    """Return the item that most departments and years have, the best match among equals."""
    places = {(one.item, one.hit.document.department, one.hit.document.year) for one in found}
    often = Counter(item for item, _, _ in places)
    return max((one.item for one in found), key=lambda item: often[item])


def _compared(reader: Reader, found: Sequence[_Found]) -> Comparison:
    first = found[0]
    unit = common_unit(one.figure for one in found)
    rows = sorted(_rows(found, unit), key=_order)
    departments = tuple(dict.fromkeys(row.department for row in rows))
    years = tuple(sorted({row.year for row in rows}))
    level = first.hit.document.level or "不明"
    infos = {info.id: info for info in current(reader)}
    documents = {
        (one.hit.document.department, one.hit.document.year or 0, one.report): (
            infos[one.hit.document.id],
        )
        for one in found
        if one.hit.document.id in infos
    }
    selection = Selection(departments, level, years, documents, {}, ())
    return Comparison(
        indicator=ComparedItem(
            table=first.kind, label=first.hit.label, code="", column=first.column
        ),
        level=level,
        unit=unit,
        departments=departments,
        years=years,
        reports=(first.report,),
        rows=tuple(rows),
        notes=tuple(_unclear(rows)),
        obstacles=tuple(obstacles(selection, rows, unit)),
    )


def _rows(found: Sequence[_Found], unit: str | None) -> Iterator[ComparedRow]:
    places = dict.fromkeys((one.hit.document.department, one.figure.document.year) for one in found)
    for department, year in places:
        figures = tuple(
            one.figure.model_copy(update={"shown": converted(one.figure, unit)})
            for one in found
            if (one.hit.document.department, one.hit.document.year) == (department, year)
        )
        report = found[0].report
        cell = ComparedCell(
            report=report,
            figures=figures,
            differing=len({figure.amount for figure in figures}) > 1,
        )
        budget, final = (cell if report == side else ComparedCell(report=side) for side in REPORTS)
        yield ComparedRow(department=department, year=year or 0, budget=budget, final=final)


def _order(row: ComparedRow) -> tuple[object, ...]:
    """Order by the largest figure, then department and year; what is unclear comes last."""
    numbers = [cell.one.yuan or 0 for cell in row.cells if cell.one is not None]
    return not numbers, -max(numbers, default=0), row.department, row.year


def _unclear(rows: Sequence[ComparedRow]) -> Iterator[str]:
    for row in rows:
        if any(cell.differing for cell in row.cells):
            yield f"{row.department}{row.year}年度有几个不同的数，图中没有画。"
