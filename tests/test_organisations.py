"""One organisation for all its names, and never two of different places in one."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongkai.cli import cli
from indexer import pipeline
from search.compare.selection import Wanted
from search.compare.service import compare
from search.coverage import coverage
from search.errors import SearchError
from search.index import Index
from search.organisations.corrections import FILE
from search.organisations.listing import organisations
from search.organisations.organisation import organisation_of
from search.organisations.regions import among
from search.service import search
from tests.conftest import Silent
from web import create_app

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "organisations.toml").read_text(encoding="utf-8")
)
DOCUMENT = """{name}
{year}年度部门决算

第二部分 报表

财政拨款“三公”经费支出决算表
部门：{name}
单位：万元
项目\t决算数
合计\t{figure}
公务接待费\t{figure}

第三部分 情况说明

一、总体情况

{name}{year}年度收入总计{figure}万元。
"""


def _id(name: str, context: str = "") -> str:
    of = organisation_of(name, (), context)
    assert of is not None, name
    return of.id


def test_names_of_one_organisation_are_one_and_of_two_are_two() -> None:
    seen: dict[str, str] = {}
    for names in CASES["same"]:
        ids = {_id(name) for name in names}
        assert len(ids) == 1, names
        assert ids.isdisjoint(seen), (names, [seen[one] for one in ids if one in seen])
        seen |= dict.fromkeys(ids, names[0])


@pytest.mark.parametrize(("name", "region", "kind"), CASES["places"])
def test_places_and_kinds(name: str, region: str, kind: str) -> None:
    of = organisation_of(name)
    assert of is not None
    assert ("/".join(of.region), of.kind) == (region, kind)


def test_the_document_tells_which_place_of_a_name_it_is() -> None:
    shanghai, zhoushan = "普陀区位于上海市西北部。", "普陀区是舟山市的一个区。"
    assert _id("普陀区财政局", shanghai) == _id("上海市普陀区财政局")
    assert _id("普陀区财政局", zhoushan) == _id("舟山市普陀区财政局")
    assert _id("普陀区财政局") not in {_id("上海市普陀区财政局"), _id("舟山市普陀区财政局")}
    assert _id("普陀区财政局", shanghai + zhoushan) == _id("普陀区财政局")


def test_a_compilation_is_no_organisation() -> None:
    assert (
        organisation_of("某某县水利局等2个部门（汇编）", ("某某县水利局", "某某县教育局")) is None
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("江苏", {"江苏省", "江苏省/南京市/鼓楼区"}),
        ("江苏省", {"江苏省", "江苏省/南京市/鼓楼区"}),
        ("南京市鼓楼区", {"江苏省/南京市/鼓楼区"}),
        ("鼓楼区", {"江苏省/南京市/鼓楼区", "福建省/福州市/鼓楼区"}),
        ("福州", {"福建省/福州市/鼓楼区"}),
        ("福建省福州市鼓楼区", {"福建省/福州市/鼓楼区"}),
        ("湖北", set()),
    ],
)
def test_regions_by_name(asked: str, found: set[str]) -> None:
    known = ("江苏省", "江苏省/南京市/鼓楼区", "福建省/福州市/鼓楼区")
    assert set(among(asked, known)) == found


COURT = "江苏省高级人民法院"
NAMED = {
    "a.txt": (COURT, 2017, "1.00"),
    "b.txt": ("江苏高院", 2018, "2.00"),
    "c.txt": ("浙江省高级人民法院", 2017, "3.00"),
    "d.txt": ("上海市普陀区财政局", 2017, "4.00"),
    "e.txt": ("舟山市普陀区财政局", 2017, "5.00"),
    "f.txt": ("中共江苏省委办公厅", 2017, "6.00"),
    "g.txt": ("江苏省委办公厅", 2018, "7.00"),
}
FORM = """江苏省XX厅
2017年度部门决算

第三部分 情况说明

一、总体

