"""The page that compares one indicator over departments and years, its export and its JSON."""

import re
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any, Final, get_args

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from search.budget import deadline
from search.compare import choices, export
from search.compare.indicator import column_name
from search.compare.model import ABSENCES, ComparedLevel, ComparedRow, Comparison
from search.compare.selection import LEVELS, MAX_DEPARTMENTS, REPORTS, Wanted
from search.compare.service import compare
from search.errors import TimeOverError
from search.export import FORMATS
from search.listing import current as listed
from search.results import Hit
from web import current
from web.chart import chart, decimals, written
from web.endpoints import PREFIX, Parameter, endpoint
from web.exporting import MEDIA_TYPES
from web.requests import ParameterError, SearchRequest, few

LONGEST: Final = 200
"""Characters of a parameter; no name of an item or department is longer."""
OFFERED: Final = 200
"""Departments that the form lists; others are added by name."""

_APART = re.compile(r"[、，,;；\n\r]+")
_TEXT: Final = {"type": "string", "maxLength": LONGEST}
_PARAMETERS: Final = (
    Parameter("table", "表的种类，如 三公经费表、支出总表", _TEXT, "三公经费表"),
    Parameter("item", "表中的一项：名称、科目编码，或两者以空格隔开", _TEXT, "公务接待费"),
    Parameter("column", "列，如 基本支出；默认主栏（合计、金额、决算数等）", _TEXT),
    Parameter("department", "部门，可写多次，可用简称", _TEXT, repeated=True),
    Parameter(
        "year",
        "年度，可写多次",
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        repeated=True,
    ),
    Parameter("level", "级别；部门与单位从不混在一起", {"enum": list(LEVELS)}),
    Parameter("report", "只要预算或只要决算", {"enum": list(REPORTS)}),
)

blueprint = Blueprint("compare", __name__)
api = Blueprint("compare_api", __name__, url_prefix=PREFIX)


@endpoint(api, "/compare", Comparison, *_PARAMETERS)
def comparison() -> Comparison:
    """比较：一项指标在各部门、各年度的预算数和决算数，每个数字带出处。"""
    return compare(current.index(), wanted(request.args), seconds=current.seconds())


@blueprint.get("/compare")
def page() -> str:
    """Show a comparison as table and chart, with the form that changes it."""
    asked = wanted(request.args)
    found = compare(current.index(), asked, seconds=current.seconds())
    reader = current.index().reader
    rows = choices.rows_of(
        reader, found.indicator.table, found.departments, found.years, limit=choices.SEEN,
        until=deadline(current.seconds()),
    )  # fmt: skip
    infos = listed(reader)
    offered = dict.fromkeys(
        (*found.departments, *(d.department for d in infos if found.indicator.table in d.kinds))
    )
    return render_template(
        "compare.html",
        asked=SearchRequest(q=""),
        found=found,
        groups=[(name, tuple(of)) for name, of in groupby(found.rows, _department)],
        chart=chart(found),
        address=_address(found, asked),
        decimals=decimals(found),
        item=" ".join(filter(None, (found.indicator.code, found.indicator.label))),
        tables=choices.tables(reader),
        labels=choices.labels(rows)[:OFFERED],
        columns=choices.columns(rows),
        levels=[level for level in LEVELS if any((d.level or "不明") == level for d in infos)],
        departments=list(offered)[:OFFERED],
        department_count=len(offered),
        years=sorted({d.year for d in infos if d.year is not None}),
        most=MAX_DEPARTMENTS,
        absences=ABSENCES,
        open=not request.args,
    )


@blueprint.get("/compare.<form>")
def table(form: str) -> Response:
    """Send a comparison as a table with the provenance of every figure."""
    kind = next((known for known in FORMATS if known == form), None)
    if kind is None:
        abort(404)
    found = compare(current.index(), wanted(request.args), seconds=current.seconds())
    if not found.exact:
        raise TimeOverError("没有在限定的时间内查完，不给出不全的表。请少选些部门或年度。")
    buffer = BytesIO()
    export.export(found, kind, buffer)
    response = Response(buffer.getvalue(), content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="gongkai-compare.{kind}"'
    return response


@blueprint.app_template_global("compare_address")
def of_hit(hit: Hit) -> str | None:
    """Return the address that compares a row's item over years, None for what is no row."""
    if hit.kind != "row" or hit.table is None or not any(c.value is not None for c in hit.cells):
        return None
    if len(hit.label) > LONGEST:
        return None
    code = hit.code if hit.code_kind != "unit" else None
    matched = next((cell for cell in hit.cells if cell.matched and not cell.principal), None)
    return url_for(
        "compare.page",
        table=hit.table.kind,
        item=f"{code} {hit.label}" if code else hit.label,
        column=column_name(matched.column) if matched else None,
        department=hit.document.department,
        level=hit.document.level,
    )


@blueprint.app_template_filter("aligned")
def aligned(number: Decimal, decimals: int) -> str:
    """Return a number with spaces as wide as the decimals that it has less than others."""
    text = written(number)
    own = len(text.partition(".")[2])
    point = "\u2008" if decimals and not own else ""
    return text + point + "\u2007" * (decimals - own)


def wanted(parameters: MultiDict[str, str]) -> Wanted:
    """Return what URL parameters ask to compare; raise `ParameterError` for what none has."""
    departments = [
        name.strip()
        for key in ("department", "add")
        for given in parameters.getlist(key)
        for name in (_APART.split(given) if key == "add" else [given])
        if name.strip()
    ]
    level = _one_of(parameters, "level", get_args(ComparedLevel))
    report = _one_of(parameters, "report", REPORTS)
    return Wanted(
        table=_text(parameters, "table"),
        item=_text(parameters, "item"),
        column=_text(parameters, "column"),
        departments=tuple(dict.fromkeys(name[:LONGEST] for name in few("department", departments))),
        years=tuple(
            _year(year) for year in few("year", parameters.getlist("year")) if year.strip()
        ),
        level=next((known for known in LEVELS if known == level), None),
        reports=REPORTS if not report else tuple(r for r in REPORTS if r == report),
    )


def _text(parameters: Mapping[str, str], name: str) -> str:
    return parameters.get(name, "").strip()[:LONGEST]


def _one_of(parameters: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = parameters.get(name, "").strip()
    if value and value not in known:
        raise ParameterError(f"参数 {name} 只能是 {'、'.join(known)}")
    return value


def _year(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ParameterError("参数 year 应是四位年份")
    return int(text)


def _department(row: ComparedRow) -> str:
    return row.department


def _address(found: Comparison, asked: Wanted) -> dict[str, Any]:
    """Return the URL parameters of what is compared, so that a link means the same tomorrow."""
    item = found.indicator
    return {
        "table": item.table,
        "item": " ".join(filter(None, (item.code, item.label))),
        "column": item.column or None,
        "department": list(found.departments),
        "year": list(asked.years) or None,
        "level": found.level,
        "report": found.reports[0] if len(found.reports) == 1 else None,
    }
