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
from web.endpoints import ENDPOINTS, PREFIX, Endpoint, in_path, template


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


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_what_an_endpoint_does_not_know_is_refused_by_name(
    client: FlaskClient, endpoint: Endpoint
) -> None:
    path = f"{PREFIX}{endpoint.path.replace('<record>', 'x').replace('<document>', 'x')}"
    answer = client.get(path, query_string={"utm_source": "x", "不知": "1"})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    told = answer.get_json()["detail"]
    known = [p.name for p in endpoint.parameters if not in_path(endpoint, p)]
    assert "utm_source、不知" in told
    assert all(name in told for name in known)
    for parameter in endpoint.parameters:
        if parameter.name in known and not parameter.repeated:
            twice = client.get(path, query_string={parameter.name: ["1", "1"]})
            assert (twice.status_code, parameter.name in twice.get_json()["detail"]) == (400, True)


def test_the_document_has_no_parameters_and_pages_take_any(client: FlaskClient) -> None:
    assert client.get(f"{PREFIX}/openapi.json?x=1").status_code == 400
    assert client.get(f"{PREFIX}/nothing?x=1").status_code == 404
    for path in ("/", "/compare", "/projects", "/coverage", "/help", "/api", "/export"):
        assert client.get(f"{path}?utm_source=x&fbclid=y").status_code == 200


def test_real_answers_are_as_described(client: FlaskClient, index: Index) -> None:
    hit = search(index, "公务用车 2024 > 10万元").hits[0]
    project = search(index, "人才 类:项目").hits[0]
    owner = hit.document.organisation
    assert owner is not None
    for endpoint in ENDPOINTS:
        record = project.id if endpoint.path.startswith("/projects") else hit.id
        path = endpoint.path.replace("<record>", record).replace("<document>", hit.document.id)
        path = path.replace("<organisation_id>", owner.id)
        query = {p.name: p.example for p in endpoint.parameters if p.example}
        answer = client.get(f"{PREFIX}{path}", query_string=query)
        assert answer.status_code == 200, path
        endpoint.returns.model_validate_json(answer.text)


def test_the_page_lists_every_endpoint_and_model(client: FlaskClient) -> None:
    html = client.get("/api").text
    for endpoint in ENDPOINTS:
        assert f'id="{endpoint.name}"' in html
        assert f'id="model-{endpoint.returns.__name__}"' in html
