"""The index that the application serves, the pictures of its pages, and the time of a request."""

from typing import Final

from flask import Flask, current_app, g

from search.budget import deadline, left
from search.index import Index
from web.pictures import Pictures

_KEY: Final = "gongkai"
_PICTURES: Final = "gongkai pictures"
_SECONDS: Final = "GONGKAI_SECONDS"


def serve(app: Flask, index: Index, seconds: float | None) -> None:
    """Let the application serve an index, each request for so many seconds at most."""
    app.extensions[_KEY] = index
    app.config[_SECONDS] = seconds
    app.extensions[_PICTURES] = Pictures(index.store)
    app.before_request(_begun)


def index() -> Index:
    """Return the index of the application that handles this request."""
    served: Index = current_app.extensions[_KEY]
    return served


def pictures() -> Pictures:
    """Return what draws the pages of the served index."""
    drawn: Pictures = current_app.extensions[_PICTURES]
    return drawn


def seconds() -> float | None:
    """Return how long this request may still take, None for as long as it needs."""
    return left(g.until)


def _begun() -> None:
    g.until = deadline(current_app.config[_SECONDS])
