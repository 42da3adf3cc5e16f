"""What an index holds of each organisation: reports by year, what they lack, and what is missing.

Missing means not indexed here, never unpublished.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from search.budget import deadline, spent
from search.fates import accounted, figures
from search.hits import DocumentInfo
from search.index import Index
from search.listing import disclosures
from search.model import Exact, Frozen, Level, Report
from search.naming import names
from search.organisations.listing import same

PER_PAGE: Final = 50
"""Departments on a page."""
REPORTS: Final[tuple[Report, ...]] = ("预算", "决算")


class CoveredDocument(Frozen):
    """An indexed document: what its tables lack and what its reading warns of."""

    id: str
    title: str
    level: Level | None
    source: str
    tables: int
    rows: int
    empty: tuple[str, ...]
    """Kinds of tables that say 本表无数据."""
    unread: int
    """Pages of scans that were not recognised."""
    not_read: int
    """Figures that are printed and were not read."""
    accounted: Exact
    """The share of the printed figures that was read, in per cent."""
    warnings: tuple[str, ...]


class CoveredReport(Frozen):
    """The documents of a report; `missing` where there is none and the years around have some."""

    report: Report
    documents: tuple[CoveredDocument, ...] = ()
    missing: bool = False


class CoveredYear(Frozen):
    """A fiscal year of a department."""

    year: int
    reports: tuple[CoveredReport, ...]


class CoveredDepartment(Frozen):
    """An organisation at one level, from its first year to its last; `odd` lack year or report.

    `department` is the name that most of its documents print, `names` are all that they print.
    """

    department: str
    names: tuple[str, ...] = ()
    level: Level | None
    years: tuple[CoveredYear, ...]
    odd: tuple[CoveredDocument, ...] = ()


class FailedFile(Frozen):
    """A source file that could not be read, and why."""

    source: str
    reason: str


class Coverage(Frozen):
    """One page of the departments of an index, and the files that failed.

    Where it is not `exact`, the time was over before all departments were looked at.
    """

    documents: int
    with_empty: int
    with_warnings: int
    figures: int
    """Figures that the documents print."""
    not_read: int
    """Those of them that were not read."""
    missing: int
    """Reports missing over all departments, listed or not."""
    departments: tuple[CoveredDepartment, ...]
    count: int
    page: int
    pages: int
    failures: tuple[FailedFile, ...]
    exact: bool = True


def coverage(
    index: Index,
    *,
    department: str = "",
    only_missing: bool = False,
    page: int = 1,
    seconds: float | None = None,
) -> Coverage:
    """Return what the index holds; of departments that `department` names, or with gaps only.

    After `seconds` no more departments are looked at: it is not `exact` then.
    """
    until = deadline(seconds)
    listed = disclosures(index.reader)
    called = same(index.reader)
    if department:
        match = names(index.reader).finder.find(department)
        meant = set(match.names) if match else set()
        listed = tuple(info for info in listed if info.department in meant)
    groups: dict[tuple[str, Level | None], list[DocumentInfo]] = defaultdict(list)
    for info in listed:
        groups[called[info.department], info.level].append(info)
    gaps: dict[tuple[str, Level | None], int] = {}
    for place, infos in groups.items():
        if spent(until):
            break
        gaps[place] = _missing(infos)
    shown = [place for place, missing in gaps.items() if missing or not only_missing]
    listing = shown[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Coverage(
        documents=len(listed),
        with_empty=sum(bool(info.empty) for info in listed),
        with_warnings=sum(bool(info.warnings) for info in listed),
        figures=sum(figures(info.fates) for info in listed),
        not_read=sum(info.fates.get("unread", 0) for info in listed),
        missing=sum(gaps.values()),
        departments=tuple(_department(place, groups[place]) for place in listing),
        count=len(shown),
        page=page,
        pages=max(1, -(-len(shown) // PER_PAGE)),
        failures=failures(index),
        exact=len(gaps) == len(groups),
    )


def failures(index: Index) -> tuple[FailedFile, ...]:
    """Return the names of the files that could not be read when they were last tried."""
    return tuple(
        FailedFile(source=failed.path.name, reason=failed.reason) for failed in index.failures()
    )


def _department(
    place: tuple[str, Level | None], infos: Sequence[DocumentInfo]
) -> CoveredDepartment:
    """Return a department at one level: a 部门 and one of its 单位 are different reports."""
    return CoveredDepartment(
        department=place[0],
        names=tuple(dict.fromkeys((place[0], *(info.department for info in infos)))),
        level=place[1],
        years=tuple(_years(infos)),
        odd=tuple(_document(i) for i in infos if i.year is None or i.report is None),
    )


def _years(infos: Sequence[DocumentInfo]) -> Iterable[CoveredYear]:
    """Yield every year from the first to the last that the department has a report of."""
    for year in _listed(infos):
        reports = []
        for report in REPORTS:
            found = tuple(_document(i) for i in infos if i.year == year and i.report == report)
            reports.append(CoveredReport(report=report, documents=found, missing=not found))
        yield CoveredYear(year=year, reports=tuple(reports))


def _listed(infos: Sequence[DocumentInfo]) -> Sequence[int]:
    held = {info.year for info in infos if info.year is not None and info.report is not None}
    if not held:
        return ()
    # A year misread by centuries must not make a page of gaps.
    return range(min(held), max(held) + 1) if max(held) - min(held) < 30 else sorted(held)


def _missing(infos: Sequence[DocumentInfo]) -> int:
    """Return how many reports there are none of in the years that are listed."""
    held = {(info.year, info.report) for info in infos if info.report and info.year is not None}
    return len(REPORTS) * len(_listed(infos)) - len(held)


def _document(info: DocumentInfo) -> CoveredDocument:
    return CoveredDocument(
        id=info.id,
        title=info.title,
        level=info.level,
        source=info.sources[0],
        tables=info.tables,
        rows=info.rows,
        empty=info.empty,
        unread=len(info.unread),
        not_read=info.fates.get("unread", 0),
        accounted=accounted(info.fates),
        warnings=info.warnings,
    )
