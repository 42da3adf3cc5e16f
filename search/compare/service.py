"""Compares one indicator over departments and years."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from search.analysis import clean
from search.budget import deadline, spent
from search.compare import absence
from search.compare.choices import DEFAULT_TABLES, SEEN, labels, rows_of
from search.compare.indicator import condition, figures, is_row, same_names
from search.compare.model import (
    ComparedCell,
    ComparedFigure,
    ComparedItem,
    ComparedLevel,
    ComparedRow,
    Comparison,
)
from search.compare.obstacles import obstacles, same_scope
from search.compare.selection import REPORTS, Selection, Wanted, select
from search.compare.units import common_unit, converted
from search.engines.base import Bound, Code, Condition, Reader
from search.index import Index
from search.model import Report
from search.naming import names
from search.results import Hit
from search.text import normalise

MAX_ROWS: Final = 5_000
"""Rows of the engine that are looked through for the indicator's figures."""
NEAR: Final = 12
"""Labels like one that was not found."""
TOTAL: Final = "合计"
"""The item that is compared where none is asked for."""
CUT: Final = "时间用完，没有看完：没有列出的数字不等于没有。请少选些部门或年度。"
"""What is said where the time was over."""

_LEVELS: Final[dict[ComparedLevel, str]] = {
    "部门": "比较的都是部门级文件（部门连同所属单位）。",
    "单位": "比较的都是单位级文件（只有本单位）。",
    "不明": "这些文件没有写明是部门还是单位，可能有大有小，请看原文。",
}

_ITEM = re.compile(r"(?P<code>[A-Za-z]?\d{2,8})?(?:\s+|$)?(?P<label>.*)", re.DOTALL)
_Place = tuple[str, int, Report]


def compare(index: Index, wanted: Wanted, *, seconds: float | None = None) -> Comparison:
    """Return what is asked for; the figures stand as printed, each with its place.

    After `seconds` no more is looked at: the comparison is not `exact` then.
    """
    reader, until = index.reader, deadline(seconds)
    table = _table(reader, wanted, until)
    selection = select(reader, wanted, table, until)
    indicator = _indicator(reader, wanted, table, selection, until)
    found, valued, notes = _figures(reader, indicator, selection, until)
    cut = spent(until)
    unit = common_unit(figure for placed in found.values() for figure in placed)
    absences = absence.Absences(index.store, indicator, valued, until)

    def row(department: str, year: int) -> ComparedRow:
        budget, final = (
            _cell((department, year, report), found, selection, absences, unit)
            if report in wanted.reports
            else ComparedCell(report=report)
            for report in REPORTS
        )
        return _row(department, year, budget, final)

    rows = [row(department, year) for department, year in _places(selection, wanted)]
    near: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    if not any(found.values()):
        near = _near(reader, indicator, selection, until)
        elsewhere = tuple(kind for kind in _holding(reader, indicator, until) if kind != table)
    cut = cut or any(cell.absence == "cut" for row in rows for cell in row.cells)
    return Comparison(
        indicator=indicator,
        level=selection.level,
        unit=unit,
        departments=selection.departments,
        years=selection.years,
        reports=wanted.reports,
        rows=tuple(rows),
        notes=(
            *((CUT,) if cut else ()),
            _LEVELS[selection.level],
            *selection.notes,
            *_left_out(selection),
            *notes,
        ),
        obstacles=tuple(obstacles(selection, rows, unit)),
        near=near,
        elsewhere=elsewhere,
        exact=not cut,
    )


def _table(reader: Reader, wanted: Wanted, until: float | None) -> str:
    """Return the kind of table that is asked for, else one with the item, else the first usual."""
    if wanted.table:
        return next(iter(names(reader).tables_named(wanted.table)), wanted.table)
    code, label = _code_and_label(wanted.item)
    if code or label:
        item = ComparedItem(table="", label=label, code=code, column="", names=same_names(label))
        if held := _holding(reader, item, until):
            return held[0]
    kinds = reader.values("table")
    usual = (kind for kind in DEFAULT_TABLES if kind in kinds)
    return next(usual, next(iter(kinds), DEFAULT_TABLES[0]))


def _holding(reader: Reader, item: ComparedItem, until: float | None) -> tuple[str, ...]:
    """Return the kinds of tables that have an item, the usual ones first, then the most frequent.

    Only the rows that are called most like it are looked at.
    """
    bound = Bound(where=condition(item), kinds=frozenset({"row"}), once=False)
    hits = reader.search(bound, offset=0, limit=SEEN, until=until).hits
    counts = Counter(
        hit.table.kind for hit in hits if hit.table and is_row(item, hit.label, hit.code)
    )
    usual = tuple(kind for kind in DEFAULT_TABLES if kind in counts)
    return (*usual, *(kind for kind, _ in counts.most_common() if kind not in usual))


def _code_and_label(item: str) -> tuple[str, str]:
    """Return the code and the label that an item is asked for by, either of them empty."""
    parts = _ITEM.fullmatch(normalise(item).strip())
    return ((parts["code"] or "").upper(), parts["label"]) if parts else ("", "")


def _indicator(
    reader: Reader, wanted: Wanted, table: str, selection: Selection, until: float | None
) -> ComparedItem:
    code, label = _code_and_label(wanted.item)
    if code and not label:
        named = _rows(reader, table, selection, Code(code), limit=1, until=until)
        label = next((hit.label for hit in named), "")
    if not label and not code:
        known = labels(_rows(reader, table, selection, until=until))
        label = TOTAL if TOTAL in known or not known else known[0]
    return ComparedItem(
        table=table, label=label, code=code, column=wanted.column.strip(), names=same_names(label)
    )


