"""The page that shows the API: every endpoint, its parameters, and the shape of its answer."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, url_for

from web.endpoints import ENDPOINTS, PREFIX, Endpoint, in_path, template
from web.openapi import MEDIA_TYPE, description
from web.requests import SearchRequest

blueprint = Blueprint("documentation", __name__)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a model: its name, its type in words and the models that it leads to."""

    name: str
    type: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the page lists it."""

    name: str
    description: str
    properties: tuple[Property, ...]


@blueprint.get(f"{PREFIX}/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI document."""
    return Response(description(url_for("pages.home")), content_type=MEDIA_TYPE)


@blueprint.get("/api")
def page() -> str:
    """Show the endpoints and models of the OpenAPI document."""
    schemas = json.loads(description(url_for("pages.home")))["components"]["schemas"]
    return render_template(
        "api.html",
        asked=SearchRequest(q=""),
        prefix=PREFIX,
        endpoints=[(template(endpoint), endpoint, _example(endpoint)) for endpoint in ENDPOINTS],
        models=[_model(name, schema) for name, schema in schemas.items()],
    )


def _example(endpoint: Endpoint) -> str | None:
    """Return the address of a request to try, None where an id would have to be known."""
    if any(in_path(endpoint, parameter) for parameter in endpoint.parameters):
        return None
    given = {p.name: p.example for p in endpoint.parameters if p.example}
    address = url_for(f"{endpoint.blueprint}.{endpoint.name}")
    return f"{address}?{urlencode(given)}" if given else address


def _model(name: str, schema: dict[str, Any]) -> Model:
    properties = tuple(
        Property(
            key, " | ".join(dict.fromkeys(_types(value))), tuple(dict.fromkeys(_models(value)))
        )
        for key, value in schema.get("properties", {}).items()
    )
    return Model(name, schema.get("description", ""), properties)


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _types(schema: dict[str, Any]) -> list[str]:
    """Return the types that a schema allows, in words."""
    if "anyOf" in schema:
        return [name for one in schema["anyOf"] for name in _types(one)]
    if "enum" in schema:
        return [json.dumps(value, ensure_ascii=False) for value in schema["enum"]]
    if "const" in schema:
        return [json.dumps(schema["const"], ensure_ascii=False)]
    if "$ref" in schema:
        return [schema["$ref"].rpartition("/")[2]]
    if schema.get("type") == "array":
        inner = schema.get("items") or {}
        return [f"[{' | '.join(dict.fromkeys(_types(inner)))}]"]
    return [schema.get("type", "any")]


def _models(schema: dict[str, Any]) -> list[str]:
    if "$ref" in schema:
        return [schema["$ref"].rpartition("/")[2]]
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    return [name for one in inner for name in _models(one)]
