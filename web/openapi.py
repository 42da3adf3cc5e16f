"""The OpenAPI 3.1 document, generated from the endpoints and the models that they return."""

import json
from importlib.metadata import version
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.endpoints import ENDPOINTS, PREFIX, Endpoint, Parameter, in_path, template

MEDIA_TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"

_SCHEMAS: Final = "#/components/schemas/{model}"
FAILURES: Final = {
    "400": "请求有误，如查询无法理解、参数不是数或没有这个参数",
    "404": "没有这一编号",
    "429": "请求过于频繁",
    "503": "索引暂时不可用，或没有在限定的时间内查完",
}


class Problem(BaseModel):
    """A failure (RFC 9457); `query`, `start` and `end` tell the place of an error in a query."""

    type: str
    title: str
    status: int
    detail: str
    message: str
    query: str | None = None
    start: int | None = None
    end: int | None = None


def description(root: str) -> str:
    """Return the OpenAPI document as JSON; `root` is the path that the application stands at."""
    models = {endpoint.returns for endpoint in ENDPOINTS} | {Problem}
    named = sorted(models, key=lambda model: model.__name__)
    # What a model reads is what it writes, with the decimals that it writes as strings.
    _, schemas = models_json_schema(
        [(model, "validation") for model in named], by_alias=True, ref_template=_SCHEMAS
    )
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "公开 gongkai",
            "version": version("gongkai"),
            "description": "政府部门预算、决算公开文件的检索。小数以字符串给出，金额另以元为单位。",
        },
        "servers": [{"url": root.rstrip("/") + PREFIX}],
        "paths": {template(endpoint): {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": schemas["$defs"]},
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(endpoint, parameter) for parameter in endpoint.parameters],
        "responses": {
            "200": {
                "description": "成功",
                "content": {"application/json": {"schema": _reference(endpoint.returns)}},
            },
            **{
                status: {
                    "description": said,
                    "content": {"application/problem+json": {"schema": _reference(Problem)}},
                }
                for status, said in FAILURES.items()
            },
        },
    }


def _parameter(endpoint: Endpoint, parameter: Parameter) -> dict[str, Any]:
    inside = in_path(endpoint, parameter)
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if inside else "query",
        "required": inside,
        "description": parameter.description,
        "schema": _schema(parameter),
    }
    return {**found, "example": _example(parameter)} if parameter.example else found


def _schema(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    return {"type": "array", "items": schema} if parameter.repeated else schema


def _example(parameter: Parameter) -> str | list[str]:
    return [parameter.example] if parameter.repeated else parameter.example


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _SCHEMAS.format(model=model.__name__)}
