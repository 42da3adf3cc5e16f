"""The addresses that an answer has hundreds of, made without asking the router for each.

A test holds them to the routes.
"""

from urllib.parse import urlencode

from flask import Blueprint, g, url_for

from web.endpoints import PREFIX
from web.requests import SearchRequest

blueprint = Blueprint("addresses", __name__)


@blueprint.app_template_global("ask")
def ask(asked: SearchRequest, q: str | None = None, page: int = 1) -> str:
    """Return the address of another query or page."""
    return f"{_root()}?{urlencode(asked.parameters(q=q, page=page))}"


@blueprint.app_template_global("place_of")
def place_of(document: str, record: str) -> str:
    """Return the address of a record in its document."""
    return f"{_root()}documents/{document}?at={record}#at"


@blueprint.app_template_global("cite_address")
def cite_address(record: str, cell: int | None = None) -> str:
    """Return the address of the citations of a record or of one of its cells."""
    return f"{_root()}records/{record}/cite{_of(cell)}"


@blueprint.app_template_global("checks_address")
def checks_address(record: str) -> str:
    """Return the address of the equations that a record's figures take part in."""
    return f"{_root()}records/{record}/checks"


@blueprint.app_template_global("forms_address")
def forms_address(record: str, cell: int | None = None) -> str:
    """Return the address of the same as JSON."""
    return f"{_root()}{PREFIX.lstrip('/')}/records/{record}/citation{_of(cell)}"


def narrow_address(text: str, low: str, below: str) -> str:
    """Return the address that narrows a query to amounts; an empty bound is none."""
    given = {"q": text, "min": low, "below": below}
    return f"{_root()}narrow?{urlencode({name: value for name, value in given.items() if value})}"


def _of(cell: int | None) -> str:
    return "" if cell is None else f"?cell={cell}"


def _root() -> str:
    """Return the address of the empty page, below which all others are."""
    if "root" not in g:
        g.root = url_for("pages.home")
    root: str = g.root
    return root