def _rows(
    reader: Reader,
    table: str,
    selection: Selection,
    where: Condition | None = None,
    *,
    limit: int = SEEN,
    until: float | None = None,
) -> tuple[Hit, ...]:
    return rows_of(reader, table, selection.names, selection.years, where, limit=limit, until=until)


def _places(selection: Selection, wanted: Wanted) -> Iterable[tuple[str, int]]:
    """Yield departments and years to compare; of years not asked for only those with documents."""
    for department in selection.departments:
        held = [
            year
            for year in selection.years
            if any(
                (department, year, report) in side
                for report in REPORTS
                for side in (selection.documents, selection.others)
            )
        ]
        shown = selection.years if wanted.years else held or selection.years[-1:]
        for year in shown:
            yield department, year


def _figures(
    reader: Reader, indicator: ComparedItem, selection: Selection, until: float | None
) -> tuple[dict[_Place, list[ComparedFigure]], set[str], list[str]]:
    """Return the indicator's figures by department, year and report, and what to say of them.

    Beside them stand the documents that print some figure of the item, in whichever column.
    """
    taken = {info.id for infos in selection.documents.values() for info in infos}
    found: dict[_Place, list[ComparedFigure]] = defaultdict(list)
    valued: set[str] = set()
    where = condition(indicator)
    hits = _rows(reader, indicator.table, selection, where, limit=MAX_ROWS, until=until)
    notes = (
        [f"符合的行多于 {MAX_ROWS} 个，没有看完；请少选些部门。"] if len(hits) == MAX_ROWS else []
    )
    by_name = False
    printed: set[str] = set()
    for hit in hits:
        if hit.document.id not in taken or not is_row(indicator, hit.label, hit.code):
            continue
        by_name = by_name or (bool(indicator.code) and hit.code is None)
        printed.add(clean(hit.label))
        valued.add(hit.document.id)
        for report, figure in figures(indicator, hit):
            if hit.document.year is not None:
                department = selection.called.get(hit.document.department, hit.document.department)
                found[department, hit.document.year, report].append(figure)
    everything = [figure for placed in found.values() for figure in placed]
    if by_name:
        notes.append(f"有的表不印科目编码，按名称“{indicator.label}”取数。")
    if any(figure.quoted for figure in everything):
        notes.append(
            "决算公开的表同时列有预算数和决算数：决算取其“决算数”列；"
            "预算取预算公开的表，“预算数”列只在没有预算公开或两者不同时列出，标明“决算表所列”。"
        )
    same = [name for name in indicator.names if clean(name) in printed]
    if len(same) > 1:
        notes.append(f"同一项在各表名称略有不同，一并比较：{'、'.join(same)}。")
    return found, valued, notes


def _cell(
    place: _Place,
    found: dict[_Place, list[ComparedFigure]],
    selection: Selection,
    absences: absence.Absences,
    unit: str | None,
) -> ComparedCell:
    placed = sorted(found.get(place, []), key=lambda f: (f.document.id, f.locator.char_start))
    placed = _once(placed)
    own = [figure for figure in placed if not figure.quoted]
    quoted = [figure for figure in placed if figure.quoted and figure.text]
    documents = selection.documents.get(place, ())
    if not own and not quoted:
        return absences.cell(place[2], documents, selection.others.get(place, ()))
    deciding = own or quoted
    return ComparedCell(
        report=place[2],
        figures=tuple(
            figure.model_copy(update={"shown": converted(figure, unit)})
            for figure in (*own, *quoted)
        ),
        differing=len({figure.amount for figure in deciding}) > 1,
        document=absence.reference(documents[0]) if documents else None,
    )


def _once(placed: Sequence[ComparedFigure]) -> list[ComparedFigure]:
    """Return figures without those that another file of the same disclosure prints as well."""
    first: dict[tuple[object, ...], str] = {}
    kept = []
    for figure in placed:
        said = (figure.amount, figure.state, figure.quoted, figure.scope)
        if first.setdefault(said, figure.document.id) == figure.document.id:
            kept.append(figure)
    return kept


def _row(department: str, year: int, budget: ComparedCell, final: ComparedCell) -> ComparedRow:
    difference = None
    if same_scope(budget, final) and budget.one is not None and final.one is not None:
        before, after = budget.one.shown, final.one.shown
        difference = None if before is None or after is None else after - before
    return ComparedRow(
        department=department, year=year, budget=budget, final=final, difference=difference
    )


def _left_out(selection: Selection) -> Iterable[str]:
    count = sum(len(infos) for infos in selection.others.values())
    if count:
        yield f"这些部门和年度另有 {count} 份其他级别的文件，没有列入。"


def _near(
    reader: Reader, indicator: ComparedItem, selection: Selection, until: float | None
) -> tuple[str, ...]:
    """Return labels of the same tables that share most with one that was not found."""
    asked = set(clean(indicator.label))
    known: Sequence[str] = labels(_rows(reader, indicator.table, selection, until=until))
    shared = {label: len(asked & set(clean(label))) for label in known}
    likely = [label for label in known if shared[label] * 2 > len(asked)]
    return tuple(sorted(likely, key=lambda label: -shared[label])[:NEAR])
