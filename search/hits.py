"""Makes the hit of each part of a disclosure: what a search shows and an export writes."""

from collections.abc import Iterator, Set
from typing import Any, Final

from pydantic import Field

from search.checks import CheckMarks, Marked
from search.fates import NOT_READ, Fate, Unread
from search.model import (
    Cell,
    CellState,
    Disclosure,
    Frozen,
    Genre,
    Level,
    Passage,
    Project,
    Report,
    Row,
    Statement,
    Table,
)
from search.organisations.model import Organisation
from search.principal import own_cell
from search.results import DocumentRef, Hit, TableRef

LISTS: Final = frozenset({"政府购买服务目录", "整体绩效表"})
"""Kinds of tables whose rows say something without a figure."""


class DocumentInfo(Frozen):
    """A document as listed: its metadata and counts, without its content.

    `kinds` are the kinds of its tables, `empty` those of which it says 本表无数据 and nothing else.
    """

    id: str
    sha256: str
    department: str
    departments: tuple[str, ...] = ()
    department_variants: tuple[str, ...]
    department_code: str | None
    organisation: Organisation | None = None
    parent: str | None
    year: int | None
    report: Report | None
    level: Level | None
    genre: Genre = "disclosure"
    title: str
    sources: tuple[str, ...]
    url: str | None = None
    retrieved: str | None = None
    media_type: str
    lines: int
    pages: int | None
    confidence: float
    superseded_by: str | None
    vanished: bool = False
    unread: tuple[int, ...]
    kinds: tuple[str, ...]
    empty: tuple[str, ...]
    tables: int
    rows: int
    passages: int
    statements: int
    projects: int
    warnings: tuple[str, ...]
    fates: dict[Fate, int] = Field(default_factory=dict)
    """What became of the numbers that it prints: how many have which fate."""


def document_info(of: Disclosure) -> DocumentInfo:
    """Return the listing of a disclosure."""
    same = {"tables", "passages", "projects", "warnings"}
    filled = {table.kind for table in of.tables if not table.no_data}
    kinds = tuple(dict.fromkeys(table.kind for table in of.tables))
    copied = (DocumentInfo.model_fields.keys() & Disclosure.model_fields.keys()) - same
    return DocumentInfo(
        **{name: getattr(of, name) for name in copied},
        kinds=kinds,
        empty=tuple(kind for kind in kinds if kind not in filled),
        tables=len(of.tables),
        rows=sum(_says_something(table, row) for table in of.tables for row in table.rows),
        passages=sum(passage.part != "apparatus" for passage in of.passages),
        statements=sum(len(passage.statements) for passage in of.passages),
        projects=len(of.projects),
        warnings=tuple(map(str, of.warnings)),
        fates=of.ledger.fates,
    )


