"""The endpoints of the JSON API, each declared once: its route, its parameters, what it returns.

The OpenAPI document and the page that shows it derive from `ENDPOINTS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any, Final

from flask import Blueprint, Response
from pydantic import BaseModel

PREFIX: Final = "/api/v1"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query string, or of the path where its name stands in that.

    `schema` is its JSON Schema, `example` a value that the page tries.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str = ""


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
