"""What checks came to: of a document as JSON, of one record as a page and as JSON."""

from flask import Blueprint, abort, render_template

from search.errors import TimeOverError
from search.lookup import document_of
from search.model import Disclosure
from search.review.documents import document_checks, record_checks
from search.review.model import DocumentChecks, RecordChecks
from web import citing, current
from web.api import DOCUMENT, RECORD
from web.endpoints import PREFIX, endpoint
from web.requests import SearchRequest

blueprint = Blueprint("checks", __name__)
api = Blueprint("checks_api", __name__, url_prefix=PREFIX)


@blueprint.get("/records/<record>/checks")
def page(record: str) -> str:
    """Show the equations that the figures of a record take part in, each term with its place."""
    found, hit = checks_of_record(record), citing.found(record)
    return render_template("checks.html", asked=SearchRequest(q=""), hit=hit, found=found)


@endpoint(api, "/documents/<document>/checks", DocumentChecks, DOCUMENT)
def checks_of_document(document: str) -> DocumentChecks:
    """一份文件里互相矛盾的数字，每处都带出处；相符的关系只计数。"""
    return document_checks(_disclosure(document), seconds=current.seconds())


@endpoint(api, "/records/<record>/checks", RecordChecks, RECORD)
def checks_of_record(record: str) -> RecordChecks:
    """一条记录的数字参与的全部勾稽关系，相符的和不符的，各项都指明位置。"""
    if current.seconds() == 0:
        raise TimeOverError("没有在限定的时间内读完这份文件；请再试")
    found = record_checks(_disclosure(document_of(record)), record)
    if found is None:
        abort(404)
    return found


def _disclosure(document: str) -> Disclosure:
    disclosure = current.index().store.disclosure(document)
    if disclosure is None:
        abort(404)
    return disclosure
