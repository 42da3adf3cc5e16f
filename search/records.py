"""Records: what a disclosure becomes in an engine, one for each row, passage, statement, project.

A statement is a record of its own, because a comparison must bind to the figure in the same
clause as the words; it comes back as a hit of the kind `passage`. So does an aside: a line above
a table or a note below, and what else is printed beside (cover, page heads, spilled text). A row
without figures is a record of the kind `blank`, and found as asides are: the words are printed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal

from search.amounts import COUNTED, counting_unit, unit_kind
from search.analysis import tokens
from search.hits import HitMaker, document_info
from search.model import Cell, Disclosure, Path, Project, QuantityKind, Role, Row, Statement, Table
from search.repeats import explained_term, repeat_key
from search.results import Excerpt, IndexedHit
from search.suggest.terms import stored
from search.text import normalise
from search.vocabulary import is_bare_sum

RecordKind = Literal["row", "passage", "statement", "project", "aside", "blank", "document"]


@dataclass(frozen=True, slots=True)
class IndexedFigure:
    """A quantity of a record, `base` in yuan, square metres, the counting unit or per cent."""

    base: Decimal
    kind: QuantityKind
    unit: str = ""
    column: str = ""
    principal: bool = True
    role: Role = Role.LEVEL
    direction: Literal["增加", "减少"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One unit of the index. `label`, `context`, `path`, `body` and `remark` are text, normalised.

    The figures belong to label, context and body; `path` says what they are a part of (the
    parents of a row and the title of its table, the headings above a passage), a remark (a
    project's overview) has others.
    `amount` is the sum in yuan that an order by amount goes by, where no figure is compared.
    `place` is the record's position in its document, `document` the document's id. `listed` is
    False for what only a comparison or an export brings up: statements, rows that a project
    shows already. `payload` is the hit (of a document, its listing) as JSON. `term` is what
    suggestions call the record (`search.suggest.terms`), `repeat` what it has in common with
    others that say the same (`search.repeats`), both empty where nothing. `checks` is the outcome
    of checking its figures.
    """

    id: str
    kind: RecordKind
    document: str
    department: str
    year: int | None
    report: str | None
    payload: str
    place: int = 0
    label: str = ""
    context: str = ""
    path: str = ""
    body: str = ""
    remark: str = ""
    table: str | None = None
    code: str | None = None
    figures: tuple[IndexedFigure, ...] = ()
    amount: Decimal | None = None
    definition: bool = False
    listed: bool = True
    term: str = ""
    repeat: str = ""
    checks: str = ""


GRADE: Final = "等级"
"""The field of a 自评表 that grades the project: 优, 良, 中, 差."""
_INDICATOR: Final = "绩效指标"
"""What an indicator is called that stands below no head."""


def column_name(column: tuple[str, ...]) -> str:
    """Return a column path as one string, as engines and queries name it."""
    return " / ".join(normalise(part) for part in column)


def records(disclosure: Disclosure) -> Iterator[Record]:
    """Yield every record of a disclosure, its document record first.

    Of a superseded one only that: it can be cited and read, but is no answer any more.
    """
    make = HitMaker(disclosure)
    common: dict[str, Any] = {
        "document": disclosure.id,
        "department": disclosure.department,
        "report": disclosure.report,
    }
    whole = common | {"year": disclosure.year}
    info = document_info(disclosure)
    yield Record(id=disclosure.id, kind="document", payload=info.model_dump_json(), **whole)
    if disclosure.superseded_by is not None:
        return
    for passage, hit in make.passages():
        definition = passage.part == "definition"
        yield Record(
            id=passage.id,
            kind="passage",
            place=passage.locator.char_start,
            label=explained_term(passage) if definition else "",
            path=_joined(passage.section),
            body=normalise(passage.text),
            figures=tuple(map(_quoted, passage.statements)),
            definition=definition,
            repeat=repeat_key(passage, (disclosure.department, *disclosure.department_variants)),
            checks=hit.outcome,
            payload=hit.model_dump_json(),
            **whole,
        )
        for statement in passage.statements:
            year = statement.year or disclosure.year
            said = make.statement(passage, statement)
            yield Record(
                id=statement.id,
                kind="statement",
                place=statement.locator.char_start,
                label=normalise(statement.subject),
                body=normalise(statement.text),
                year=year,
                figures=(_statement_figure(statement),),
                amount=statement.yuan if statement.role is Role.LEVEL else None,
                definition=definition,
                listed=year != disclosure.year,
                checks=said.outcome,
                payload=said.model_dump_json(),
                **common,
            )
    for of_note, aside, hit in make.asides():
        yield Record(
            id=aside.id,
            kind="aside",
            place=aside.locator.char_start,
            path=_joined((*aside.section, of_note.kind if of_note else "")),
            body=normalise(aside.text),
            table=of_note.kind if of_note else None,
            payload=hit.model_dump_json(),
            **whole | {"department": hit.document.department},
        )
    for table, row, hit in make.blanks():
        yield Record(
            id=row.id,
            kind="blank",
            place=row.locator.char_start,
            label=normalise(row.label),
            path=_joined((*row.path, table.title)),
            table=table.kind,
            code=row.code,
            payload=hit.model_dump_json(),
            **whole | {"department": hit.document.department},
        )
    shown = {project.row_id for project in disclosure.projects}
    for table, row, hit in make.rows():
        own, part_of = _above(table, row)
        yield Record(
            id=row.id,
            kind="row",
            place=row.locator.char_start,
            # A subtotal bears the department's name, which says nothing of what the sum is for.
            label="" if row.subtotal else normalise(row.label),
            context=_joined(own),
            path=_joined(part_of),
            body=_joined((row.code or "", *(c.text for c in row.cells if c.value is None))),
            table=table.kind,
            code=row.code,
            figures=tuple(_figures(row.cells)),
            amount=hit.yuan,
            listed=row.id not in shown,
            term="" if row.subtotal or row.id in shown else stored("label", row.label, row.code),
            checks=hit.outcome,
            payload=hit.model_dump_json(),
            **whole | {"department": hit.document.department},
        )
    for project, of_table, of_row, hit in make.projects():
        yield Record(
            id=project.id,
            kind="project",
            place=project.locator.char_start,
            label=normalise(project.name),
            context=normalise(of_table.title if of_table else ""),
            body=_joined((project.form_name or "", *_shares(project))),
            remark=_remark(project),
            table=of_table.kind if of_table else "项目支出绩效表",
            figures=_project_figures(project, of_row),
            amount=hit.yuan,
            term=stored("project", project.name),
            checks=hit.outcome,
            payload=IndexedHit(**dict(hit), form=tuple(_form(project))).model_dump_json(),
            **whole | {"department": hit.document.department},
        )


