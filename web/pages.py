"""The pages for people: search, document, source."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from flask import Blueprint, Response, abort, render_template, request, send_file

from search.model import Disclosure
from search.service import search
from web import answer, current, hits, place, reading
from web.figures import is_figure
from web.overview import overview
from web.requests import SearchRequest
from web.text import joined

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

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(joined)
blueprint.add_app_template_test(is_figure, "figure")


@blueprint.get("/")
def home() -> str:
    """Show the answer to `q`, or the empty page with what the index holds."""
    asked = SearchRequest.read(request.args)
    index = current.index()
    if not asked.q:
        held = overview(index.reader.documents())
        return render_template("home.html", asked=asked, held=held, examples=EXAMPLES)
    result = search(index, asked.q, page=asked.page, limit=asked.limit)
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
    )


@blueprint.get("/documents/<document>")
def document(document: str) -> str:
    """Show a disclosure whole, the record `at` marked."""
    disclosure = _disclosure(document)
    record = request.args.get("at", "")
    found = place.find(disclosure, record) if record else None
    blocks = reading.blocks(disclosure, found)
    return render_template(
        "document.html",
        asked=SearchRequest(q=""),
        disclosure=disclosure,
        blocks=blocks,
        outline=reading.outline(blocks),
        lost=bool(record) and found is None,
    )


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


def _disclosure(document: str) -> Disclosure:
    disclosure = current.index().store.disclosure(document)
    if disclosure is None:
        abort(404)
    return disclosure


def _file_name(source: str) -> str:
    """Return the last part of a source's name, printable characters only."""
    name = PurePosixPath(source.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable()) or "source"
