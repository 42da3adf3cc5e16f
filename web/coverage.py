"""The page of what an index holds, lacks and could not read; its JSON."""

from typing import Final

from flask import Blueprint, render_template, request

from search.coverage import Coverage, coverage
from web import current
from web.endpoints import PREFIX, Parameter, endpoint
from web.requests import ParameterError, SearchRequest

LONGEST: Final = 200
"""Characters of a department's name."""

blueprint = Blueprint("coverage", __name__)
api = Blueprint("coverage_api", __name__, url_prefix=PREFIX)


@endpoint(
    api,
    "/coverage",
    Coverage,
    Parameter("department", "部门，可用简称", {"type": "string"}),
    Parameter("missing", "写 1 则只要有缺的部门", {"enum": ["1"]}),
    Parameter("page", "第几页，从 1 起", {"type": "integer", "minimum": 1, "default": 1}),
)
def covered() -> Coverage:
    """收录：各部门各年度收录了哪些文件，缺哪些，哪些没有能读取。"""
    return _found()


@blueprint.get("/coverage")
def page() -> str:
    """Show departments by years: indexed, with empty tables, with warnings, missing."""
    found = _found()
    return render_template(
        "coverage.html",
        asked=SearchRequest(q=""),
        found=found,
        years=sorted({year.year for one in found.departments for year in one.years}),
        department=_department(),
        missing=_only_missing(),
    )


def _found() -> Coverage:
    return coverage(
        current.index(),
        department=_department(),
        only_missing=_only_missing(),
        page=SearchRequest.read(request.args).page,
        seconds=current.seconds(),
    )


def _only_missing() -> bool:
    given = request.args.get("missing", "").strip()
    if given not in {"", "1"}:
        raise ParameterError("参数 missing 只能是 1")
    return given == "1"


def _department() -> str:
    return request.args.get("department", "").strip()[:LONGEST]
