"""Projects: found by words, department, year and amount; each with its sources and its likes."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from search.index import Index
from search.projects import WantedProjects, project, projects
from web.projects import in_wan

ZEZHOU = "泽州县人力资源和社会保障局"


def test_department_year_and_amount_narrow(index: Index) -> None:
    found = projects(
        index,
        WantedProjects(
            departments=("泽州县人社局",), first=2024, low=Decimal(3_610_000), sort="amount"
        ),
    )
    assert {card.document.department for card in found.projects} == {ZEZHOU}
    amounts = [card.yuan for card in found.projects if card.yuan is not None]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-1] == 3_610_000
    assert "县政府购买公益性岗位资金" in [card.name for card in found.projects]


def test_a_card_says_what_both_sources_say(index: Index) -> None:
    found = projects(index, WantedProjects(query="人才专项工作经费", departments=(ZEZHOU,)))
    card = next(card for card in found.projects if card.name == "人才专项工作经费")
    assert (card.amount_text, card.period) == ("合计 600.00万元", "99年")
    assert [(cell.column[-1], cell.text) for cell in card.funding] == [("一般公共预算", "600.00")]
    assert card.overview.startswith("该项目用于一次性就业补贴、生活补贴、购房补贴100万元")
    assert card.row is not None
    assert card.form is not None
    assert (card.row.kind, card.form.kind) == ("项目支出表", "项目支出绩效表")
    assert len(card.indicators) == 16
    source = index.store.source(card.document.sha256)
    assert source is not None
    lines = source.decode().splitlines()
    assert "人才专项工作经费" in lines[card.row.locator.line_start - 1]
    assert "绩效目标" in "".join(lines[card.form.locator.line_start - 3 :][:4])


def test_a_form_without_row_shows_its_own_sources_of_money(index: Index) -> None:
    found = projects(index, WantedProjects(query="科技人才与合作业务费-会议费"))
    card = next(card for card in found.projects if card.row is None)
    assert [(cell.column, cell.text) for cell in card.funding] == [
        (("全年预算数", "省级财政资金"), "22.752"),
        (("全年执行数", "省级财政资金"), "7.056"),
    ]


def test_related_projects_have_the_words_of_the_name(index: Index) -> None:
    found = projects(index, WantedProjects(query="科技人才与合作业务费"))
    card = next(card for card in found.projects if card.name == "科技人才与合作业务费")
    detail = project(index, card.id)
    assert detail is not None
    assert {other.name for other in detail.related} == {
        "科技人才与合作业务费-会议费",
        "科技人才与合作业务费-资本性支出",
    }
    assert not any(other.same for other in detail.related)


def test_a_card_tells_how_many_are_called_alike(client: FlaskClient, index: Index) -> None:
    found = projects(index, WantedProjects(query="科技人才与合作业务费"))
    card = next(card for card in found.projects if card.name == "科技人才与合作业务费")
    assert card.related is not None
    assert (card.related.value, card.related.exact) == (2, True)
    html = client.get("/projects", query_string={"q": "科技人才与合作业务费"}).text
    assert f'<a href="/projects/{card.id}#related">相关项目 2</a>' in html
    assert 'id="related"' in client.get(f"/projects/{card.id}").text
    answer = client.get("/", query_string={"q": "科技人才与合作业务费 类:项目"}).text
    assert f'href="/projects/{card.id}#related">相关项目</a>' in answer
    data = client.get("/api/v1/projects", query_string={"q": "科技人才与合作业务费"}).get_json()
    assert {"value": 2, "exact": True} in [one["related"] for one in data["projects"]]


def test_pages_show_and_link(client: FlaskClient) -> None:
    html = client.get("/projects", query_string={"q": "人才", "min": "500"}).text
    assert "合计 600.00万元" in html
    assert "一般公共预算 600.00万元" in html
    link = re.search(r'<a href="(/projects/[^"]+)">人才专项工作经费</a>', html)
    assert link is not None
    page = client.get(link[1]).text
    assert "绩效表所列资金" in page
    assert "6,000,000" in page
    assert "≥100人" in page
    for address in re.findall(r'<ul class="sources">.*?</ul>', page, re.S):
        for href in re.findall(r'href="([^"#]+)', address):
            assert client.get(href.replace("&amp;", "&")).status_code == 200


def test_api(client: FlaskClient) -> None:
    data = client.get("/api/v1/projects?q=人才专项工作经费").get_json()
    assert data["projects"][0]["name"] == "人才专项工作经费"
    one = client.get(f"/api/v1/projects/{data['projects'][0]['id']}").get_json()
    assert one["project"]["yuan"] == "6000000.00"
    assert client.get("/api/v1/projects/none").status_code == 404
    assert client.get("/projects/none").status_code == 404


@pytest.mark.parametrize("query", ["min=x", "from=0", "sort=x", "page=0", "max=1e9"])
def test_bad_parameters_are_told(client: FlaskClient, query: str) -> None:
    assert client.get(f"/projects?{query}").status_code == 400


def test_more_departments_than_anyone_means_are_refused(client: FlaskClient) -> None:
    asked = {"department": [str(number) for number in range(251)]}
    assert client.get("/projects", query_string=asked).status_code == 400


def test_nothing_found_is_said(client: FlaskClient) -> None:
    html = client.get("/projects?q=没有这样的项目呀").text
    assert "没有收录不等于没有公开" in html


def test_a_word_too_many_is_left_out_and_told(index: Index) -> None:
    found = projects(index, WantedProjects(query="职业技能培训老师"))
    assert found.total.value > 0
    assert any("已略去“老师”" in warning.message for warning in found.warnings)


def test_a_project_that_only_speaks_of_it_is_told_as_such(index: Index) -> None:
    found = projects(index, WantedProjects(query="公务用车", low=Decimal(500_000)))
    assert found.total.value > 0
    assert any("说明里有这些词的项目" in warning.message for warning in found.warnings)


def test_what_has_projects_near_nothing_is_offered(client: FlaskClient, index: Index) -> None:
    found = projects(index, WantedProjects(query="人材", departments=("泽州",)))
    assert found.did_you_mean[0].query == "人才"
    meant = projects(index, WantedProjects(query="人才", departments=("泽州",)))
    assert found.did_you_mean[0].total == meant.total.value
    found = projects(index, WantedProjects(query="培训", first=2030, low=Decimal(500_000)))
    wider = projects(index, WantedProjects(query="培训", low=Decimal(500_000)))
    assert [(one.without, one.total) for one in found.wider] == [("year", wider.total.value)]
    html = client.get("/projects?q=培训&from=2030&min=50").text
    assert 'href="/projects?q=%E5%9F%B9%E8%AE%AD&amp;min=50">不限年度</a>' in html
    assert f'href="/?q=%E5%9F%B9%E8%AE%AD">在表格和说明里查“培训”</a>有 {found.elsewhere}' in html


def test_yuan_in_ten_thousands_are_exact() -> None:
    assert in_wan(Decimal(6_000_000)) == "600.00"
    assert in_wan(Decimal("131620.5")) == "13.16205"
    assert in_wan(Decimal(123_456_789)) == "12,345.6789"
