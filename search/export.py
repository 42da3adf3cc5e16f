"""Exports records as data: the same fields as a hit in JSON, one figure a line in tables."""

import codecs
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import IO, Any, Final, Literal, get_args

from search.budget import deadline, left, spent
from search.cells import cell_text, cell_value
from search.engines.base import Bound
from search.errors import SearchError, TimeOverError
from search.hits import DocumentInfo, HitMaker
from search.index import Index
from search.model import Cell, Disclosure, Passage, Project, Statement
from search.records import RecordKind
from search.results import Hit
from search.service import answered

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
    ("level", "级别"), ("organisation", "机构"), ("region", "地区"), ("genre", "体裁"),
    ("source", "来源文件"), ("sha256", "SHA-256"), ("url", "网址"), ("retrieved", "取得日期"),
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
    "documents": tuple((name, name) for name in (*DocumentInfo.model_fields, "region")),
}  # fmt: skip


_Data = Callable[[], dict[str, Any]]
_Lines = Callable[[], Iterable[dict[str, Any]]]
_Exported = tuple[_Data, _Lines]
"""A record as JSON data and as the lines of a table; only what is written is made."""


def export(
    index: Index,
    kind: Kind,
    form: Format,
    target: IO[bytes],
    query: str | None = None,
    *,
    seconds: float | None = None,
) -> int:
    """Write all records of a kind, or those that answer a query, and return how many.

    Raises `TimeOverError` where that takes longer than `seconds`: a part would pass for the whole.
    Rows and passages come in source order, documents by department and year. JSON Lines holds
    a record a line; CSV (UTF-8 with byte-order mark) and XLSX a figure a line.
    """
    count = 0
    until = deadline(seconds)

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for data, lines in _records(index, kind, query, until):
            if spent(until):
                raise TimeOverError(
                    "没有在限定的时间内写完；请缩小范围，或用命令 gongkai export 导出"
                )
            count += 1
            yield from [data()] if form == "jsonl" else lines()

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
    index: Index, kind: Kind, query: str | None, until: float | None
) -> Iterator[_Exported]:
    bound = _asked(index, kind, query, until)
    if kind == "rows" and bound is not None:
        for hit in index.reader.hits(bound):
            yield _row(hit)
        return
    wanted = None if bound is None else _matching(index, kind, bound)
    holding = None if wanted is None else {record.partition("-")[0] for record in wanted}
    for info in index.reader.documents():
        if holding is not None and info.id not in holding:
            continue
        if kind == "documents":
            data = info.model_dump(mode="json")
            yield partial(dict, data), partial(list, [_document_line(info, data)])
            continue
        if not getattr(info, kind):
            continue
        disclosure = index.store.disclosure(info.id)
        if disclosure is None:
            raise SearchError(f"存储的文件缺失：{info.id}（{info.sources[0]}）")
        yield from _of(disclosure, kind, wanted)


def _document_line(info: DocumentInfo, data: dict[str, Any]) -> dict[str, Any]:
    """Return a document as a line of a table: its organisation by name and region."""
    of = info.organisation
    region = " / ".join(of.region) if of else None
    return {**data, "organisation": of and of.name, "region": region}


def _asked(index: Index, kind: Kind, query: str | None, until: float | None) -> Bound | None:
    """Return what a query asks for of a kind, None where there is no query."""
    if query is None or not query.strip():
        return None
    bound = answered(index.reader, query, seconds=left(until)).bound
    return replace(bound, kinds=RECORDS.get(kind))


def _matching(index: Index, kind: Kind, bound: Bound) -> set[str]:
    """Return the ids of the records that match a query, of their documents for documents."""
    found = index.reader.records(bound)
    return {record.partition("-")[0] for record in found} if kind == "documents" else set(found)


def _of(disclosure: Disclosure, kind: Kind, wanted: set[str] | None) -> Iterator[_Exported]:
    make = HitMaker(disclosure)
    if kind == "rows":
        for _, _, hit in make.rows():
            yield _row(hit)
    elif kind == "passages":
        for passage, hit in make.passages(wanted):
            yield partial(_passage_data, hit, passage), partial(_passage_lines, hit, passage)
    else:
        for project, _, _, hit in make.projects():
            if wanted is None or hit.id in wanted:
                yield partial(_project_data, hit, project), partial(_project_lines, hit, project)


def _row(hit: Hit) -> _Exported:
    return partial(_data, hit), partial(_row_lines, hit)


def _data(hit: Hit) -> dict[str, Any]:
    return hit.model_dump(mode="json", include=set(Hit.model_fields))


def _passage_data(hit: Hit, passage: Passage) -> dict[str, Any]:
    return _data(hit) | {"statements": [s.model_dump(mode="json") for s in passage.statements]}


def _project_data(hit: Hit, project: Project) -> dict[str, Any]:
    return _data(hit) | {"project": project.model_dump(mode="json")}


def _common(hit: Hit) -> dict[str, Any]:
    """Return what the lines of a record have in common: its document and its place."""
    at, data, of = hit.locator, hit.document.model_dump(mode="json"), hit.document.organisation
    return {
        **data, "document": data["id"], "organisation": of and of.name,
        "region": " / ".join(of.region) if of else None,
        "page": at.page, "line": at.line_start, "char_start": at.char_start,
        "char_end": at.char_end, "quote": hit.quote,
    }  # fmt: skip


def _row_lines(hit: Hit) -> Iterator[dict[str, Any]]:
    table, common = hit.table, _common(hit)
    for cell in hit.cells:
        yield {
            **common, "id": hit.id, "path": " / ".join(hit.path), "label": hit.label,
            "code": hit.code, "table": table and table.kind, "title": table and table.title,
            **_figure(cell),
        }  # fmt: skip


def _figure(cell: Cell) -> dict[str, Any]:
    return {
        "column": " / ".join(cell.column), "text": cell.text, "value": cell.value,
        "unit": cell.unit, "yuan": cell.yuan, "state": cell.state.value,
    }  # fmt: skip


def _passage_lines(hit: Hit, passage: Passage) -> Iterator[dict[str, Any]]:
    common = _common(hit)
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


def _project_lines(hit: Hit, project: Project) -> Iterator[dict[str, Any]]:
    yield {
        **_common(hit), "id": hit.id, "name": project.name, "yuan": project.yuan,
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
