"""The endpoints of the JSON API, each declared once: its route, its parameters, what it returns.

The OpenAPI document and the page that shows it derive from `ENDPOINTS`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any, Final

from flask import Blueprint, Flask, Response, request
from pydantic import BaseModel

from web.requests import ParameterError

PREFIX: Final = "/api/v1"
NAMED: Final = 5
"""Unknown parameters that a refusal names."""
LONGEST_NAME: Final = 40
"""Characters of a name in a refusal."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query string, or of the path where its name stands in that.

    `schema` is its JSON Schema, `example` a value that the page tries. One that is `repeated`
    may be given several times.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route of the API that answers GET with `returns` as JSON."""

    blueprint: str
    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    returns: type[BaseModel]


ENDPOINTS: Final[list[Endpoint]] = []

_PLACE: Final = re.compile(r"<(?:\w+:)?(\w+)>")


def in_path(endpoint: Endpoint, parameter: Parameter) -> bool:
    """Return whether a parameter is part of the path."""
    return parameter.name in _PLACE.findall(endpoint.path)


def template(endpoint: Endpoint) -> str:
    """Return the path with its parameters in braces."""
    return _PLACE.sub(r"{\1}", endpoint.path)


def register(app: Flask) -> None:
    """Let the application refuse parameters that its API does not have."""
    app.before_request(_refused)


def _refused() -> None:
    """Raise `ParameterError` for parameters that the endpoint does not have, or not twice.

    Pages take no offence: links to them are passed on with marks of others.
    """
    if request.endpoint is None or not request.path.startswith(f"{PREFIX}/"):
        return
    known = next((e for e in ENDPOINTS if f"{e.blueprint}.{e.name}" == request.endpoint), None)
    parameters = known.parameters if known else ()
    named = {p.name: p for p in parameters if known and not in_path(known, p)}
    unknown = [name for name in request.args if name not in named]
    if unknown:
        told = "、".join(name[:LONGEST_NAME] for name in unknown[:NAMED])
        more = f" 等 {len(unknown)} 个" if len(unknown) > NAMED else ""
        raise ParameterError(
            f"没有参数 {told}{more}；"
            + (f"可用的参数：{'、'.join(named)}" if named else "这个地址没有参数")
        )
    for name, values in request.args.lists():
        if len(values) > 1 and not named[name].repeated:
            raise ParameterError(f"参数 {name} 只能写一次")


View = Callable[..., BaseModel]


def endpoint(
    blueprint: Blueprint, path: str, returns: type[BaseModel], *parameters: Parameter
) -> Callable[[View], View]:
    """Register a view that returns a model; its docstring is what the documentation says."""

    def register(view: View) -> View:
        name, summary = view.__name__, (getdoc(view) or "").partition("\n")[0]
        ENDPOINTS.append(Endpoint(blueprint.name, path, name, summary, parameters, returns))

        def answer(**arguments: str) -> Response:
            text = view(**arguments).model_dump_json(by_alias=True)
            return Response(text, content_type="application/json")

        blueprint.add_url_rule(path, name, answer, methods=["GET"])
        return view

    return register
