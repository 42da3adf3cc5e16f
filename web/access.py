"""The access log: one line of JSON for each request, without what would name a person."""

import json
import logging
import time
from datetime import UTC, datetime
from typing import Final

from flask import Flask, Response, g, request

LOG: Final = logging.getLogger("gongkai.access")
LONGEST: Final = 2000
"""Characters of a query string that are logged; a request may have a hundred times as many."""


def register(app: Flask) -> None:
    """Let the application write each request to `LOG`."""
    app.before_request(_started)
    app.after_request(_logged)


def _started() -> None:
    g.started = time.perf_counter()


def _logged(response: Response) -> Response:
    started = g.get("started")
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "path": request.path[:LONGEST],
        "query": request.query_string[:LONGEST].decode("ascii", "replace"),
        "status": response.status_code,
        "bytes": response.calculate_content_length(),
        "ms": None if started is None else round((time.perf_counter() - started) * 1000, 1),
    }
    LOG.info("%s", json.dumps(entry, ensure_ascii=False))
    return response
