"""A record's permalink, and the page of its citations."""

import json
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, render_template, request, url_for

from search.citation import Citation, cite
from search.lookup import document_of, find
from search.results import Hit
from web import current
from web.figures import AUTHORITIES, figures
from web.requests import SearchRequest, cell_number

blueprint = Blueprint("citing", __name__)


@blueprint.get("/records/<record>")
def record(record: str) -> Response:
    """Lead to where a record stands in its document: the permalink of citations."""
    place = found(record)
    cell = cell_number(request.args, len(place.cells))
    address = url_for(
        "pages.document", document=document_of(record), at=record, cell=cell, _anchor="at"
    )
    return Response(status=302, headers={"Location": address})


@blueprint.get("/records/<record>/cite")
def citations(record: str) -> str:
    """Show the citations of a record, or of one of its cells, in every form."""
    hit = found(record)
    cell = cell_number(request.args, len(hit.cells))
    return render_template(
        "cite.html",
        asked=SearchRequest(q=""),
        hit=hit,
        cell=cell,
        authorities=AUTHORITIES,
        figures=figures(hit) if hit.kind != "passage" and hit.cells else None,
        forms=_forms(citation(hit, cell)),
    )


def _forms(of: Citation) -> list[tuple[str, str]]:
    """Return the title and the text of each form."""
    csl = json.dumps([of.csl], ensure_ascii=False, indent=2)
    return [
        ("固定链接", of.url),
        ("原文", of.quote),
        ("一行文字", of.plain),
        ("GB/T 7714—2015", of.gbt7714),
        ("Markdown", of.markdown),
        ("BibTeX", of.bibtex.rstrip()),
        ("CSL-JSON", csl),
    ]


def citation(hit: Hit, cell: int | None) -> Citation:
    """Return the citation of a hit as of today, with its permalink."""
    url = url_for("citing.record", record=hit.id, cell=cell, _external=True)
    return cite(hit, cell, url=url, accessed=datetime.now(UTC).astimezone().date())


def found(record: str) -> Hit:
    """Return the record of an id; the request ends with 404 where there is none."""
    hit = find(current.index().store, record)
    if hit is None:
        abort(404)
    return hit
