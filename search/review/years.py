"""What stands between documents of one department: figures quoted a year later, and execution."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from search.analysis import clean
from search.citation import line
from search.compare.model import ComparedCell, ComparedFigure, ComparedLevel, level_of
from search.compare.selection import Wanted
from search.compare.service import compare
from search.hits import DocumentInfo, HitMaker
from search.index import Index
from search.lookup import find
from search.model import Disclosure, Passage, Report, Role, Statement
from search.review import columns
from search.review.model import Executed, FoundTerm, Quoted

ITEMS: Final = (("收支总表", "支出总计"), ("三公经费表", "合计"), ("机关运行经费表", "合计"))
"""What a budget and a final account both print, by table."""

_Place = tuple[str, ComparedLevel, int, Report]
_Said = tuple[Passage, Statement]


def by_place(
    listed: Iterable[DocumentInfo], called: Mapping[str, str]
) -> dict[_Place, list[DocumentInfo]]:
    """Return documents by department (as `called` names it), level, year and report."""
    found: dict[_Place, list[DocumentInfo]] = defaultdict(list)
    for info in listed:
        if info.year is not None and info.report is not None:
            name = called.get(info.department, info.department)
            found[name, level_of(info.level), info.year, info.report].append(info)
    return found


def quoted(
    of: Disclosure,
    index: Index,
    held: Mapping[_Place, list[DocumentInfo]],
    called: Mapping[str, str],
) -> list[Quoted]:
    """Return the figures of the year before that a disclosure quotes and its own document prints.

    A figure of the narrative counts where both say it of the same subject, and the earlier
    document prints one figure only of it; one of a table (上年预算数) by its row.
    """
    if of.year is None or of.report is None:
        return []

    def earlier(year: int, report: Report) -> Disclosure | None:
        name = called.get(of.department, of.department)
        place = name, level_of(of.level), year, report
        listed = held.get(place, ())
        return index.store.disclosure(listed[0].id) if listed else None

    found: list[Quoted] = []
    for passage, statement in _figures(of, of.year - 1):
        before = earlier(of.year - 1, statement.basis or of.report)
        if before is not None:
            found += _compared(of, (passage, statement), before)
    makers: dict[str, HitMaker] = {}
    for year, report, printed in columns.quoting(of):
        before = earlier(year, report)
        if before is not None:
            own, other = (makers.setdefault(d.id, HitMaker(d)) for d in (of, before))
            one = columns.compared(printed, own, before, other)
            found += [one] if one else []
    return found


def _compared(of: Disclosure, said: _Said, earlier: Disclosure) -> Iterator[Quoted]:
    statement = said[1]
    subject = clean(statement.subject)
    same = [
        (passage, other)
        for year in (None, earlier.year)
        for passage, other in _figures(earlier, year)
        if clean(other.subject) == subject and other.basis in {None, earlier.report}
    ]
    if len({other.yuan for _, other in same}) != 1 or earlier.year is None:
        return
    passage, other = same[0]
    difference = abs((statement.yuan or Decimal(0)) - (other.yuan or Decimal(0)))
    yield Quoted(
        subject=statement.subject,
        year=earlier.year,
        agrees=difference <= columns.half(statement) + columns.half(other),
        quoted=_cited(of, said),
        printed=_cited(earlier, (passage, other)),
    )


def _figures(of: Disclosure, year: int | None) -> Iterator[_Said]:
    """Yield the amounts that the narrative says of a year, of none named for None."""
    for passage in of.passages:
        for statement in passage.statements if passage.part == "narrative" else ():
            is_level = statement.role in {Role.LEVEL, Role.PRIOR} and statement.kind == "money"
            if is_level and statement.year == year:
                yield passage, statement


def _cited(of: Disclosure, said: _Said) -> FoundTerm:
    hit = HitMaker(of).statement(*said)
    return FoundTerm(
        what=f"情况说明 › {hit.label}",
        text=hit.cells[0].text,
        record=hit.id,
        cell=None,
        locator=hit.cells[0].locator,
        citation=line(hit, hit.cells[0]),
    )


def executed(index: Index, held: Mapping[_Place, list[DocumentInfo]]) -> Iterator[Executed]:
    """Yield budget beside final account where a department has both for a year."""
    for department, level, year, report in held:
        if report == "预算" and (department, level, year, "决算") in held:
            for table, item in ITEMS:
                wanted = Wanted(
                    table=table, item=item, departments=(department,), years=(year,), level=level
                )
                yield from _executed(index, wanted)


def _executed(index: Index, wanted: Wanted) -> Iterator[Executed]:
    found = compare(index, wanted)
    for row in found.rows:
        if row.budget.one is None and row.final.one is None:
            continue
        absences = (cell.absence for cell in row.cells)
        yield Executed(
            department=row.department,
            year=row.year,
            table=wanted.table,
            item=wanted.item,
            budget=_of_cell(index, row.budget),
            final=_of_cell(index, row.final),
            absences=tuple(absence for absence in absences if absence),
            difference=row.difference,
            unit=found.unit,
        )


def _of_cell(index: Index, cell: ComparedCell) -> FoundTerm | None:
    return None if cell.one is None else _of_figure(index, cell.one)


def _of_figure(index: Index, figure: ComparedFigure) -> FoundTerm:
    hit = find(index.store, figure.id)
    cells = [] if hit is None else [c for c in hit.cells if c.column == figure.column]
    return FoundTerm(
        what=" › ".join((figure.table.kind, figure.label, *figure.column[-1:])),
        text=figure.text,
        record=figure.id,
        cell=hit.cells.index(cells[0]) if hit and cells else None,
        locator=figure.locator,
        citation=line(hit, cells[0]) if hit and cells else "",
    )
