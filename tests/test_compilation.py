"""A compilation 汇编: several departments' disclosures in one file; no figure changes its owner."""

from pathlib import Path

import pytest

from indexer import pipeline
from indexer.disclosure import read
from search.compare.selection import Wanted
from search.compare.service import compare
from search.index import Index
from search.model import Disclosure
from search.service import search
from tests.conftest import Silent

WATER, SCHOOLS = "某某县水利局", "某某县教育局"

PART = """{name}2024年部门预算

一、收支总表

收支总表
{head}单位：万元
收入\t\t支出
项目\t预算数\t项目\t预算数
一、财政拨款收入\t{total}\t一、农林水支出\t{total}
收入总计\t{total}\t支出总计\t{total}

“三公”经费支出表
{head}单位：万元
项目\t本年预算数
合计\t{guests}
公务接待费\t{guests}

项目支出表
{head}单位：万元
项目名称\t合计
办公楼维修\t{total}

二、情况说明

2024年公务接待费{guests}万元。
"""

FORM = """
项目支出绩效目标表
项目名称\t办公楼维修
主管部门\t某某县教育局\t实施单位\t某某县教育局
项目资金（万元）\t年度资金总额：\t900.00
"""


def _text(head: str = "部门：{name}\t") -> str:
    parts = (
        PART.format(name=name, head=head.format(name=name), total=total, guests=guests)
        for name, total, guests in ((WATER, "120.00", "2.00"), (SCHOOLS, "900.00", "7.00"))
    )
    return "某某县2024年部门预算公开汇编\n\n" + "\n".join(parts) + FORM


def _read(text: str) -> Disclosure:
    return read(text.encode(), "汇编.txt")


@pytest.mark.parametrize("head", ["部门：{name}\t", ""])
def test_each_table_is_its_own_departments(head: str) -> None:
    of = _read(_text(head))
    assert of.department == "某某县水利局等2个部门（汇编）"
    assert of.departments == (WATER, SCHOOLS)
    owners = [table.department for table in of.tables if table.kind != "项目支出绩效表"]
    assert owners == [WATER] * 3 + [SCHOOLS] * 3
    assert "几个部门" in of.warnings[0].message
    assert of.checks.failed == ()


def test_a_form_joins_no_row_of_another_department() -> None:
    of = _read(_text())
    assert [project.yuan for project in of.projects] == [1_200_000, 9_000_000]
    assert not any(project.form_id for project in of.projects)


def test_a_misread_name_makes_no_compilation() -> None:
    part = PART.format(name=WATER, head=f"部门：{WATER}\t", total="1.00", guests="1.00")
    misread = "国有资本经营预算支出表\n部门：某某县水和局\t单位：万元\n项目\t金额\n其他\t1.00\n"
    of = _read(f"{part}\n{misread}")
    assert (of.department, of.departments) == (WATER, ())


def test_parts_of_a_disclosure_are_no_departments() -> None:
    part = PART.format(name=f"第二部分 {WATER}", head="", total="1.00", guests="1.00")
    again = PART.format(name="第三部分 ", head="", total="2.00", guests="2.00")
    of = _read(f"{WATER}\n2024年度部门预算公开\n\n{part}\n{again}")
    assert (of.department, of.departments) == (WATER, ())


def test_a_unit_in_some_tables_does_not_name_the_department() -> None:
    cover = f"{WATER}\n2024年度部门预算公开\n\n第二部分 报表\n\n"
    table = "“三公”经费支出表\n部门：{}\n单位：万元\n项目\t金额\n公务接待费\t1.00\n\n"
    of = _read(cover + table.format(f"{WATER}灌区管理所"))
    assert of.department == WATER


def _with_unit() -> str:
    """Return a department's disclosure with the tables of its own office."""
    tables = PART.partition("二、情况说明")[0].replace("{name}2024年部门预算\n\n一、收支总表", "")
    office = tables.format(head=f"部门：{WATER}本级\t", total="40.00", guests="1.00")
    whole = PART.format(name=WATER, head=f"部门：{WATER}\t", total="120.00", guests="2.00")
    return whole.replace("二、情况说明", f"{office}\n二、情况说明")


def test_tables_of_a_unit_are_its_own_and_the_document_its_departments() -> None:
    of = _read(_with_unit())
    assert (of.department, of.departments) == (WATER, ())
    assert [table.department for table in of.tables] == [None] * 3 + [f"{WATER}本级"] * 3
    assert any(f"{WATER}本级另有自己的表" in warning.message for warning in of.warnings)
    assert of.checks.failed == ()


def test_a_unit_and_its_department_are_found_each_by_name(tmp_path: Path) -> None:
    (tmp_path / "水利局.txt").write_text(_with_unit(), encoding="utf-8")
    pipeline.index([tmp_path], str(tmp_path / "index"), workers=0, progress=Silent())
    index = Index(str(tmp_path / "index"))
    for department, figure in ((WATER, "2.00"), (f"{WATER}本级", "1.00")):
        found = search(index, f"部门:{department} 公务接待费 类:表格").hits
        assert [hit.cells[0].text for hit in found] == [figure], department
        assert {hit.document.department for hit in found} == {department}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("compiled")
    (folder / "汇编.txt").write_text(_text(), encoding="utf-8")
    report = pipeline.index([folder], str(folder / "index"), workers=0, progress=Silent())
    assert report.documents == 1
    return Index(str(folder / "index"))


def test_a_search_finds_each_department_with_its_own_figures(compiled: Index) -> None:
    found = search(compiled, f"部门:{SCHOOLS} 公务接待费 > 1万元")
    assert [(hit.document.department, hit.cells[0].text) for hit in found.hits] == [
        (SCHOOLS, "7.00")
    ]
    said = search(compiled, "公务接待费 = 7万元 类:段落").hits
    assert [hit.document.department for hit in said] == ["某某县水利局等2个部门（汇编）"]


def test_a_compilation_is_not_compared(compiled: Index) -> None:
    compared = compare(compiled, Wanted("三公经费表", "公务接待费", departments=(SCHOOLS,)))
    assert compared.rows == ()
    assert any("汇编" in note for note in compared.notes)
    nothing = search(compiled, f"部门:{SCHOOLS} 公务接待费 > 100万元")
    assert (nothing.total.value, nothing.evidence) == (0, ())
