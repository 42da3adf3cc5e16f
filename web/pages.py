"""The pages for people: search, document, page pictures, source."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    abort,
    render_template,
    request,
    send_file,
)

from search import citation
from search.compare.matches import MOST, Matches, matches
from search.fates import FATES
from search.model import Disclosure
from search.results import Result
from search.review.documents import record_checks
from search.service import search
from search.text import joined
from web import answer, current, equations, hits, place, reading
from web.amounts import histogram
from web.chart import chart, decimals
from web.figures import is_figure
from web.grounds import grounds, others
from web.marks import shortened
from web.overview import overview
from web.pictures import MEDIA_TYPE as PDF
from web.pictures import Picture
from web.requests import SearchRequest, cell_number
from web.scan import Scan, scan

EXAMPLES: Final = (
    "公务用车 2024 > 10万元",
    "2080505",
    "公务接待费 减少 > 5万元",
    "部门:泽州 表:三公",
    "人才 2024",
    "培训 5万-50万元 类:项目",
)
"""Queries that the empty page offers."""

SAFE_TYPES: Final = frozenset({"text/plain", "application/pdf"})
"""Types that a source is sent as; any other is sent as bytes, so that no browser runs it."""
MAX_CELLS: Final = 1000
"""No row has more cells."""
FOREVER: Final = "public, max-age=31536000, immutable"
"""A page of a document, whose id is that of its bytes, never changes."""

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(joined)
blueprint.add_app_template_filter(shortened)
blueprint.add_app_template_filter(equations.parts, "equation_parts")
blueprint.add_app_template_test(is_figure, "figure")


@blueprint.get("/")
def home() -> str:
    """Show the answer to `q`, or the empty page with what the index holds."""
    asked = SearchRequest.read(request.args)
    index = current.index()
    if not asked.q:
        held = overview(index.reader.documents())
        return render_template("home.html", asked=asked, held=held, examples=EXAMPLES)
    result = search(index, asked.q, page=asked.page, limit=asked.limit, seconds=current.seconds())
    return render_template(
        "answer.html",
        asked=asked,
        result=result,
        chips=answer.chips(result),
        facets=answer.facets(result),
        orders=answer.orders(result),
        shown=answer.SHOWN,
        views=hits.views(result.hits),
        first=(result.page - 1) * asked.limit + 1,
        amounts=histogram(result),
        **_drawn(result),
    )


def _drawn(result: Result) -> dict[str, Any]:
    """Return the chart of an answer with what it shows, on the first page only.

    Where there are more hits than on the page, it takes longer and is drawn when asked for.
    """
    first, total = result.page == 1 and result.total.value > 1, result.total.value
    costly = len(result.hits) < total <= MOST and request.args.get("chart") != "1"
    found = (
        matches(current.index(), result, seconds=current.seconds())
        if first and not costly
        else Matches()
    )
    return {
        "drawable": first and costly,
        "matches": found,
        "chart": found.comparison and chart(found.comparison),
        "decimals": found.comparison and decimals(found.comparison),
    }


@blueprint.get("/documents/<document>")
def document(document: str) -> str:
    """Show a disclosure whole, the record `at` marked."""
    disclosure = _disclosure(document)
    record = request.args.get("at", "")
    cell = cell_number(request.args, MAX_CELLS)
    found = place.find(disclosure, record, cell) if record else None
    blocks = reading.blocks(disclosure, found)
    contradictions = equations.contradicted(disclosure)
    told = {of.message for of in contradictions}
    return render_template(
        "document.html",
        asked=SearchRequest(q=""),
        disclosure=disclosure,
        blocks=blocks,
        outline=reading.outline(blocks),
        evidence=grounds(disclosure, blocks),
        others=others(current.index().reader.documents(), disclosure),
        lost=bool(record) and found is None,
        contradictions=contradictions,
        warnings=[of for of in disclosure.warnings if of.message not in told],
        ledger=disclosure.ledger,
        fates=FATES,
        stands=citation.place,
        checks=record_checks(disclosure, record) if found else None,
        cells=place.cells_of(disclosure, record),
        scan=None if found is None else _scan(disclosure, record, found.locator.page, cell),
        record=record,
        cell=cell,
    )


@blueprint.get("/documents/<document>/pages/<int:number>")
def page(document: str, number: int) -> str:
    """Show a page of a PDF as it was published, the record `at` boxed."""
    disclosure = _disclosure(document)
    record = request.args.get("at", "")
    cell = cell_number(request.args, MAX_CELLS)
    shown = _scan(disclosure, record, number, cell)
    if shown is None:
        abort(404)
    return render_template(
        "page.html",
        asked=SearchRequest(q=""),
        disclosure=disclosure,
        scan=shown,
        record=record,
        cell=cell,
    )


@blueprint.get("/documents/<document>/pages/<int:number>.png")
def picture(document: str, number: int) -> Response:
    """Send a page of a PDF as a picture."""
    drawn = _picture(_disclosure(document), number)
    if drawn is None:
        abort(404)
    response = Response(drawn.png, content_type="image/png")
    response.headers["Cache-Control"] = FOREVER
    return response


@blueprint.get("/documents/<document>/source")
def source(document: str) -> Response:
    """Send the bytes that a disclosure was read from, under their own name."""
    disclosure = _disclosure(document)
    data = current.index().store.source(disclosure.sha256)
    if data is None:
        abort(404)
    response = send_file(
        BytesIO(data), as_attachment=True, download_name=_file_name(disclosure.sources[0])
    )
    kind = disclosure.media_type
    response.headers["Content-Type"] = kind if kind in SAFE_TYPES else "application/octet-stream"
    return response


def _scan(disclosure: Disclosure, record: str, number: int | None, cell: int | None) -> Scan | None:
    """Return a page with the record boxed, None where the form has no such page."""
    if number is None:
        return None
    return scan(disclosure, record, number, _picture(disclosure, number), cell)


def _picture(disclosure: Disclosure, number: int) -> Picture | None:
    if disclosure.media_type != PDF:
        return None
    return current.pictures().page(disclosure.sha256, number)


def _disclosure(document: str) -> Disclosure:
    disclosure = current.index().store.disclosure(document)
    if disclosure is None:
        abort(404)
    return disclosure


def _file_name(source: str) -> str:
    """Return the last part of a source's name, printable characters only."""
    name = PurePosixPath(source.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable()) or "source"
