"""The pages of projects: a list to look through, and each with both of its sources; their JSON."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, get_args

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from search.amounts import YUAN
from search.engines.base import Sort
from search.model import Cell
from search.projects import ProjectDetail, ProjectList, WantedProjects, project, projects
from web import current
from web.chart import written
from web.endpoints import PREFIX, Parameter, endpoint
from web.heads import HeadCell, of_paths
from web.requests import MAX_PAGE, ParameterError, SearchRequest, few

LONGEST: Final = 200
"""Characters of a department's name or an amount."""
SORTS: Final = (("", "相关"), ("amount", "金额从高到低"), ("amount_ascending", "金额从低到高"),
                ("year", "年度"))  # fmt: skip
FIELDS: Final = {"department": ("部门", "department"), "year": ("年度", "from", "to"),
                 "amount": ("金额", "min", "max")}  # fmt: skip
"""The fields beside the query: what they are called, and their parameters."""

_NUMBER: Final = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}
_TEXT: Final = {"type": "string", "maxLength": LONGEST}
_YEAR: Final = {"type": "integer", "minimum": 1, "maximum": 9999}

blueprint = Blueprint("projects", __name__)
api = Blueprint("projects_api", __name__, url_prefix=PREFIX)


@endpoint(
    api,
    "/projects",
    ProjectList,
    Parameter("q", "查询，写法同检索", _TEXT, "人才"),
    Parameter("department", "部门，可写多次，可用简称", _TEXT, repeated=True),
    Parameter("from", "年度从", _YEAR),
    Parameter("to", "年度到", _YEAR),
    Parameter("min", "金额不少于，万元", _NUMBER),
    Parameter("max", "金额不多于，万元", _NUMBER),
    Parameter("sort", "次序", {"enum": list(get_args(Sort))}),
    Parameter(
        "page",
        "第几页，从 1 起",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1},
    ),
)
def listing() -> ProjectList:
    """项目：一页项目，各有金额、资金来源、期限、概况、指标和出处。"""
    return projects(current.index(), wanted(request.args), seconds=current.seconds())


@endpoint(api, "/projects/<record>", ProjectDetail, Parameter("record", "项目的编号", _TEXT))
def detail(record: str) -> ProjectDetail:
    """一个项目，和名称相同、相近的其他项目。"""
    return _found(record)


@blueprint.get("/projects")
def page() -> str:
    """Show a page of projects with the form that narrows them."""
    asked, address = wanted(request.args), _address(request.args)
    return render_template(
        "projects.html",
        asked=SearchRequest(q=""),
        given=request.args,
        wanted=asked,
        found=projects(current.index(), asked, seconds=current.seconds()),
        address=address,
        without=lambda field: url_for("projects.page", **_without(address, field)),
        fields=FIELDS,
        sorts=SORTS,
    )


@blueprint.get("/projects/<record>")
def one(record: str) -> str:
    """Show a project: its amounts, its form, its sources, and related ones."""
    found = _found(record)
    return render_template(
        "project.html", asked=SearchRequest(q=""), project=found.project, related=found.related
    )


@blueprint.app_template_filter("in_wan")
def in_wan(yuan: Decimal) -> str:
    """Return yuan as exact 万元, at least two decimals."""
    number = yuan / YUAN["万元"]
    places = max(2, -int(number.normalize().as_tuple().exponent))
    return written(number.quantize(Decimal(1).scaleb(-places)))


@blueprint.app_template_global("heads_of")
def heads_of(cells: Iterable[Cell]) -> list[list[HeadCell]]:
    """Return the column heads over cells, each figure's unit in its head."""
    of = list(cells)
    return of_paths([cell.column for cell in of], [cell.unit or "" for cell in of])


def wanted(parameters: MultiDict[str, str]) -> WantedProjects:
    """Return which projects URL parameters ask for; raise `ParameterError` for a bad value."""
    sort = parameters.get("sort", "").strip()
    known: tuple[Sort, ...] = get_args(Sort)
    if sort and sort not in known:
        raise ParameterError(f"参数 sort 只能是 {'、'.join(known)}")
    departments = few("department", parameters.getlist("department"))
    given = (name.strip()[:LONGEST] for name in departments)
    return WantedProjects(
        query=parameters.get("q", "").strip(),
        departments=tuple(name for name in given if name),
        first=_whole(parameters, "from", 9999),
        last=_whole(parameters, "to", 9999),
        low=_amount(parameters, "min"),
        high=_amount(parameters, "max"),
        sort=next((one for one in known if one == sort), None),
        page=_whole(parameters, "page", MAX_PAGE) or 1,
    )


def _found(record: str) -> ProjectDetail:
    found = project(current.index(), record, seconds=current.seconds())
    if found is None:
        abort(404)
    return found


def _whole(parameters: MultiDict[str, str], name: str, most: int) -> int | None:
    text = parameters.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 7 or not 1 <= int(text) <= most:
        raise ParameterError(f"参数 {name} 应是 1 到 {most} 的整数")
    return int(text)


def _amount(parameters: MultiDict[str, str], name: str) -> Decimal | None:
    """Return an amount that is given in 万元, in yuan."""
    text = parameters.get(name, "").strip().replace(",", "").replace("，", "")
    if not text:
        return None
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise ParameterError(f"参数 {name} 应是以万元计的数，如 10 或 0.5")
    return Decimal(text) * YUAN["万元"]


def _without(address: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in address.items() if name not in FIELDS[field]}


def _address(parameters: MultiDict[str, str]) -> dict[str, Any]:
    """Return the URL parameters of the list without its page, empty ones left out."""
    kept = {name: [v for v in values if v.strip()] for name, values in parameters.lists()}
    return {name: values for name, values in kept.items() if values and name != "page"}
