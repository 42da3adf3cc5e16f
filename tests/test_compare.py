"""Comparing one item: figures of the right report with their places, and every absence told."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from benchmarks import generate
from indexer import pipeline
from search.compare.indicator import measure, same_names
from search.compare.model import ComparedCell, ComparedRow, Comparison
from search.compare.scope import scope
from search.compare.selection import Wanted
from search.compare.service import compare
from search.compare.units import converted
from search.index import Index
from tests.conftest import Silent
from web import create_app
from web.chart import chart

ZEZHOU = "泽州县人力资源和社会保障局"
TALENT = "山西转型综合改革示范区人才引进交流服务中心（人才办、留学人员创业园服务中心）"
CENTRE = "山西省科技人才与科技合作中心"
PLANNING = "山西转型综合改革示范区晋中开发区产业规划与创新发展部"
VEHICLES = "公务用车购置及运行费"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of generated disclosures: departments with budget and final account."""
    folder = tmp_path_factory.mktemp("generated")
    generate.main(["--documents", "8", "--seed", "11", str(folder)])
    return folder


@pytest.fixture(scope="module")
def pairs(sources: Path) -> Index:
    url = str(sources.parent / "pairs")
    assert pipeline.index([sources], url, workers=0, progress=Silent()).documents == 8
    return Index(url)


def _row(found: Comparison, department: str, year: int = 2024) -> ComparedRow:
    (row,) = [r for r in found.rows if r.department == department and r.year == year]
    return row


def _printed(cell: ComparedCell) -> list[tuple[str, bool]]:
    return [(figure.text, figure.quoted) for figure in cell.figures]


def test_figures_stand_as_printed_with_their_place(index: Index) -> None:
    wanted = Wanted(table="三公", item=VEHICLES, departments=(ZEZHOU, PLANNING), years=(2024,))
    found = compare(index, wanted)
    assert found.indicator.table == "三公经费表"
    assert (found.level, found.unit) == ("部门", "万元")
    one = _row(found, ZEZHOU).budget.one
    assert one is not None
    assert (one.text, one.yuan, one.shown) == ("17.50", Decimal(175000), Decimal("17.50"))
    source = index.store.source(one.document.sha256)
    assert source is not None
    assert source.decode()[one.locator.char_start : one.locator.char_end] == "17.50"
    other = _row(found, PLANNING).budget.one
    assert other is not None
    assert other.text == "3.00"


@pytest.mark.parametrize(
    ("wanted", "absence"),
    [
        (Wanted("三公经费表", "公务接待费", "", (TALENT,), (2024,)), "no_data"),
        (Wanted("三公经费表", "因公出国(境)费", "", (ZEZHOU,), (2024,)), "blank"),
        (Wanted("支出总表", "2050801", "", (ZEZHOU,), (2024,)), "no_row"),
        (Wanted("公开信息统计表", "车辆数合计", "", (ZEZHOU,), (2024,)), "no_table"),
        (Wanted("支出总表", "合计", "经营支出", (ZEZHOU,), (2024,)), "no_column"),
        (Wanted("三公经费表", "公务接待费", "", (ZEZHOU,), (2022,)), "missing"),
    ],
)
def test_each_absence_is_another(index: Index, wanted: Wanted, absence: str) -> None:
    cell = compare(index, wanted).rows[0].budget
    assert (cell.figures, cell.absence) == ((), absence)


def test_levels_are_never_mixed(index: Index) -> None:
    wanted = Wanted(table="支出总表", item="合计", departments=(ZEZHOU, CENTRE), years=(2024,))
    as_departments = compare(index, wanted)
    assert as_departments.level == "部门"
    assert _row(as_departments, CENTRE).final.absence == "other_level"
    assert any("1 份其他级别" in note for note in as_departments.notes)
    units = Wanted(**{**_fields(wanted), "level": "单位"})
    as_units = compare(index, units)
    assert _printed(_row(as_units, CENTRE).final) == [("532.68", False)]
    assert _row(as_units, ZEZHOU).budget.absence == "other_level"


def _fields(wanted: Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in Wanted.__slots__}


def test_an_account_is_found_by_its_code(index: Index) -> None:
    found = compare(index, Wanted(table="支出总表", item="2080505", departments=(ZEZHOU,)))
    assert found.indicator.label == "机关事业单位基本养老保险缴费支出"
    assert _printed(_row(found, ZEZHOU).budget) == [("239.93", False)]


