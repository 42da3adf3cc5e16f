"""Projects 项目 as cards: what their row and their form say, and projects of the same name."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from search.analysis import clean, words
from search.budget import deadline, spent
from search.engines.base import (
    All,
    Bound,
    Condition,
    Figure,
    Found,
    Keyword,
    Sort,
    Text,
    Years,
)
from search.hits import HitMaker
from search.index import Index
from search.lookup import document_of
from search.model import Cell, Exact, FormField, Frozen, Indicator, Locator, Project, Role, Table
from search.naming import names
from search.query.binder import BoundQuery
from search.results import Correction, DocumentRef, FacetValue, QueryWarning, Removal, Total
from search.service import otherwise, understand
from search.suggest.nohits import NoHits

Field = Literal["department", "year", "amount"]
"""What is asked beside the query."""

PER_PAGE: Final = 10
"""Cards on a page; each needs its document opened."""
RELATED: Final = 30
"""Projects of like names that are looked through."""
CUT: Final = "时间用完，这一页没有列全；请缩小范围再查。"
"""What is said where the time was over."""
LOST: Final = "“{}”没有列出：存储的文件缺失；gongkai status --check 指出是哪个。"
"""What is said of a project whose document cannot be opened."""
PERIODS: Final = ("项目期", "实施期", "项目周期", "项目起止时间")
"""Fields of a form that say how long a project runs."""
NOT_LONGER: Final = ("项目属性",)
"""Fields that say so at least roughly: 经常性项目(长期开展), 一次性项目(1年结束)."""
_STATED_ELSEWHERE: Final = frozenset({"项目名称", "项目概况", *PERIODS, *NOT_LONGER})


@dataclass(frozen=True, slots=True)
class WantedProjects:
    """Which projects are asked for; `query` is in the query language, amounts are in yuan."""

    query: str = ""
    departments: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sort: Sort | None = None
    page: int = 1


class ProjectSource(Frozen):
    """A place that a project is read from: a row of 项目支出表, or a 绩效 form; `id` is its own."""

    id: str
    title: str
    kind: str
    locator: Locator


class ProjectCard(Frozen):
    """A project with all that its sources say.

    `cells` are those of its row, `funds` the amounts of its form; `fields` and `indicators` are
    the form's. `amount_text` is the amount as printed, with its column.
    """

    id: str
    document: DocumentRef
    name: str
    form_name: str | None
    yuan: Exact | None
    amount_text: str
    period: str
    overview: str
    row: ProjectSource | None
    form: ProjectSource | None
    cells: tuple[Cell, ...]
    funds: tuple[Cell, ...]
    fields: tuple[FormField, ...]
    indicators: tuple[Indicator, ...]
    quote: str
    locator: Locator
    related: Total | None = None
    """How many projects are called alike; None where that was not looked for."""

    @property
    def funding(self) -> tuple[Cell, ...]:
        """Where the money comes from: the parts of the row's amount, else those of the form's."""
        if any(cell.yuan for cell in self.cells):
            level = (cell for cell in self.cells if cell.yuan and cell.role is Role.LEVEL)
            return tuple(cell for cell in level if not cell.principal)
        periods = {cell.column[0] for cell in self.funds if cell.principal}
        return tuple(
            cell
            for cell in self.funds
            if cell.yuan and len(cell.column) > 1 and (not periods or cell.column[0] in periods)
        )


class RelatedProject(Frozen):
    """A project of the same name, or whose name has all the words of another's."""

    id: str
    name: str
    same: bool
    document: DocumentRef
    yuan: Exact | None


class Wider(Frozen):
    """How many projects there are without the condition of one field beside the query."""

    without: Field
    total: int


