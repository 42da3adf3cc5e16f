"""Answers of the API may be kept as long as the index, the day and the program stay the same."""

from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version
from typing import Final

from flask import Flask, Response, request

from web import current
from web.endpoints import PREFIX

_KEEP: Final = "no-cache"  # kept, but asked after each time


def register(app: Flask) -> None:
    """Let the application answer with 304 what the asker has already."""
    app.before_request(_unchanged)
    app.after_request(_tagged)


def _unchanged() -> Response | None:
    if _is_kept() and request.if_none_match.contains_weak(_tag()):
        return Response(status=304)
    return None


def _tagged(response: Response) -> Response:
    in_time = current.seconds() != 0  # an answer that was cut short may be longer next time
    if _is_kept() and in_time and response.status_code in {200, 304}:
        response.set_etag(_tag(), weak=True)
        response.headers["Cache-Control"] = _KEEP
    return response


def _is_kept() -> bool:
    return request.path.startswith(f"{PREFIX}/") and request.method in {"GET", "HEAD"}


def _tag() -> str:
    """Return what an answer depends on, besides its address; citations tell the day."""
    today = datetime.now(UTC).astimezone().date()
    parts = (current.index().commit, version("gongkai"), str(today))
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