class HitMaker:
    """Makes the hits of one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.reference = DocumentRef(
            id=disclosure.id,
            department=disclosure.department,
            organisation=disclosure.organisation,
            year=disclosure.year,
            report=disclosure.report,
            level=disclosure.level,
            genre=disclosure.genre,
            title=disclosure.title,
            source=disclosure.sources[0],
            sha256=disclosure.sha256,
            url=disclosure.url,
            retrieved=disclosure.retrieved,
        )
        self.marks = CheckMarks(disclosure)

    def passages(self, wanted: Set[str] | None = None) -> Iterator[tuple[Passage, Hit]]:
        """Yield the passages that say something, in source order, with their hits.

        With `wanted`, only those of these ids, or with a statement of these.
        """
        for passage in self.disclosure.passages:
            if passage.part != "apparatus" and (wanted is None or wanted & _ids(passage)):
                yield passage, self.passage(passage)

    def asides(self) -> Iterator[tuple[Table | None, Passage, Hit]]:
        """Yield what is printed aside, with its table if it stands above or below one."""
        for passage in self.disclosure.passages:
            if passage.part == "apparatus":
                yield None, passage, self.passage(passage)
        for table in self.disclosure.tables:
            for remark in table.remarks:
                yield table, remark, self.remark(table, remark)

    def unread(self) -> Iterator[tuple[Unread, Hit]]:
        """Yield the figures that are printed and were not read, with their hits."""
        tables = {table.id: table for table in self.disclosure.tables}
        for figure in self.disclosure.ledger.unread:
            table = tables.get(figure.table_id or "")
            hit = Hit(
                id=figure.id,
                kind="passage",
                document=self._document(table),
                table=_table(table) if table else None,
                section=table.section if table else (),
                label=NOT_READ,
                label_verbatim=NOT_READ,
                quote=figure.quote,
                locator=figure.locator,
            )
            yield figure, hit

    def rows(self) -> Iterator[tuple[Table, Row, Hit]]:
        """Yield the rows that say something, in source order, with their hits.

        Without a figure only those of a list do.
        """
        for table in self.disclosure.tables:
            for row in table.rows:
                if _says_something(table, row):
                    yield table, row, self.row(table, row)

    def blanks(self) -> Iterator[tuple[Table, Row, Hit]]:
        """Yield the rows of tables of figures that print none, in source order, with their hits."""
        for table in self.disclosure.tables:
            for row in table.rows:
                if not (row.subtotal or _says_something(table, row)):
                    yield table, row, self.row(table, row)

    def projects(self) -> Iterator[tuple[Project, Table | None, Row | None, Hit]]:
        """Yield the projects with the table and row (or form) that name them, and their hits."""
        rows = {row.id: (table, row) for table in self.disclosure.tables for row in table.rows}
        tables = {table.id: table for table in self.disclosure.tables}
        for project in self.disclosure.projects:
            form = tables.get(project.form_id or "")
            table, row = rows.get(project.row_id or "", (form, None))
            yield project, table, row, self.project(project, table, row)

    def row(self, table: Table, row: Row) -> Hit:
        """Return the hit of a row."""
        marked = self.marks.record(row.id, row.cells)
        own = own_cell(row.cells, self.disclosure.report)
        return Hit(
            id=row.id,
            kind="row",
            document=self._document(table),
            table=_table(table),
            section=table.section,
            label=row.label,
            label_verbatim=row.label_verbatim,
            path=row.path,
            code=row.code,
            code_kind=row.code_kind,
            quote=row.quote,
            locator=row.locator,
            yuan=own.yuan if own else None,
            **_told(marked),
        )

    def passage(self, passage: Passage) -> Hit:
        """Return the hit of a passage as a whole, checked by what its statements say."""
        said = [statement.id for statement in passage.statements]
        marked = self.marks.passage(said)
        return self._passage(passage).model_copy(update=_told(marked))

    def remark(self, table: Table, remark: Passage) -> Hit:
        """Return the hit of a line above a table or of a note below it."""
        label = table.title or table.kind
        update = {
            "document": self._document(table),
            "table": _table(table),
            "label": label,
            "label_verbatim": label,
        }
        return self._passage(remark).model_copy(update=update)

    def _document(self, table: Table | None) -> DocumentRef:
        """Return the document as a table stands in it: of a compilation, under its department."""
        if table is None or table.department is None:
            return self.reference
        return self.reference.model_copy(update={"department": table.department})

    def _passage(self, passage: Passage) -> Hit:
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

    def statement(self, passage: Passage, statement: Statement) -> Hit:
        """Return the hit of one statement; its one cell is the figure with its place."""
        figure = Cell(
            column=(),
            text=f"{statement.value:f}{statement.unit}",
            value=statement.value,
            unit=statement.unit,
            yuan=statement.yuan,
            state=CellState.ZERO if statement.value == 0 else CellState.VALUE,
            principal=True,
            locator=statement.figure,
        )
        marked = self.marks.record(statement.id, (figure,))
        return self._passage(passage).model_copy(
            update={
                "id": statement.id,
                "label": statement.subject,
                "label_verbatim": statement.subject,
                "quote": statement.quote,
                "locator": statement.locator,
                "yuan": statement.yuan,
                **_told(marked),
            }
        )

    def project(self, project: Project, table: Table | None, row: Row | None) -> Hit:
        """Return the hit of a project, with the cells of its row, else the funds of its form."""
        shown = (row.id, row.cells) if row else (project.id, project.funds)
        marked = self.marks.record(*shown)
        return Hit(
            id=project.id,
            kind="project",
            document=self._document(table),
            table=_table(table) if table else None,
            section=table.section if table else (),
            label=project.name,
            label_verbatim=row.label_verbatim if row else project.name,
            path=row.path if row else (),
            quote=project.quote,
            locator=project.locator,
            yuan=project.yuan,
            **_told(marked),
        )


def _ids(passage: Passage) -> set[str]:
    return {passage.id, *(statement.id for statement in passage.statements)}


def _says_something(table: Table, row: Row) -> bool:
    return row.has_value or table.kind in LISTS


def _told(marked: Marked) -> dict[str, Any]:
    """Return what the checks say of a record, as the fields of a hit."""
    return {
        "cells": marked.cells,
        "outcome": marked.outcome,
        "agrees": marked.agrees,
        "checks": marked.failed,
    }


def _table(table: Table) -> TableRef:
    return TableRef(id=table.id, kind=table.kind, title=table.title, unit=table.unit)
