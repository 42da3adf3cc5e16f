"""What one asker may take: requests in a time, bytes of a request; who the asker is."""

from typing import Final

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

MAX_REQUEST: Final = 64 * 1024
"""Bytes; nothing is uploaded here."""


def register(app: Flask, rate: str, proxies: int) -> None:
    """Let the application refuse more than `rate` requests of one address with 429.

    `proxies` is how many proxies stand before it, whose word on address, host and path is taken.
    An empty rate is none; raises `ValueError` where it is none that can be understood.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST
    if proxies:
        fixed = ProxyFix(
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
        app.wsgi_app = fixed  # type: ignore[method-assign]
    if rate:
        parse_many(rate)
        Limiter(
            get_remote_address,
            app=app,
            application_limits=[rate],
            headers_enabled=True,
            storage_uri="memory://",
        )