def test_a_column_can_be_asked_for(index: Index) -> None:
    wanted = Wanted(table="支出总表", item="合计", column="基本支出", departments=(ZEZHOU,))
    assert _printed(_row(compare(index, wanted), ZEZHOU).budget) == [("2656.10", False)]


def test_several_rows_of_a_name_are_all_shown(index: Index) -> None:
    wanted = Wanted(table="支出总表", item="其他科学技术支出", departments=(CENTRE,))
    final = _row(compare(index, wanted), CENTRE).final
    assert [(figure.code, figure.text) for figure in final.figures] == [
        ("20699", "21.76"),
        ("2069999", "21.76"),
    ]
    assert not final.differing


def test_without_a_table_one_that_has_the_item_is_compared(index: Index) -> None:
    for item, table in (
        ("会议费", "一般公共预算基本支出表"),
        ("2080105", "支出总表"),
        ("公务接待费", "三公经费表"),
        ("没有这一项", "三公经费表"),
    ):
        assert compare(index, Wanted(item=item)).indicator.table == table


def test_a_table_without_the_item_names_those_with_it(index: Index, client: FlaskClient) -> None:
    found = compare(index, Wanted(table="三公经费表", item="会议费"))
    assert found.elsewhere == ("一般公共预算基本支出表",)
    assert compare(index, Wanted(table="三公经费表", item="公务接待费")).elsewhere == ()
    page = client.get("/compare", query_string={"table": "三公经费表", "item": "会议费"}).text
    (address,) = re.findall(r'<a href="([^"]+)">一般公共预算基本支出表</a>', page)
    assert "会议费" in client.get(address.replace("&amp;", "&")).text


def test_a_label_that_is_not_there_names_those_near(index: Index) -> None:
    found = compare(index, Wanted(table="三公经费表", item="公务接待", departments=(ZEZHOU,)))
    assert found.near[0] == "公务接待费"


def test_an_unknown_department_is_told(index: Index, client: FlaskClient) -> None:
    told = "没有与“没有这个部门呀”相符的部门。"
    found = compare(index, Wanted(departments=("没有这个部门呀",)))
    assert found.rows == ()
    assert told in found.notes
    assert told in client.get("/compare?department=没有这个部门呀").text


def _of_source(sources: Path, row: ComparedRow, report: str) -> str:
    (path,) = sources.glob(f"{row.year}-*{report}-{row.department}.txt")
    return path.read_text(encoding="utf-8")


def test_budget_and_final_account_are_told_apart(pairs: Index, sources: Path) -> None:
    found = compare(pairs, Wanted(table="三公", item=VEHICLES, level=_level(pairs)))
    rows = [row for row in found.rows if row.budget.one is not None and row.final.one is not None]
    assert rows
    for row in rows:
        budget, final = row.budget.one, row.final.one
        assert budget is not None
        assert final is not None
        line = re.search(r"公务用车购置及运行费\t([\d.]+)", _of_source(sources, row, "预算"))
        assert line is not None
        assert budget.text == line[1]
        assert (budget.quoted, budget.document.report) == (False, "预算")
        assert (final.column[-1], final.document.report) == ("决算数", "决算")
        assert _turned(_of_source(sources, row, "决算")) == (budget.text, final.text)
        if row.difference is not None:
            assert row.difference == Decimal(final.text) - Decimal(budget.text)
    assert any("决算取其“决算数”列" in note for note in found.notes)


def _level(index: Index) -> Any:
    return index.reader.documents()[0].level


def _turned(text: str) -> tuple[str, str]:
    """Return budget and final figure of 公务用车 小计 in a turned table, by its columns."""
    table = text[text.rindex("“三公”经费支出决算表") :]
    rows = [line.split("\t") for line in table.splitlines()]
    figures = next(
        r for r in rows if len(r) >= 12 and re.fullmatch(r"[\d.]+", r[0]) and "." in r[0]
    )
    return figures[2], figures[8]


def test_a_budget_figure_of_the_final_account_is_said_to_be_so(pairs: Index) -> None:
    found = compare(pairs, Wanted(table="三公", item=VEHICLES, level=_level(pairs)))
    quoted = [f for row in found.rows for f in row.budget.figures if f.quoted]
    assert quoted
    assert all((f.document.report, f.column[-1]) == ("决算", "预算数") for f in quoted)


