"""Exports records as data: the same fields as a hit in JSON, one figure a line in tables."""

import codecs
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import IO, Any, Final, Literal, get_args

from search.cells import cell_text, cell_value
from search.engines.base import Bound
from search.errors import SearchError
from search.hits import DocumentInfo, HitMaker
from search.index import Index
from search.model import Cell, Disclosure, Passage, Project, Row, Statement
from search.records import RecordKind
from search.results import DocumentRef, Hit
from search.service import understand

Kind = Literal["rows", "passages", "projects", "documents"]
Format = Literal["jsonl", "csv", "xlsx"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

RECORDS: Final[dict[Kind, frozenset[RecordKind]]] = {
    "rows": frozenset({"row"}),
    "passages": frozenset({"passage", "statement"}),
    "projects": frozenset({"project"}),
}
"""The records of the engine that each kind is made of."""
_DOCUMENT: Final = (
    ("document", "文件编号"), ("department", "部门"), ("year", "年度"), ("report", "类型"),
    ("level", "级别"), ("source", "来源文件"), ("sha256", "SHA-256"),
)  # fmt: skip
_PLACE: Final = (
    ("page", "页"), ("line", "行"), ("char_start", "起"), ("char_end", "止"), ("quote", "原文"),
)  # fmt: skip
_FIGURE: Final = (
    ("column", "列"), ("text", "原值"), ("value", "数值"), ("unit", "单位"), ("yuan", "元"),
    ("state", "状态"),
)  # fmt: skip
_COLUMNS: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    "rows": (
        *_DOCUMENT, ("table", "表"), ("title", "表名"), ("id", "编号"), ("path", "上级"),
        ("label", "名称"), ("code", "科目编码"), *_FIGURE, *_PLACE,
    ),
    "passages": (
        *_DOCUMENT, ("section", "章节"), ("id", "编号"), ("subject", "主语"), ("value", "数值"),
        ("unit", "单位"), ("yuan", "元"), ("figure_year", "所指年度"), ("role", "性质"),
        ("direction", "增减"), *_PLACE,
    ),
    "projects": (
        *_DOCUMENT, ("id", "编号"), ("name", "项目"), ("yuan", "元"), ("amount", "原值"),
        ("form_name", "绩效表所列名称"), ("overview", "项目概况"), *_PLACE,
    ),
    "documents": tuple(
        (name, name) for name in DocumentInfo.model_fields
    ),
}  # fmt: skip


def export(
    index: Index, kind: Kind, form: Format, target: IO[bytes], query: str | None = None
) -> int:
    """Write all records of a kind, or those that match a query, and return how many.

    Rows and passages come in source order, documents by department and year. JSON Lines holds
    a record a line; CSV (UTF-8 with byte-order mark) and XLSX a figure a line.
    """
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for record, lines in _records(index, kind, query):
            count += 1
            yield from [record] if form == "jsonl" else lines

    _WRITERS[form](counted(), [name for name, _ in _COLUMNS[kind]], list(heads(kind)), target)
    return count


def write_table(
    form: Format,
    lines: Iterable[dict[str, Any]],
    columns: Iterable[tuple[str, str]],
    target: IO[bytes],
) -> None:
    """Write lines as a table; `columns` are the names of their values with the heads."""
    names, named = zip(*columns, strict=True)
    _WRITERS[form](lines, list(names), list(named), target)


def heads(kind: Kind) -> tuple[str, ...]:
    """Return the heads of a kind's table."""
    return tuple(head for _, head in _COLUMNS[kind])


