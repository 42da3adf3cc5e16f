"""The search box: a plain form, to which the script adds suggestions."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/?q=人才", "/?q=>", "/nothing"])
def test_the_box_is_a_form_that_needs_no_script(client: FlaskClient, path: str) -> None:
    html = client.get(path).text
    form = re.findall(r"<form.*?</form>", html, re.S)[0]
    assert 'action="/" method="get" role="search"' in form
    assert re.search(r'<input id="q" name="q" type="search"', form)
    assert '<button type="submit">' in form
    assert "aria-expanded" not in form  # a combobox only where the script has made it one


def test_the_script_asks_where_the_form_says(client: FlaskClient) -> None:
    found = re.search(r'data-suggest="([^"]*)"', client.get("/").text)
    assert found is not None
    body = client.get(unescape(found[1]), query_string={"q": "公务用", "at": "3"}).get_json()
    assert body["suggestions"]


def test_the_script_puts_no_text_into_the_page_as_markup(client: FlaskClient) -> None:
    with client.get("/static/suggest.js") as response:
        script = response.get_data(as_text=True)
        assert response.mimetype == "text/javascript"
    for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"):
        assert unsafe not in script
    for needed in ("compositionstart", "isComposing", "AbortController", "aria-activedescendant"):
        assert needed in script