@pytest.mark.parametrize(
    ("column", "of"),
    [
        (("2024年预算数", "合计"), "budget"),
        (("年初预算数",), "budget"),
        (("决算数",), "final"),
        (("本年支出合计",), "own"),
        (("一般公共预算",), "own"),
        (("2023年预算数",), "other"),
        (("上年预算数",), "other"),
    ],
)
def test_heads_say_whose_figure_it_is(column: tuple[str, ...], of: str) -> None:
    assert measure(column, 2024) == of


def test_names_of_one_item_are_one() -> None:
    assert "公务用车购置及运行维护费" in same_names(VEHICLES)
    assert same_names("公务用车运行维护费")[0] == "公务用车运行维护费"
    assert VEHICLES not in same_names("公务用车运行维护费")


@pytest.mark.parametrize(
    ("title", "kind", "head", "said"),
    [
        (
            "一般公共预算支出表（不含上年结转）",
            "一般公共预算支出表",
            "合计",
            "一般公共预算，不含上年结转",
        ),
        ("财政拨款安排“三公”经费支出预算表", "三公经费表", "合计", "财政拨款"),
        ("财政拨款安排“三公”经费支出预算表", "三公经费表", "一般公共预算", "一般公共预算"),
        ("预算支出总表", "支出总表", "合计", "全部资金"),
        ("项目支出预算表（上年结转）", "项目支出表", "合计", "上年结转"),
    ],
)  # fmt: skip
def test_scopes(title: str, kind: str, head: str, said: str) -> None:
    assert str(scope(title, kind, ("预算数", head))) == said


def test_charts_are_refused_with_the_reason(index: Index) -> None:
    wanted = Wanted(table="支出总表", item="合计", departments=(ZEZHOU,))
    found = compare(index, wanted)
    assert found.obstacles == ("只有一个数字，没有可比的。",)
    assert chart(found) is None


def test_money_of_different_scope_is_in_no_chart(pairs: Index) -> None:
    wanted = Wanted(table="一般公共预算支出表", item="合计", level=_level(pairs))
    found = compare(pairs, wanted)
    assert any("结转口径不同" in obstacle for obstacle in found.obstacles)
    for row in found.rows:
        scopes = {cell.one.scope for cell in row.cells if cell.one is not None}
        assert (row.difference is None) == (len(scopes) > 1)
    assert {row.difference is None for row in found.rows} == {True, False}
    mixed = tuple({row.department for row in found.rows if row.difference is None})
    only = {**_fields(wanted), "reports": ("预算",), "departments": mixed}
    budget = compare(pairs, Wanted(**only))
    assert budget.obstacles == ()


def test_conversion_is_exact(index: Index) -> None:
    figure = compare(index, Wanted(item=VEHICLES, departments=(ZEZHOU,))).rows[-1].budget.figures[0]
    printed = figure.model_copy(
        update={"unit": "元", "value": Decimal("2170001"), "yuan": Decimal("2170001")}
    )
    assert converted(printed, "万元") == Decimal("217.0001")
    assert converted(printed, "元") == Decimal("2170001")
    assert converted(figure, None) is None


def _get(client: FlaskClient, path: str, **parameters: Any) -> str:
    response = client.get(path, query_string=parameters)
    assert response.status_code == 200
    return response.text


def test_page_links_each_figure_to_its_place(client: FlaskClient) -> None:
    html = _get(client, "/compare", table="三公", item=VEHICLES, department=ZEZHOU)
    link = re.search(r'<a href="(/documents/[^"]+)"[^>]*>17\.50', html)
    assert link is not None
    document = client.get(link[1]).text
    marked = re.search(r'id="at".{0,40}<mark[^>]*>(.*?)</mark>', document, re.S)
    assert marked is not None
    assert "公务用车购置及运行费" in marked[1]
    assert "未收录" in html


def test_page_draws_bars_with_names(client: FlaskClient) -> None:
    parameters = {"table": "三公", "item": VEHICLES, "department": [ZEZHOU, PLANNING]}
    html = client.get("/compare", query_string=parameters).text
    assert re.search(rf'<svg class="bars"[^>]*role="img"[^>]*{ZEZHOU}：2024年预算17\.50', html)
    assert " style=" not in html
    assert len(html.encode()) < 150_000


