"""The JSON API: the same search, and the disclosures whole."""

from typing import Final

from flask import Blueprint, Response, abort, request
from pydantic import BaseModel

from search.hits import DocumentInfo
from search.service import search
from search.suggest.completion import suggest
from web import current
from web.requests import SearchRequest, caret

PREFIX: Final = "/api/v1"

blueprint = Blueprint("api", __name__)


class Documents(BaseModel):
    """The listing of all indexed documents."""

    documents: tuple[DocumentInfo, ...]


@blueprint.get("/search")
def results() -> Response:
    """Answer a query with one page of hits, `search.results.Result` as JSON."""
    asked = SearchRequest.read(request.args)
    return _json(search(current.index(), asked.q, page=asked.page, limit=asked.limit))


@blueprint.get("/suggest")
def suggestions() -> Response:
    """Complete what is being typed, `search.results.Suggestions` as JSON."""
    typed = request.args.get("q", "")
    return _json(suggest(current.index(), typed, at=caret(request.args)))


@blueprint.get("/documents")
def documents() -> Response:
    """List the indexed documents."""
    return _json(Documents(documents=current.index().reader.documents()))


@blueprint.get("/documents/<document>")
def document(document: str) -> Response:
    """Return one disclosure whole, `search.model.Disclosure` as JSON."""
    disclosure = current.index().store.disclosure(document)
    if disclosure is None:
        abort(404)
    return _json(disclosure)


def _json(value: BaseModel) -> Response:
    return Response(value.model_dump_json(by_alias=True), content_type="application/json")
