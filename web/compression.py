"""Answers of text are sent compressed to who takes it: a whole disclosure in a tenth of its size.

Nothing secret stands beside what the asker typed, so that sizes betray nothing.
"""

import gzip
from typing import Final

from flask import Response, request

LEVEL: Final = 5
"""Higher levels take longer than they save."""
SMALLEST: Final = 1400
"""Bytes; less goes in one packet anyway."""
_TYPES: Final = frozenset({
    "text/html", "text/css", "text/javascript", "application/json", "application/problem+json",
    "application/atom+xml", "image/svg+xml",
})  # fmt: skip


def compressed(response: Response) -> Response:
    """Return the response with its text compressed, where the asker takes that."""
    if response.mimetype not in _TYPES:
        return response
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0
    if not takes or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False  # a file of ours, which is small
    data = response.get_data()
    if len(data) >= SMALLEST:
        response.set_data(gzip.compress(data, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag is not None:
            response.set_etag(etag, weak=True)
    return response
