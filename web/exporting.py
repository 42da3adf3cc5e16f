"""The page that offers what a query finds as data, and the files themselves.

With scripts the page opens as a dialog over the answer.
"""

import shlex
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import Final, TypeVar

from flask import Blueprint, Response, abort, render_template, request, send_file

from search import export
from search.budget import deadline
from search.errors import TimeOverError
from search.export import Format, Kind
from search.query.binder import BoundQuery
from search.service import answered
from web import current
from web.requests import ParameterError, SearchRequest

MOST: Final = 50_000
"""Records in a file; the command line writes more."""
IN_MEMORY: Final = 4 * 1024**2
"""Bytes of a file that is not written to disk while it is made."""
KINDS: Final[dict[Kind, str]] = {"rows": "表格行", "passages": "段落", "projects": "项目"}
FORMATS: Final[dict[Format, str]] = {
    "csv": "CSV，一个数字一行，表格软件可直接打开",
    "xlsx": "XLSX，一个数字一行，Excel 工作簿",
    "jsonl": "JSON Lines，一条记录一行，字段同接口",
}
MEDIA_TYPES: Final[dict[Format, str]] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_Name = TypeVar("_Name", Kind, Format)

blueprint = Blueprint("exporting", __name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of record that can be exported: how many there are, under which heads."""

    kind: Kind
    label: str
    count: int
    heads: tuple[str, ...]


@blueprint.get("/export")
def page() -> str:
    """Show what an export of a query holds, and the form that asks for it."""
    asked = SearchRequest.read(request.args)
    query = _answered(asked.q)
    found = current.index().reader.search(query.bound, offset=0, limit=0)
    offers = [_offer(kind, query) for kind in KINDS]
    return render_template(
        "export.html",
        asked=asked,
        offers=offers,
        first=next((offer for offer in offers if offer.count), None),
        formats=FORMATS,
        most=MOST,
        reports=[value.value for value in found.facets.get("report", ())],
        query=query,
        quoted=shlex.quote(asked.q),
    )


@blueprint.get("/export/file")
def file() -> Response:
    """Send what a query finds as `kind` in the `format` asked for."""
    asked = SearchRequest.read(request.args)
    kind = _known("kind", KINDS)
    form = _known("format", FORMATS)
    if _count(kind, _answered(asked.q)) > MOST:
        raise ParameterError(f"多于 {MOST:,} 条；请缩小范围，或用命令 gongkai export 导出")
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the response
    try:
        export.export(current.index(), kind, form, target, asked.q, seconds=current.seconds())
    except TimeOverError:
        target.close()
        raise
    target.seek(0)
    response = send_file(
        target,
        mimetype=MEDIA_TYPES[form],
        as_attachment=True,
        download_name=f"gongkai-{kind}.{form}",
    )
    response.call_on_close(target.close)
    return response


def _answered(text: str) -> BoundQuery:
    return answered(current.index().reader, text, seconds=current.seconds())


def _offer(kind: Kind, query: BoundQuery) -> Offer:
    return Offer(kind, KINDS[kind], _count(kind, query), export.heads(kind))


def _count(kind: Kind, query: BoundQuery) -> int:
    """Return how many records of a kind match; of passages, also each statement counts."""
    bound = replace(query.bound, kinds=export.RECORDS[kind], once=False)
    until = deadline(current.seconds())
    found = current.index().reader.search(bound, offset=0, limit=0, until=until)
    if not found.exact:
        raise TimeOverError("没有在限定的时间内数完；请缩小范围，或用命令 gongkai export 导出")
    return found.total


def _known(name: str, offered: dict[_Name, str]) -> _Name:
    given = request.args.get(name, "")
    found = next((one for one in offered if one == given), None)
    if found is None:
        abort(404)
    return found
