"""Serves the web pages with waitress, a maintained WSGI server of pure Python."""

import gc
import logging
import signal
import sys

from waitress.server import create_server

from search.errors import SearchError
from search.files import refusal
from search.index import Index
from search.service import understand
from search.suggest.completion import suggest
from web import access, create_app


def run(index: Index, host: str, port: int, *, rate: str, proxies: int, seconds: float) -> None:
    """Serve until interrupted or terminated; print the address first. Port 0 takes any free one.

    Each request is a line of JSON on stderr. For `rate` and `proxies` see `web.limits.register`.
    """
    access.LOG.addHandler(logging.StreamHandler())
    access.LOG.setLevel(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    understand(index.reader, "公开")  # load columns and dictionary before a visitor waits,
    suggest(index, "公")  # and the vocabulary
    try:
        app = create_app(index, rate=rate, proxies=proxies, seconds=seconds or None)
    except ValueError as error:
        raise SearchError(f"请求上限写法有误：{rate}（应如 600 per minute）") from error
    try:
        server = create_server(app, host=host, port=port, threads=8, ident="gongkai")
    except (OSError, ValueError) as error:  # ValueError: no such host
        reason = refusal(error) if isinstance(error, OSError) else error
        raise SearchError(f"无法监听 {host}:{port}：{reason}") from error
    print(f"公开 gongkai  http://{host}:{server.effective_port}/  （Ctrl-C 停止）", flush=True)
    gc.freeze()  # what is loaded stays: no request waits until all of it was looked through
    try:
        server.run()
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
    finally:
        server.close()