def _above(table: Table, row: Row) -> tuple[Path, Path]:
    """Return which of a row's parents and title say what it is, and which what it is a part of.

    A sum is of all below its parent or in its table. A row without a code is of what its parent
    says where the two share no word: 工程 of 政府采购; 公务用车运行维护费 is only a part of
    公务用车购置及运行费.
    """
    above = (*row.path, table.title)
    if row.subtotal or is_bare_sum(row.label):
        return above, above
    parent = row.path[-1:]
    if row.code is None and parent and not _words(row.label) & _words(parent[0]):
        return parent, (*row.path[:-1], table.title)
    return (), above


def _words(text: str) -> set[str]:
    return {token for token in tokens(normalise(text)) if len(token) > 1}


def _shares(project: Project) -> Iterator[str]:
    """Yield the heads of a form's shares, which are asked for by name (执行率 < 50%)."""
    return (cell.column[0] for cell in project.funds if cell.unit == "%" and cell.principal)


def _remark(project: Project) -> str:
    """Return what a project's form says in words: its fields and its indicators.

    A grade says nothing by itself; it is found as people and reports speak of it.
    """
    said = [
        f"项目自评{GRADE}为{field.value}" if field.name == GRADE else field.value
        for field in project.fields
    ]
    for indicator in project.indicators:
        said += [indicator.name, *(cell.text for cell in indicator.cells)]
    return _joined(dict.fromkeys(said))


def _form(project: Project) -> Iterator[Excerpt]:
    """Yield what a project's form says in words, with the places."""
    for field in project.fields:
        if field.value:
            name = f"自评{GRADE}" if field.name == GRADE else field.name
            yield Excerpt(name=name, quote=field.value, locator=field.locator)
    for one in project.indicators:
        name = one.level[-1] if one.level else _INDICATOR
        yield Excerpt(name=name, quote=one.name, locator=one.locator)


def _joined(parts: Iterable[str]) -> str:
    return normalise("\n".join(filter(None, parts)))


def _quoted(statement: Statement) -> IndexedFigure:
    """Return a figure that a passage speaks of; its statement answers comparisons, not it."""
    return replace(_statement_figure(statement), principal=False)


def _statement_figure(statement: Statement) -> IndexedFigure:
    factor = Decimal(1) if statement.kind == "rate" else unit_kind(statement.unit)[1]
    return IndexedFigure(
        base=statement.value * factor,
        kind=statement.kind,
        unit=_compared_unit(statement.kind, statement.unit),
        role=statement.role,
        direction=statement.direction,
    )


def _project_figures(project: Project, row: Row | None) -> tuple[IndexedFigure, ...]:
    """Return the figures of a project: of its row where it has one, else of its form."""
    return tuple(_figures(project.funds if row is None else row.cells))


def _figures(cells: Iterable[Cell]) -> Iterator[IndexedFigure]:
    for cell in cells:
        if cell.value is None:
            continue
        column = column_name(cell.column)
        if cell.yuan is not None:
            yield IndexedFigure(cell.yuan, "money", "", column, cell.principal, cell.role)
        elif cell.unit is not None:
            kind, factor = unit_kind(cell.unit)
            role = Role.SHARE if kind == "share" and cell.role is Role.LEVEL else cell.role
            unit = _compared_unit(kind, cell.unit)
            principal = cell.principal or kind in COUNTED
            yield IndexedFigure(cell.value * factor, kind, unit, column, principal, role)


def _compared_unit(kind: QuantityKind, unit: str) -> str:
    """Return the unit that a quantity compares only with itself in, empty where all compare."""
    if kind == "rate":
        return unit
    return counting_unit(unit) if kind == "count" else ""
