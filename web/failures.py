"""Failures as the asker can read them: a page for people, problem+json (RFC 9457) for programs."""

import json
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import IndexMissingError, QueryError, SearchError, TimeOverError
from web.endpoints import PREFIX
from web.requests import ParameterError, SearchRequest

_TITLES = {
    400: "请求有误",
    404: "没有这一页",
    405: "这个地址不接受这种请求",
    413: "请求过大",
    429: "请求过于频繁",
    500: "出错了",
    503: "索引暂时不可用",
}
_MESSAGES = {
    404: "没有找到所要的内容，可能没有收录，也可能地址有误。",
    429: "这个地址的请求过于频繁，请稍后再试。",
}


def register(app: Flask) -> None:
    """Let the application answer every failure in the form of the place that was asked."""
    app.register_error_handler(QueryError, _query)
    app.register_error_handler(ParameterError, _parameter)
    app.register_error_handler(TimeOverError, _over)
    app.register_error_handler(SearchError, _search)
    app.register_error_handler(IndexMissingError, _missing)
    app.register_error_handler(HTTPException, _http)


def _query(error: QueryError) -> Response:
    text = request.args.get("q", "").strip()
    start = min(max(error.start, 0), len(text))
    end = min(max(error.end, start), len(text))
    if _is_api():
        return _problem(400, str(error), query=text, start=start, end=end)
    page = render_template(
        "unreadable.html",
        asked=SearchRequest(q=text),
        message=str(error),
        before=text[:start],
        faulty=text[start:end],
        after=text[end:],
    )
    return Response(page, 400)


def _parameter(error: ParameterError) -> Response:
    return _answer(400, str(error))


def _over(error: TimeOverError) -> Response:
    return _answer(503, str(error), "时间用完")


def _search(error: SearchError) -> Response:
    current_app.logger.error("%s: %s", request.path, error)
    return _answer(500, str(error))


def _missing(error: IndexMissingError) -> Response:
    current_app.logger.error("%s: %s", request.path, error)
    return _answer(503, "索引不在原处，可能正在更换。请稍后再试。")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(error.get_body(), status, error.get_headers())
    response = _answer(status, _MESSAGES.get(status, "这个请求没有能完成。"))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _answer(status: int, message: str, title: str = "") -> Response:
    if _is_api():
        return _problem(status, message, title)
    page = render_template(
        "failure.html",
        asked=SearchRequest(q=""),
        status=status,
        title=title or _title(status),
        message=message,
    )
    return Response(page, status)


def _problem(status: int, message: str, title: str = "", **more: Any) -> Response:
    title = title or _title(status)
    body = {"type": "about:blank", "title": title, "status": status, "detail": message}
    text = json.dumps({**body, "message": message, **more}, ensure_ascii=False)
    return Response(text, status, content_type="application/problem+json")


def _title(status: int) -> str:
    return _TITLES.get(status, _TITLES[500 if status >= 500 else 400])


def _is_api() -> bool:
    return request.path.startswith(f"{PREFIX}/")
