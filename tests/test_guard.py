"""The guard of scopes 口径: a comparison refuses to mix what is not alike, and says so."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import pipeline
from search.compare.obstacles import obstacles
from search.compare.selection import Wanted, select
from search.compare.service import compare
from search.index import Index
from tests.conftest import Silent
from web.chart import chart


def _document(
    department: str, report: str, *, level: str = "部门", title: str = "{0}支出总表"
) -> str:
    return (
        f"{department}\n2024年度{level}{report}公开\n\n第二部分 2024年度报表\n\n"
        f"2024年{title.format(report)}\n\n部门名称：{department}\n\n单位：万元\n\n"
        f"科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t10.00\t20.00\n"
        f"208\t社会保障和就业支出\t30.00\t10.00\t20.00\n"
    )


def _index(tmp_path: Path, *texts: str) -> Index:
    folder = tmp_path / "sources"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    report = pipeline.index([folder], str(tmp_path / "index"), workers=0, progress=Silent())
    assert report.documents == len(texts)
    return Index(str(tmp_path / "index"))


WANTED = Wanted(table="支出总表", item="合计")


def test_levels_are_never_mixed(tmp_path: Path) -> None:
    index = _index(tmp_path, _document("甲县财政局", "预算"), _document("乙县财政局", "预算"),
                   _document("丙县图书馆", "预算", level="单位"))  # fmt: skip
    found = compare(index, WANTED)
    assert {row.department for row in found.rows} == {"甲县财政局", "乙县财政局"}
    assert found.notes[0] == "比较的都是部门级文件（部门连同所属单位）。"
    mixed = compare(index, Wanted("支出总表", "合计", departments=("甲县财政局", "丙县图书馆")))
    absences = {row.department: row.budget.absence for row in mixed.rows}
    assert absences["丙县图书馆"] == "other_level"
    assert any("其他级别的文件，没有列入" in note for note in mixed.notes)


def test_a_department_and_its_own_unit_are_not_in_one_chart(tmp_path: Path) -> None:
    index = _index(tmp_path, _document("甲县财政局", "预算"), _document("乙县财政局", "预算"))
    selection = select(index.reader, WANTED, "支出总表")
    documents = {
        place: tuple(
            info.model_copy(update={"parent": "甲县财政局" if "乙" in place[0] else None})
            for info in infos
        )
        for place, infos in selection.documents.items()
    }
    held = replace(selection, documents=documents)
    found = obstacles(held, compare(index, WANTED).rows, "万元")
    assert found == ["甲县财政局是乙县财政局的主管部门，它的数字可能已包含后者，整体不与部分同图。"]


def test_budget_and_final_account_of_different_places_are_not_compared(tmp_path: Path) -> None:
    index = _index(tmp_path, _document("甲县财政局", "预算"), _document("乙县财政局", "决算"))
    found = compare(index, WANTED)
    assert any("预算不能与决算混比" in obstacle for obstacle in found.obstacles)
    assert chart(found) is None


def test_funds_are_not_mixed(tmp_path: Path) -> None:
    title = "{0}一般公共预算支出表"
    plain = _document("甲县财政局", "预算", title=title)
    carried = _document("乙县财政局", "预算", title=f"{title}（不含上年结转）")
    index = _index(tmp_path, plain, carried)
    found = compare(index, Wanted("一般公共预算支出表", "合计"))
    assert any("结转口径不同" in obstacle for obstacle in found.obstacles)
    assert chart(found) is None


def test_a_sum_and_its_part_are_not_compared(tmp_path: Path) -> None:
    """The same name may stand for an account and one below it: both are shown, none is chosen."""
    text = _document("甲县财政局", "预算")
    text += "20801\t社会保障和就业支出\t5.00\t5.00\t\n"
    index = _index(tmp_path, text, _document("乙县财政局", "预算"))
    found = compare(index, Wanted("支出总表", "社会保障和就业支出"))
    (row,) = [row for row in found.rows if row.department == "甲县财政局"]
    assert [figure.text for figure in row.budget.figures] == ["30.00", "5.00"]
    assert row.budget.differing
    assert row.budget.one is None


@pytest.mark.parametrize("report", ["预算", "决算"])
def test_what_is_alike_is_compared(tmp_path: Path, report: str) -> None:
    texts = (_document(name, report) for name in ("甲县财政局", "乙县财政局"))
    found = compare(_index(tmp_path, *texts), WANTED)
    assert found.obstacles == ()
    assert chart(found) is not None
