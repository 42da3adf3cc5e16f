"""The headers that keep a page from doing anything but showing itself."""

from typing import Final

from flask import Response

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def secured(response: Response) -> Response:
    """Return the response with the security headers set."""
    response.headers.update(HEADERS)
    return response