def test_many_years_are_drawn(tmp_path: Path, sources: Path) -> None:
    """Of more than five years only the first and the last are named below a panel."""
    first = sorted(sources.glob("*预算*.txt"))[0]
    text, year = first.read_text(encoding="utf-8"), first.name[:4]
    for other in map(str, range(2011, 2018)):
        named = tmp_path / first.name.replace(year, other)
        named.write_text(text.replace(year, other), encoding="utf-8")
    url = str(tmp_path / "index")
    assert pipeline.index([tmp_path], url, workers=0, progress=Silent()).documents == 7
    client = create_app(Index(url)).test_client()
    html = _get(client, "/compare", table="三公", item="合计", year=list(range(2011, 2018)))
    assert re.findall(r'class="tick"[^>]*>(\d+)', html) == ["2011", "2017"]


def test_why_there_is_no_figure_is_told_without_reading_documents_whole(
    pairs: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs.store, "disclosure", lambda _: pytest.fail("read whole"))
    found = compare(pairs, Wanted(table="支出总表", item="没有这样的一项"))
    assert {cell.absence for row in found.rows for cell in row.cells} <= {"no_row", "missing"}
    assert found.rows


def test_departments_are_chosen_by_the_years_asked_for(index: Index) -> None:
    found = compare(index, Wanted(table="支出总表", years=(2023,), level="单位"))
    assert found.departments == ("山西转型综合改革示范区晋中开发区人力资源部",)


def test_a_code_is_that_account_alone(index: Index) -> None:
    found = compare(index, Wanted("支出总表", "208", "", (ZEZHOU,), (2024,)))
    codes = {figure.code for row in found.rows for figure in row.budget.figures}
    assert codes == {"208"}


def test_a_row_leads_to_its_comparison(client: FlaskClient) -> None:
    html = _get(client, "/", q="公务用车 2024 > 10万元")
    link = re.search(r'href="(/compare\?[^"]+)"', html)
    assert link is not None
    assert "17.50" in client.get(link[1].replace("&amp;", "&")).text


def test_export_says_where_each_figure_is_from(client: FlaskClient) -> None:
    parameters = {"table": "三公", "item": VEHICLES, "department": ZEZHOU}
    lines = list(csv.DictReader(io.StringIO(_get(client, "/compare.csv", **parameters)[1:])))
    assert [(line["类型"], line["状态"], line["原值"]) for line in lines] == [
        ("预算", "数字", "17.50"),
        ("决算", "未收录", ""),
    ]
    assert lines[0]["来源文件"] == f"2024-部门预算-{ZEZHOU}.txt"
    assert lines[0]["编号"].startswith(lines[0]["文件编号"])
    response = client.get("/compare.xlsx", query_string=parameters)
    sheet = load_workbook(io.BytesIO(response.data)).active
    assert sheet is not None
    assert sheet.max_row == 3


def test_api_gives_the_same(client: FlaskClient) -> None:
    parameters = {"table": "三公", "item": VEHICLES, "department": ZEZHOU}
    data = client.get("/api/v1/compare", query_string=parameters).get_json()
    assert data["rows"][0]["budget"]["figures"][0]["shown"] == "17.50"
    assert data["rows"][0]["final"]["absence"] == "missing"


@pytest.mark.parametrize("query", ["year=x", "level=x", "report=x"])
def test_bad_parameters_are_told(client: FlaskClient, query: str) -> None:
    assert client.get(f"/compare?{query}").status_code == 400
    assert client.get(f"/api/v1/compare?{query}").status_code == 400


@pytest.mark.parametrize("name", ["department", "year"])
def test_more_than_anyone_means_is_refused(client: FlaskClient, name: str) -> None:
    asked = {name: [str(1000 + number) for number in range(251)]}
    for path in ("/compare", "/api/v1/compare"):
        answer = client.get(path, query_string=asked)
        assert (answer.status_code, f"参数 {name} 最多写" in answer.text) == (400, True)
    added = client.get("/compare", query_string={"add": "、".join(asked[name])})
    assert added.status_code == 400


def test_what_is_typed_stays_text(client: FlaskClient) -> None:
    html = _get(client, "/compare", item="<script>alert(1)</script>", add="<script>")
    assert "<script>alert" not in html
