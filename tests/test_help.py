"""The help page: every field, every word list, and examples that have answers."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.fields import FIELDS
from search.index import Index
from search.query.wording import BEFORE
from search.query.wordlists import pairs
from search.service import search


@pytest.fixture
def html(app: Flask) -> str:
    response = app.test_client().get("/help")
    assert response.status_code == 200
    return response.text


def test_every_field_and_word_is_explained(html: str) -> None:
    text = unescape(html)
    for field in FIELDS:
        for prefix in field.prefixes:
            assert f"<code>{prefix}:</code>" in text
    assert all(
        word in text for word in (*BEFORE, *pairs("synonyms.txt"), *pairs("departments.txt"))
    )


def test_counts_are_those_of_the_index(html: str, index: Index) -> None:
    examples = re.findall(
        r'<th scope="row"><a href="[^"]*">([^<]*)</a></th>.*?<td class="number">([\d,]+) 条', html
    )
    assert len(examples) == 18
    for query, count in examples:
        assert search(index, unescape(query)).total.value == int(count.replace(",", "")), query


def test_examples_of_fields_have_hits_and_no_warnings(html: str, index: Index) -> None:
    fields = html[html.index('id="fields"') : html.index('id="words"')]
    queries = [unescape(query) for query in re.findall(r'<a href="[^"]*">([^<]*)</a>', fields)]
    assert len(queries) == sum(bool(field.prefixes) for field in FIELDS)
    for query in queries:
        result = search(index, query)
        assert result.total.value, query
        assert not result.query.warnings, query


def test_the_page_is_light(html: str) -> None:
    assert len(html.encode()) < 150_000


@pytest.mark.parametrize("path", ["/compare", "/projects", "/coverage", "/help"])
def test_every_page_leads_to_the_others(app: Flask, path: str) -> None:
    client: FlaskClient = app.test_client()
    html = client.get(path).text
    for other in ("/compare", "/projects", "/coverage", "/help"):
        assert f'<a href="{other}"' in html
    assert f'<a href="{path}" aria-current="page">' in html
