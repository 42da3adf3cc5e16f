"""Records: what a disclosure becomes in an engine, one for each row, passage, statement, project.

A statement is a record of its own, because a comparison must bind to the figure in the same
clause as the words; it comes back as a hit of the kind `passage`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from search.amounts import unit_kind
from search.model import (
    Disclosure,
    Frozen,
    Level,
    Passage,
    Project,
    QuantityKind,
    Report,
    Role,
    Row,
    Statement,
    Table,
)
from search.results import DocumentRef, Hit, HitCell, TableRef
from search.text import normalise

RecordKind = Literal["row", "passage", "statement", "project", "document"]


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


class DocumentInfo(Frozen):
    """A document as listed: its metadata and counts, without its content."""

    id: str
    sha256: str
    department: str
    department_variants: tuple[str, ...]
    department_code: str | None
    parent: str | None
    year: int | None
    report: Report | None
    level: Level | None
    title: str
    sources: tuple[str, ...]
    media_type: str
    lines: int
    pages: int | None
    confidence: float
    tables: int
    rows: int
    passages: int
    statements: int
    projects: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One unit of the index. `label`, `context` and `body` are text, normalised.

    `listed` is False for what only a comparison or an explicit filter brings up: rows without
    a figure, rows that a project shows already.
    """

    id: str
    kind: RecordKind
    label: str
    context: str
    body: str
    department: str
    year: int | None
    report: str | None
    table: str | None
    code: str | None
    figures: tuple[IndexedFigure, ...]
    definition: bool
    listed: bool
    payload: str
    """The hit (or the document's listing) as JSON."""


def column_name(column: tuple[str, ...]) -> str:
    """Return a column path as one string, as engines and queries name it."""
    return " / ".join(normalise(part) for part in column)


def records(disclosure: Disclosure) -> Iterator[Record]:
    """Yield every record of a disclosure, in source order, its document record first."""
    make = _Maker(disclosure)
    yield make.document()
    shown = {project.row_id for project in disclosure.projects if project.row_id}
    for passage in disclosure.passages:
        if passage.part == "apparatus":
            continue
        yield make.passage(passage)
        for statement in passage.statements:
            yield make.statement(passage, statement)
    for table in disclosure.tables:
        for row in table.rows:
            if row.has_value:
                yield make.row(table, row, listed=row.id not in shown)
    tables = {row.id: table for table in disclosure.tables for row in table.rows}
    rows = {row.id: row for table in disclosure.tables for row in table.rows}
    for project in disclosure.projects:
        row = rows.get(project.row_id or "")
        yield make.project(project, row, tables.get(project.row_id or ""))


