"""The index that the running application serves."""

from typing import Final

from flask import Flask, current_app

from search.index import Index

_KEY: Final = "gongkai"


def serve(app: Flask, index: Index) -> None:
    """Let the application serve an index."""
    app.extensions[_KEY] = index


def index() -> Index:
    """Return the index of the application that handles this request."""
    served: Index = current_app.extensions[_KEY]
    return served
