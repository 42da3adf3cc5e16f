"""Citations: every form names document, place and figure; the command line and the API agree."""

import json
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from indexer.readers.registry import read_layout
from search.citation import Citation, cite
from search.index import Index
from search.lookup import find, within
from search.model import Disclosure
from search.results import Hit
from search.service import search
from tests.conftest import NAMES, source
from web import create_app

DAY = date(2026, 11, 21)
QUERY = "公务用车 2024 > 10万元"


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


@pytest.fixture(scope="module")
def row(index: Index) -> Hit:
    return next(
        hit
        for hit in search(index, QUERY).hits
        if hit.kind == "row" and hit.label == "公务用车运行维护费"
    )


def test_the_plain_form_names_all_that_a_reader_checks(row: Hit) -> None:
    assert cite(row, None, accessed=DAY).plain == (
        "《泽州县人力资源和社会保障局2024年度部门预算公开》，"
        "《2024年财政拨款安排“三公”经费支出预算表》，行：②公务用车运行维护费，"
        "列：2024年预算数／合计，17.50万元"
        "（2024-部门预算-泽州县人力资源和社会保障局.txt，第366行）"
    )


def test_gbt7714(row: Hit) -> None:
    citation = cite(row, None, url="https://example.org/records/1", accessed=DAY)
    assert citation.gbt7714 == (
        "泽州县人力资源和社会保障局. 泽州县人力资源和社会保障局2024年度部门预算公开: "
        "2024年财政拨款安排“三公”经费支出预算表[R/OL]. 第366行[2026-11-21]. "
        "https://example.org/records/1. 2024-部门预算-泽州县人力资源和社会保障局.txt，"
        f"SHA-256：{row.document.sha256}."
    )
    assert "[R]. 第366行" in cite(row, None, accessed=DAY).gbt7714


