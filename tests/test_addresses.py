"""Addresses made by hand are those that the router gives, also below a path."""

import pytest
from flask import url_for

from search.index import Index
from web import create_app
from web.addresses import (
    ask,
    checks_address,
    cite_address,
    forms_address,
    narrow_address,
    place_of,
)
from web.requests import SearchRequest

ID = "eaa35a9ae7874032"


@pytest.mark.parametrize("below", ["", "/gongkai"])
def test_they_are_those_of_the_routes(index: Index, below: str) -> None:
    asked = SearchRequest("人才 > 5万元", limit=50)
    with create_app(index).test_request_context("/", base_url=f"http://localhost{below}"):
        document = url_for("pages.document", document=ID, at=f"{ID}-r7", _anchor="at")
        assert place_of(ID, f"{ID}-r7") == document
        assert checks_address(f"{ID}-r7") == url_for("checks.page", record=f"{ID}-r7")
        for cell in (None, 0, 3):
            record = f"{ID}-r7"
            cite = url_for("citing.citations", record=record, cell=cell)
            assert cite_address(record, cell) == cite
            assert forms_address(record, cell) == url_for("api.citation", record=record, cell=cell)
        assert narrow_address("人才", "5", "") == url_for("amounts.narrow", q="人才", min="5")
        assert ask(asked, page=2) == url_for("pages.home", q=asked.q, page=2, limit=50)