def _records(
    index: Index, kind: Kind, query: str | None
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each record as JSON data and as the lines of a table."""
    wanted = _matching(index, kind, query)
    holding = None if wanted is None else {record.partition("-")[0] for record in wanted}
    for info in index.reader.documents():
        if holding is not None and info.id not in holding:
            continue
        if kind == "documents":
            data = info.model_dump(mode="json")
            yield data, [data]
            continue
        disclosure = index.store.disclosure(info.id)
        if disclosure is None:
            raise SearchError(f"存储的文件缺失：{info.id}（{info.sources[0]}）")
        yield from _of(disclosure, kind, wanted)


def _matching(index: Index, kind: Kind, query: str | None) -> set[str] | None:
    """Return the ids of the records that match a query, of their documents for documents."""
    if query is None or not query.strip():
        return None
    bound: Bound = understand(index.reader, query).bound
    found = index.reader.records(replace(bound, kinds=RECORDS.get(kind)))
    return {record.partition("-")[0] for record in found} if kind == "documents" else set(found)


def _of(
    disclosure: Disclosure, kind: Kind, wanted: set[str] | None
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    make = HitMaker(disclosure)
    common = _common(make.reference)
    if kind == "rows":
        for _, row, hit in make.rows():
            if wanted is None or hit.id in wanted:
                lines = list(_row_lines(hit, row, common | _place(hit)))
                yield hit.model_dump(mode="json"), lines
    elif kind == "passages":
        for passage, hit in make.passages():
            ids = {hit.id, *(statement.id for statement in passage.statements)}
            if wanted is None or ids & wanted:
                statements = [s.model_dump(mode="json") for s in passage.statements]
                lines = list(_passage_lines(hit, passage, common | _place(hit)))
                yield hit.model_dump(mode="json") | {"statements": statements}, lines
    else:
        for project, _, _, hit in make.projects():
            if wanted is None or hit.id in wanted:
                data = hit.model_dump(mode="json") | {"project": project.model_dump(mode="json")}
                yield data, [_project_line(hit, project, common | _place(hit))]


def _common(document: DocumentRef) -> dict[str, Any]:
    data = document.model_dump(mode="json")
    return {**data, "document": data["id"]}


def _place(hit: Hit) -> dict[str, Any]:
    at = hit.locator
    return {
        "page": at.page, "line": at.line_start, "char_start": at.char_start,
        "char_end": at.char_end, "quote": hit.quote,
    }  # fmt: skip


def _row_lines(hit: Hit, row: Row, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    table = hit.table
    for cell in row.cells:
        yield {
            **common, "id": hit.id, "path": " / ".join(row.path), "label": row.label,
            "code": row.code, "table": table and table.kind, "title": table and table.title,
            **_figure(cell),
        }  # fmt: skip


def _figure(cell: Cell) -> dict[str, Any]:
    return {
        "column": " / ".join(cell.column), "text": cell.text, "value": cell.value,
        "unit": cell.unit, "yuan": cell.yuan, "state": cell.state.value,
    }  # fmt: skip


def _passage_lines(hit: Hit, passage: Passage, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    section = {"section": " / ".join(passage.section)}
    if not passage.statements:
        yield {**common, **section, "id": hit.id}
    for statement in passage.statements:
        yield {**common, **section, **_statement(statement)}


def _statement(statement: Statement) -> dict[str, Any]:
    at = statement.locator
    return {
        "id": statement.id, "subject": statement.subject, "value": statement.value,
        "unit": statement.unit, "yuan": statement.yuan, "figure_year": statement.year,
        "role": statement.role.value, "direction": statement.direction, "quote": statement.quote,
        "page": at.page, "line": at.line_start, "char_start": at.char_start,
        "char_end": at.char_end,
    }  # fmt: skip


def _project_line(hit: Hit, project: Project, common: dict[str, Any]) -> dict[str, Any]:
    return {
        **common, "id": hit.id, "name": project.name, "yuan": project.yuan,
        "amount": project.amount_text, "form_name": project.form_name,
        "overview": project.overview,
    }  # fmt: skip


def _jsonl(
    lines: Iterable[dict[str, Any]], names: list[str], heads: list[str], target: IO[bytes]
) -> None:
    for line in lines:
        target.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _csv(
    lines: Iterable[dict[str, Any]], names: list[str], heads: list[str], target: IO[bytes]
) -> None:
    writer = csv.writer(codecs.getwriter("utf-8-sig")(target))
    writer.writerow(heads)
    for line in lines:
        writer.writerow([cell_text(line.get(name)) for name in names])


def _xlsx(
    lines: Iterable[dict[str, Any]], names: list[str], heads: list[str], target: IO[bytes]
) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - readers are loaded with it

    book = Workbook(write_only=True)
    sheet = book.create_sheet("gongkai")
    with closing(sheet):
        sheet.append(heads)
        for line in lines:
            sheet.append([cell_value(line.get(name)) for name in names])
    buffer = BytesIO()
    book.save(buffer)
    target.write(buffer.getvalue())


_WRITERS: Final[
    dict[Format, Callable[[Iterable[dict[str, Any]], list[str], list[str], IO[bytes]], None]]
] = {"jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}
