"""The OpenAPI document: it describes every endpoint, and every answer is as it says."""

import json
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import positive_data_acceptance

from search.index import Index
from search.service import search
from web import create_app
from web.endpoints import ENDPOINTS, PREFIX, Endpoint
from web.openapi import template


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


@pytest.fixture(scope="module")
def api(index: Index) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", create_app(index))


def test_the_document_is_valid(client: FlaskClient) -> None:
    validate(json.loads(client.get(f"{PREFIX}/openapi.json").text))


def test_every_route_of_the_api_is_described(client: FlaskClient) -> None:
    rules = {
        str(rule)
        for rule in client.application.url_map.iter_rules()
        if str(rule).startswith(f"{PREFIX}/")
    }
    described = {f"{PREFIX}{endpoint.path}" for endpoint in ENDPOINTS}
    assert rules == described | {f"{PREFIX}/openapi.json"}
    assert all(endpoint.summary for endpoint in ENDPOINTS)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_answer_is_as_described(
    api: schemathesis.schemas.BaseSchema, endpoint: Endpoint
) -> None:
    """No schema can tell which strings are queries: a query may be refused, as described."""
    operation = api[template(endpoint)]["GET"]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"},  # over WSGI nobody decompresses
            excluded_checks=[positive_data_acceptance],
        )

    check()


def test_real_answers_are_as_described(client: FlaskClient, index: Index) -> None:
    hit = search(index, "公务用车 2024 > 10万元").hits[0]
    project = search(index, "人才 类:项目").hits[0]
    for endpoint in ENDPOINTS:
        record = project.id if endpoint.path.startswith("/projects") else hit.id
        path = endpoint.path.replace("<record>", record).replace("<document>", hit.document.id)
        query = {p.name: p.example for p in endpoint.parameters if p.example}
        answer = client.get(f"{PREFIX}{path}", query_string=query)
        assert answer.status_code == 200, path
        endpoint.returns.model_validate_json(answer.text)


def test_the_page_lists_every_endpoint_and_model(client: FlaskClient) -> None:
    html = client.get("/api").text
    for endpoint in ENDPOINTS:
        assert f'id="{endpoint.name}"' in html
        assert f'id="model-{endpoint.returns.__name__}"' in html
