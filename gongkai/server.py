"""Serves the web pages with waitress, a maintained WSGI server of pure Python."""

import signal
import sys

from waitress.server import create_server

from search.errors import SearchError
from search.index import Index
from search.service import understand
from search.suggest.completion import suggest
from web import create_app


def run(index: Index, host: str, port: int) -> None:
    """Serve until interrupted or terminated; print the address first. Port 0 takes any free one."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    understand(index.reader, "公开")  # load columns and dictionary before a visitor waits,
    suggest(index, "公")  # and the vocabulary
    try:
        server = create_server(create_app(index), host=host, port=port, threads=8, ident="gongkai")
    except (OSError, ValueError) as error:  # ValueError: no such host
        reason = getattr(error, "strerror", None) or error
        raise SearchError(f"无法监听 {host}:{port}：{reason}") from error
    print(f"公开 gongkai  http://{host}:{server.effective_port}/  （Ctrl-C 停止）", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
    finally:
        server.close()