class _Maker:
    """Builds the records of one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.reference = DocumentRef(
            id=disclosure.id,
            department=disclosure.department,
            year=disclosure.year,
            report=disclosure.report,
            level=disclosure.level,
            title=disclosure.title,
            source=disclosure.sources[0],
            sha256=disclosure.sha256,
        )

    def document(self) -> Record:
        of = self.disclosure
        info = DocumentInfo(
            **{
                name: getattr(of, name)
                for name in DocumentInfo.model_fields
                if name in Disclosure.model_fields
                and name not in {"tables", "passages", "projects", "warnings"}
            },
            tables=len(of.tables),
            rows=sum(row.has_value for table in of.tables for row in table.rows),
            passages=sum(passage.part != "apparatus" for passage in of.passages),
            statements=sum(len(passage.statements) for passage in of.passages),
            projects=len(of.projects),
            warnings=tuple(
                warning.message if warning.line is None else f"第{warning.line}行：{warning.message}"
                for warning in of.warnings
            ),
        )
        return self._record(
            id=of.id, kind="document", label=of.title, payload=info.model_dump_json()
        )

    def row(self, table: Table, row: Row, *, listed: bool) -> Record:
        hit = Hit(
            id=row.id,
            kind="row",
            document=self.reference,
            table=TableRef(id=table.id, kind=table.kind, title=table.title, unit=table.unit),
            section=table.section,
            label=row.label,
            label_verbatim=row.label_verbatim,
            path=row.path,
            code=row.code,
            code_kind=row.code_kind,
            quote=row.quote,
            cells=tuple(HitCell(**cell.model_dump()) for cell in row.cells),
            locator=row.locator,
            yuan=_principal(row),
        )
        return self._record(
            id=row.id,
            kind="row",
            label=row.label,
            context="\n".join((*row.path, table.title)),
            body="\n".join(cell.text for cell in row.cells if cell.text and cell.value is None),
            table=table.kind,
            code=row.code,
            figures=tuple(_row_figures(row)),
            listed=listed,
            payload=hit.model_dump_json(),
        )

    def passage(self, passage: Passage) -> Record:
        hit = self._passage_hit(passage)
        return self._record(
            id=passage.id,
            kind="passage",
            context="\n".join(passage.section),
            body=passage.text,
            definition=passage.part == "definition",
            payload=hit.model_dump_json(),
        )

    def statement(self, passage: Passage, statement: Statement) -> Record:
        hit = self._passage_hit(passage).model_copy(
            update={
                "id": statement.id,
                "label": statement.subject,
                "label_verbatim": statement.subject,
                "quote": statement.quote,
                "locator": statement.locator,
                "yuan": statement.yuan,
                "cells": (
                    HitCell(
                        column=(),
                        text=f"{statement.value:f}{statement.unit}",
                        value=statement.value,
                        unit=statement.unit,
                        yuan=statement.yuan,
                        state="zero" if statement.value == 0 else "value",
                        principal=True,
                        locator=statement.figure,
                    ),
                ),
            }
        )
        factor = Decimal(1) if statement.kind == "rate" else unit_kind(statement.unit)[1]
        figure = IndexedFigure(
            base=statement.value * factor,
            kind=statement.kind,
            unit=statement.unit if statement.kind in {"count", "rate"} else "",
            role=statement.role,
            direction=statement.direction,
        )
        return self._record(
            id=statement.id,
            kind="statement",
            label=statement.subject,
            body=statement.text,
            year=statement.year or self.disclosure.year,
            figures=(figure,),
            definition=passage.part == "definition",
            listed=statement.year is not None and statement.year != self.disclosure.year,
            payload=hit.model_dump_json(),
        )

    def project(self, project: Project, row: Row | None, table: Table | None) -> Record:
        hit = Hit(
            id=project.id,
            kind="project",
            document=self.reference,
            table=table
            and TableRef(id=table.id, kind=table.kind, title=table.title, unit=table.unit),
            section=table.section if table else (),
            label=project.name,
            label_verbatim=row.label_verbatim if row else project.name,
            path=row.path if row else (),
            quote=project.quote,
            cells=tuple(HitCell(**cell.model_dump()) for cell in row.cells) if row else (),
            locator=project.locator,
            yuan=project.yuan,
        )
        figures = tuple(_row_figures(row)) if row else ()
        if not figures and project.yuan is not None:
            figures = (IndexedFigure(project.yuan, "money"),)
        names = (project.form_name or "", project.overview)
        return self._record(
            id=project.id,
            kind="project",
            label=project.name,
            context=table.title if table else "",
            body="\n".join((*names, *(field.value for field in project.fields))),
            table=table.kind if table else "项目支出绩效表",
            figures=figures,
            payload=hit.model_dump_json(),
        )

    def _passage_hit(self, passage: Passage) -> Hit:
        label = passage.section[-1] if passage.section else ""
        return Hit(
            id=passage.id,
            kind="passage",
            document=self.reference,
            section=passage.section,
            label=label,
            label_verbatim=label,
            quote=passage.quote,
            locator=passage.locator,
        )

    def _record(
        self,
        *,
        id: str,
        kind: RecordKind,
        payload: str,
        label: str = "",
        context: str = "",
        body: str = "",
        year: int | None = None,
        table: str | None = None,
        code: str | None = None,
        figures: tuple[IndexedFigure, ...] = (),
        definition: bool = False,
        listed: bool = True,
    ) -> Record:
        return Record(
            id=id,
            kind=kind,
            label=normalise(label),
            context=normalise(context),
            body=normalise(body),
            department=self.disclosure.department,
            year=year or self.disclosure.year,
            report=self.disclosure.report,
            table=table,
            code=code,
            figures=figures,
            definition=definition,
            listed=listed,
            payload=payload,
        )


def _principal(row: Row) -> Decimal | None:
    return next((cell.yuan for cell in row.cells if cell.principal and cell.yuan is not None), None)


def _row_figures(row: Row) -> Iterator[IndexedFigure]:
    for cell in row.cells:
        if cell.value is None:
            continue
        column = column_name(cell.column)
        if cell.yuan is not None:
            yield IndexedFigure(cell.yuan, "money", "", column, cell.principal)
        elif cell.unit is not None:
            kind, factor = unit_kind(cell.unit)
            unit = cell.unit if kind == "count" else ""
            yield IndexedFigure(cell.value * factor, kind, unit, column, cell.principal)
