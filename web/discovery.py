"""What other programs find by: OpenSearch for browsers, Atom for feed readers, a sign of life."""

from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request

from search.citation import cited, line
from search.results import Result
from search.service import search
from search.text import joined
from web import current
from web.requests import SearchRequest

ENTRIES = 50
"""Hits in a feed: those of the documents that were indexed last."""
LOOKED_AT = 200
"""Hits among which those are chosen, best first."""

blueprint = Blueprint("discovery", __name__)


@blueprint.app_template_filter("printable")
def _printable(text: str) -> str:
    """Return `text` without the control characters that XML has no way to hold."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search box to browsers (OpenSearch 1.1)."""
    text = render_template("opensearch.xml")
    return Response(text, content_type="application/opensearchdescription+xml")


@blueprint.get("/feed")
def feed() -> Response:
    """Return the newest hits of a query as an Atom feed (RFC 4287)."""
    asked = SearchRequest.read(request.args)
    index = current.index()
    found = _found(asked.q) if asked.q else None
    hits = found.hits if found else ()
    dated = [(index.store.changed(hit.document.id) or datetime.now(UTC), hit) for hit in hits]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    entries = [
        {"hit": hit, "title": line(hit, cited(hit)), "text": joined(hit.quote), "updated": updated}
        for updated, hit in dated[:ENTRIES]
    ]
    updated = dated[0][0] if dated else datetime.now(UTC)
    text = render_template(
        "feed.xml",
        asked=asked,
        entries=entries,
        updated=updated,
        exact=found is None or found.total.exact,
    )
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def _found(q: str) -> Result:
    return search(current.index(), q, limit=LOOKED_AT, seconds=current.seconds())


@blueprint.get("/healthz")
def health() -> dict[str, str]:
    """Tell that the index can be read, and which commit."""
    index = current.index()
    index.reader.count("row")
    return {"status": "ok", "commit": index.commit}