收入总计XX万元，支出XX万元。
"""


def _folder(folder: Path) -> Path:
    for file, (name, year, figure) in NAMED.items():
        text = DOCUMENT.format(name=name, year=year, figure=figure)
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "form.txt").write_text(FORM, encoding="utf-8")
    report = pipeline.index([folder], str(folder / "index"), workers=0, progress=Silent())
    assert not report.failures
    return folder / "index"


@pytest.fixture(scope="module")
def courts(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index(str(_folder(tmp_path_factory.mktemp("courts"))))


def _figures(index: Index, query: str) -> list[str]:
    found = search(index, f"{query} 公务接待费 类:表格").hits
    return sorted(cell.text for hit in found for cell in hit.cells)


@pytest.mark.parametrize("asked", [COURT, "江苏高院", "江苏省高院", "部门:江苏高院"])
def test_every_name_finds_all_documents(courts: Index, asked: str) -> None:
    assert _figures(courts, asked) == ["1.00", "2.00"]
    assert _figures(courts, f"{asked} 2017") == ["1.00"]


def test_a_relative_name_finds_all_of_that_level(courts: Index) -> None:
    assert _figures(courts, "省法院 2017") == ["1.00", "3.00"]


@pytest.mark.parametrize(
    ("query", "figures"),
    [
        ("地区:江苏", ["1.00", "2.00", "6.00", "7.00"]),
        ("地区:浙江省", ["3.00", "5.00"]),
        ("地区:普陀区", ["4.00", "5.00"]),
        ("地区:上海市普陀区", ["4.00"]),
        ("地区:舟山", ["5.00"]),
        ("-地区:江苏", ["3.00", "4.00", "5.00"]),
    ],
)
def test_a_region_is_a_filter(courts: Index, query: str, figures: list[str]) -> None:
    assert _figures(courts, query) == figures


def test_a_region_is_a_facet_and_a_tree(courts: Index) -> None:
    facet = search(courts, "公务接待费 类:表格").facets["region"]
    assert [(value.value, value.label, value.count) for value in facet] == [
        ("江苏省", "江苏省", 4), ("浙江省", "浙江省", 2), ("上海市", "上海市", 1),
    ]  # fmt: skip
    city = facet[1].children[0]
    assert (city.value, [below.value for below in city.children]) == (
        "浙江省舟山市", ["浙江省舟山市普陀区"],
    )  # fmt: skip


def test_a_region_that_is_not_there_is_told(courts: Index) -> None:
    found = search(courts, "地区:湖北 公务接待费")
    assert found.total.value == 0
    assert any("湖北" in warning.message for warning in found.query.warnings)


def test_a_hit_says_whose_it_is(courts: Index) -> None:
    of = search(courts, "江苏高院 2018 公务接待费").hits[0].document
    assert (of.department, of.genre) == ("江苏高院", "disclosure")
    assert of.organisation is not None
    assert (of.organisation.name, of.organisation.region) == (COURT, ("江苏省",))


def test_coverage_counts_an_organisation_once_and_no_form(courts: Index) -> None:
    found = coverage(courts)
    court = next(one for one in found.departments if COURT in one.names)
    assert set(court.names) == {COURT, "江苏高院"}
    assert [year.year for year in court.years] == [2017, 2018]
    assert not any("XX" in name for one in found.departments for name in one.names)
    assert len(found.departments) == 5


def test_a_comparison_takes_all_names_of_an_organisation(courts: Index) -> None:
    wanted = Wanted("三公经费表", "公务接待费", departments=("江苏高院",))
    found = compare(courts, wanted)
    assert len(found.departments) == 1
    texts = [figure.text for row in found.rows for figure in row.final.figures]
    assert texts == ["1.00", "2.00"]


def test_a_form_is_found_and_is_not_compared(courts: Index) -> None:
    assert search(courts, "部门:江苏省XX厅").hits[0].document.genre == "form"
    found = compare(courts, Wanted("三公经费表", "公务接待费", departments=("江苏省XX厅",)))
    assert found.rows == ()
    assert any("样表" in note for note in found.notes)


def test_organisations_are_listed_with_names_and_documents(courts: Index) -> None:
    found = organisations(courts.reader, name="江苏高院").organisations
    assert [(one.name, one.kind, one.region) for one in found] == [(COURT, "court", ("江苏省",))]
    assert [(of.department, of.year) for of in found[0].documents] == [
        (COURT, 2017), ("江苏高院", 2018),
    ]  # fmt: skip
    assert len(organisations(courts.reader, region="浙江").organisations) == 2


def test_the_command_lists_organisations(courts: Index) -> None:
    run = CliRunner().invoke(cli, ["organisations", "--index", str(courts.path)])
    assert run.exit_code == 0
    assert "又作：江苏高院" in run.output or f"又作：{COURT}" in run.output
    data = CliRunner().invoke(
        cli, ["organisations", "省委办公厅", "--format", "json", "--index", str(courts.path)]
    )
    assert len(json.loads(data.output)["organisations"][0]["documents"]) == 2


def test_the_api_lists_organisations_and_one(courts: Index) -> None:
    client = create_app(courts).test_client()
    listed = client.get("/api/v1/organisations?region=江苏").get_json()["organisations"]
    assert [one["name"] for one in listed] == ["中共江苏省委办公厅", COURT]
    one = client.get(f"/api/v1/organisations/{listed[1]['id']}").get_json()
    assert one == listed[1]
    assert client.get("/api/v1/organisations/none").status_code == 404


MERGED = """
[[organisation]]
name = "普陀区财政局（更正）"
region = ["浙江省", "舟山市", "普陀区"]
names = ["上海市普陀区财政局", "舟山市普陀区财政局"]
"""


def test_corrections_merge_and_stay_over_a_rebuild(tmp_path: Path) -> None:
    path = _folder(tmp_path)
    index = Index(str(path))
    assert _figures(index, "地区:上海") == ["4.00"]
    (path / FILE).write_text(MERGED, encoding="utf-8")
    assert _figures(index, "地区:上海") == []
    assert _figures(index, "部门:普陀区财政局") == ["4.00", "5.00"]
    pipeline.index([], str(path), workers=0, progress=Silent(), rebuild=True)
    found = organisations(Index(str(path)).reader, region="舟山").organisations
    assert [(one.name, len(one.documents)) for one in found] == [("普陀区财政局（更正）", 2)]
    of = search(Index(str(path)), "地区:舟山 公务接待费").hits[0].document
    assert of.organisation is not None
    assert of.organisation.name == "普陀区财政局（更正）"


def test_corrections_split_documents(tmp_path: Path) -> None:
    path = _folder(tmp_path)
    index = Index(str(path))
    document = search(index, "江苏高院 2018").hits[0].document.id
    (path / FILE).write_text(
        f'[[organisation]]\nname = "江苏高新区管委会"\ndocuments = ["{document}"]\n',
        encoding="utf-8",
    )
    found = organisations(Index(str(path)).reader, name=COURT).organisations
    assert [of.department for of in found[0].documents] == [COURT]


@pytest.mark.parametrize(
    "text",
    [
        "[[organisation]]\nnames = ['甲']\n",
        "[[organisation]]\nname = '甲县财政局'\nnamen = []\n",
        "[[organisation]]\nname = '甲县财政局'\nnames = '乙'\n",
        "[[organisation]\n",
        "[[organisation]]\nname='甲县财政局'\nnames=['丙局']\n"
        "[[organisation]]\nname='乙县财政局'\nnames=['丙局']\n",
    ],
)
def test_faulty_corrections_are_told(courts: Index, tmp_path: Path, text: str) -> None:
    path = _folder(tmp_path)
    (path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SearchError, match=FILE):
        Index(str(path))


def test_pages_offer_regions_and_say_whose_a_document_is(courts: Index) -> None:
    client = create_app(courts).test_client()
    page = client.get("/?q=公务接待费").get_data(as_text=True)
    assert "<h2>地区</h2>" in page
    narrowed = client.get("/?q=公务接待费+地区:浙江省舟山市").get_data(as_text=True)
    assert "舟山市普陀区财政局" in narrowed
    assert "江苏高院" not in narrowed
    of = search(courts, "江苏高院 2018").hits[0].document.id
    shown = client.get(f"/documents/{of}").get_data(as_text=True)
    assert f">{COURT}</a>" in shown
    form = search(courts, "部门:江苏省XX厅").hits[0].document
    assert form.title.endswith("（空白样表）")