def test_csl_and_bibtex_say_no_year_of_publication(row: Hit) -> None:
    citation = cite(row, None, url="https://example.org/1", accessed=DAY)
    assert citation.csl["author"] == [{"literal": "泽州县人力资源和社会保障局"}]
    assert citation.csl["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert "issued" not in citation.csl
    assert "year" not in citation.bibtex
    assert citation.bibtex.startswith("@techreport{gongkai:")
    assert citation.bibtex.count("{") == citation.bibtex.count("}")


def test_signs_of_a_form_are_escaped(row: Hit) -> None:
    odd = row.model_copy(update={"label_verbatim": "50%_[a]{b}\\"})
    citation = cite(odd, None, url="https://example.org/1", accessed=DAY)
    assert r"50\%\_[a]\{b\}\textbackslash{}" in citation.bibtex
    assert r"50%\_\[a\]\{b\}\\" in citation.markdown


def test_a_cell_is_cited_by_its_column(row: Hit) -> None:
    column = next(n for n, cell in enumerate(row.cells) if cell.column[-1] == "一般公共预算")
    citation = cite(row, column, accessed=DAY)
    assert citation.value == Decimal("17.50")
    assert "列：2024年预算数／一般公共预算，17.50万元" in citation.plain
    assert citation.locator == row.cells[column].locator
    with pytest.raises(IndexError):
        cite(row, len(row.cells), accessed=DAY)


def test_a_blank_is_cited_as_blank(row: Hit) -> None:
    blank = next(n for n, cell in enumerate(row.cells) if cell.state == "blank")
    citation = cite(row, blank, accessed=DAY)
    assert citation.value is None
    assert "（空白）" in citation.plain


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_what_the_source_prints(
    name: str, disclosures: dict[str, Disclosure]
) -> None:
    text = read_layout(source(name).read_bytes()).text
    disclosure = disclosures[name]
    ids = [row.id for table in disclosure.tables for row in table.rows]
    ids += [p.id for p in disclosure.passages]
    ids += [s.id for p in disclosure.passages for s in p.statements]
    ids += [project.id for project in disclosure.projects]
    for record in ids[::3]:
        hit = within(disclosure, record)
        assert hit is not None
        assert text[hit.locator.char_start : hit.locator.char_end] == hit.quote


def test_the_permalink_leads_to_the_cell(client: FlaskClient, row: Hit) -> None:
    answer = client.get(f"/records/{row.id}?cell=1")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address == f"/documents/{row.document.id}?at={row.id}&cell=1#at"
    html = client.get(address).text
    assert html.count('<mark class="figure">17.50</mark>') == 1
    assert '<mark class="clause">②公务用车运行维护费</mark>' in html


def test_the_page_has_every_form(client: FlaskClient, row: Hit) -> None:
    html = client.get(f"/records/{row.id}/cite?cell=0").text
    for title in ("固定链接", "GB/T 7714—2015", "BibTeX", "CSL-JSON", "Markdown"):
        assert f"<h2>{title}</h2>" in html
    assert f"http://localhost/records/{row.id}?cell=0</pre>" in html
    assert 'aria-current="true">17.50</a>' in html


def test_the_api_gives_record_and_citation(client: FlaskClient, row: Hit, index: Index) -> None:
    assert Hit.model_validate_json(client.get(f"/api/v1/records/{row.id}").text) == find(
        index.store, row.id
    )
    given = client.get(f"/api/v1/records/{row.id}/citation?cell=0").text
    citation = Citation.model_validate_json(given)
    assert citation.url == f"http://localhost/records/{row.id}?cell=0"
    assert citation.quote == row.quote
    assert json.loads(given)["value"] == "17.50"


@pytest.mark.parametrize("cell", ["99", "-1", "x", "1" * 50])
def test_there_is_no_such_cell(client: FlaskClient, row: Hit, cell: str) -> None:
    for path in (f"/records/{row.id}", f"/records/{row.id}/cite",
                 f"/api/v1/records/{row.id}/citation"):  # fmt: skip
        assert client.get(f"{path}?cell={cell}").status_code == 400


def test_there_is_no_such_record(client: FlaskClient, row: Hit) -> None:
    for record in ("x", f"{row.document.id}-r1", "..%2fx"):
        assert client.get(f"/records/{record}/cite").status_code == 404
        assert client.get(f"/api/v1/records/{record}").status_code == 404


def test_records_of_every_kind_can_be_found(index: Index) -> None:
    for query in ("公务用车", "人才 类:项目", "机关运行经费 2023"):
        for hit in search(index, query).hits:
            found = find(index.store, hit.id)
            assert found is not None
            assert (found.quote, found.locator) == (hit.quote, hit.locator)


def test_a_figure_of_a_form_is_cited_where_it_stands(index: Index) -> None:
    # Its name stands on line 520, the money below; its amount is what was spent.
    project = next(
        hit
        for hit in search(index, "科技人才与合作业务费 部门:科技人才").hits
        if hit.kind == "project" and hit.label == "科技人才与合作业务费"
    )
    citation = cite(project, None, accessed=DAY)
    assert (project.locator.line_start, citation.locator.line_start) == (520, 524)
    assert citation.plain.endswith(
        "，13.162万元（2024-单位决算-山西省科技人才与科技合作中心.txt，第524行）"
    )
    assert "全年执行数" in citation.plain
    assert "[R]. 第524行[" in citation.gbt7714


def test_a_final_account_is_cited_for_what_was_spent(row: Hit) -> None:
    planned = row.cells[0].model_copy(update={"column": ("预算数",)})
    spent = row.cells[0].model_copy(update={"column": ("决算数",), "text": "16.20"})
    final = row.document.model_copy(update={"report": "决算"})
    hit = row.model_copy(update={"document": final, "cells": (planned, spent)})
    assert "列：决算数，16.20万元" in cite(hit, None, accessed=DAY).plain
    asked = (planned, spent.model_copy(update={"matched": False}))
    assert "列：预算数" in cite(hit.model_copy(update={"cells": asked}), None, accessed=DAY).plain
    assert "列：预算数" in cite(hit, 0, accessed=DAY).plain