class ProjectList(Frozen):
    """One page of projects; where there is none, what has some near it.

    `did_you_mean` and `removals` are as of a search, `wider` leaves out a field, `elsewhere` counts
    the rows, passages and projects that the query finds by itself.
    """

    query: str
    warnings: tuple[QueryWarning, ...]
    notes: tuple[str, ...]
    total: Total
    page: int
    pages: int
    projects: tuple[ProjectCard, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    did_you_mean: tuple[Correction, ...] = ()
    removals: tuple[Removal, ...] = ()
    wider: tuple[Wider, ...] = ()
    elsewhere: int = 0


class ProjectDetail(Frozen):
    """A project with those related to it by name, in the same and in other departments."""

    project: ProjectCard
    related: tuple[RelatedProject, ...]


def projects(index: Index, wanted: WantedProjects, *, seconds: float | None = None) -> ProjectList:
    """Return a page of the projects asked for; raise `QueryError` for an unreadable query.

    After `seconds` no more is looked at: fewer projects come with a note that tells so.
    """
    reader, until = index.reader, deadline(seconds)
    notes: list[str] = []
    asked = understand(reader, wanted.query)
    fields = dict(_conditions(index, wanted, notes))
    query = _narrowed(wanted, fields, asked)

    def found_by(one: BoundQuery, offset: int = 0, limit: int = 0) -> Found:
        return reader.search(one.bound, offset=offset, limit=limit, until=until)

    def page_of(one: BoundQuery) -> Found:
        return found_by(one, (wanted.page - 1) * PER_PAGE, PER_PAGE)

    found, told = page_of(query), NoHits()
    wider: tuple[Wider, ...] = ()
    if not found.total and found.exact and not spent(until):
        other = otherwise(reader, wanted.query, query, until, partial(_narrowed, wanted, fields))
        if isinstance(other, NoHits):
            told = other
            for name in fields:
                others = {field: of for field, of in fields.items() if field != name}
                total = found_by(_narrowed(wanted, others, asked)).total
                wider += (Wider(without=name, total=total),) if total else ()
        else:
            query, found = other, page_of(other)
    elsewhere = 0 if found.total or not wanted.query or spent(until) else found_by(asked).total
    cards: list[ProjectCard] = []
    for hit in found.hits:
        if spent(until):
            notes.append(CUT)
            break
        one = card(index, hit.id)
        if one is None:
            notes.append(LOST.format(hit.label))
            continue
        cards.append(_counted(index, one, until))
    return ProjectList(
        query=wanted.query,
        warnings=query.warnings,
        notes=tuple(notes),
        total=Total(value=found.total, exact=found.exact),
        page=wanted.page,
        pages=math.ceil(found.shown / PER_PAGE),
        projects=tuple(cards),
        facets={name: found.facets.get(name, ()) for name in ("department", "year", "report")},
        did_you_mean=told.did_you_mean,
        removals=told.removals,
        wider=wider,
        elsewhere=elsewhere,
    )


def _narrowed(
    wanted: WantedProjects, fields: Mapping[Field, Condition], query: BoundQuery
) -> BoundQuery:
    """Return a query for the projects that meet it and the conditions of the fields beside it."""
    filters, where, figure = dict(query.bound.filters), query.bound.where, query.figure
    for name, condition in fields.items():
        if isinstance(condition, Figure):
            where = All((*(where.parts if isinstance(where, All) else (where,)), condition))
            figure = figure or condition
        else:
            filters[name] = All((filters[name], condition)) if name in filters else condition
    bound = replace(
        query.bound,
        where=where,
        filters=filters,
        kinds=frozenset({"project"}),
        sort=wanted.sort or query.bound.sort,
    )
    return replace(query, bound=bound, figure=figure)


def project(index: Index, record: str, *, seconds: float | None = None) -> ProjectDetail | None:
    """Return a project by its id with those related to it, None where there is no such one.

    Where those are not known after `seconds`, there are none and the project does not count them.
    """
    until = deadline(seconds)
    found = card(index, record)
    if found is None:
        return None
    others = () if spent(until) else related(index, found)
    if not spent(until):
        found = found.model_copy(update={"related": _total(others)})
    return ProjectDetail(project=found, related=others)


def _counted(index: Index, of: ProjectCard, until: float | None) -> ProjectCard:
    """Return a card that tells how many others are called alike, if there is time to look."""
    if spent(until):
        return of
    return of.model_copy(update={"related": _total(related(index, of))})


def _total(found: tuple[RelatedProject, ...]) -> Total:
    """Return how many are related; of many names only some are looked through."""
    return Total(value=len(found), exact=len(found) < RELATED - 1)


def card(index: Index, record: str) -> ProjectCard | None:
    """Return the card of a project, None where there is no such one."""
    disclosure = index.store.disclosure(document_of(record))
    if disclosure is None:
        return None
    made = HitMaker(disclosure)
    for one, _, row, hit in made.projects():
        if one.id != record:
            continue
        holding = (t for t in disclosure.tables if row is not None and row in t.rows)
        form = next((t for t in disclosure.tables if t.id == one.form_id), None)
        return ProjectCard(
            id=one.id,
            document=hit.document,
            name=one.name,
            form_name=one.form_name,
            yuan=one.yuan,
            amount_text=one.amount_text,
            period=_field(one, PERIODS) or _field(one, NOT_LONGER),
            overview=one.overview,
            row=None if row is None else _source(row.id, next(holding, None), row.locator),
            form=None if form is None else _source(form.id, form, form.locator),
            cells=() if row is None else row.cells,
            funds=one.funds,
            fields=tuple(f for f in one.fields if f.name not in _STATED_ELSEWHERE),
            indicators=one.indicators,
            quote=hit.quote,
            locator=one.locator,
        )
    return None


def related(index: Index, of: ProjectCard) -> tuple[RelatedProject, ...]:
    """Return the projects whose name has all the words of this one's, the same names first."""
    cut = tuple(words(of.name))
    if not cut:
        return ()
    bound = Bound(where=Text(cut), kinds=frozenset({"project"}), once=False)
    hits = index.reader.search(bound, offset=0, limit=RELATED).hits
    found = [
        RelatedProject(
            id=hit.id,
            name=hit.label,
            same=clean(hit.label) == clean(of.name),
            document=hit.document,
            yuan=hit.yuan,
        )
        for hit in hits
        if hit.id != of.id and all(word in clean(hit.label) for word in cut)
    ]
    return tuple(sorted(found, key=_order))


def _order(of: RelatedProject) -> tuple[bool, str, int, str]:
    document = of.document
    return not of.same, document.department, document.year or 0, document.report or ""


def _conditions(
    index: Index, wanted: WantedProjects, notes: list[str]
) -> Iterable[tuple[Field, Condition]]:
    """Yield the conditions of the fields beside the query."""
    if wanted.departments:
        meant: set[str] = set()
        for asked in wanted.departments:
            match = names(index.reader).finder.find(asked)
            if match is None:
                notes.append(f"没有与“{asked}”相符的部门。")
            meant.update(match.names if match else ())
        yield "department", Keyword("department", frozenset(meant))
    if wanted.first is not None or wanted.last is not None:
        yield "year", Years(wanted.first or 0, wanted.last or 9999)
    if wanted.low is not None or wanted.high is not None:
        yield "amount", Figure(wanted.low, wanted.high)


def _field(of: Project, wanted: tuple[str, ...]) -> str:
    return next((f.value for name in wanted for f in of.fields if f.name == name), "")


def _source(record: str, table: Table | None, locator: Locator) -> ProjectSource:
    title, kind = (table.title, table.kind) if table is not None else ("", "")
    return ProjectSource(id=record, title=title, kind=kind, locator=locator)
