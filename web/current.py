"""The index that the running application serves, and the pictures of its pages."""

from typing import Final

from flask import Flask, current_app

from search.index import Index
from web.pictures import Pictures

_KEY: Final = "gongkai"
_PICTURES: Final = "gongkai pictures"
_SECONDS: Final = "GONGKAI_SECONDS"


def serve(app: Flask, index: Index, seconds: float | None) -> None:
    """Let the application serve an index, each query for so many seconds at most."""
    app.extensions[_KEY] = index
    app.config[_SECONDS] = seconds
    app.extensions[_PICTURES] = Pictures(index.store)


def index() -> Index:
    """Return the index of the application that handles this request."""
    served: Index = current_app.extensions[_KEY]
    return served


def pictures() -> Pictures:
    """Return what draws the pages of the served index."""
    drawn: Pictures = current_app.extensions[_PICTURES]
    return drawn


def seconds() -> float | None:
    """Return how long a query may take, None for as long as it needs."""
    given: float | None = current_app.config[_SECONDS]
    return given
