"""One disclosure in several files: its hits are grouped, its figures count once."""

from pathlib import Path

import pytest

from indexer import pipeline
from search.compare.selection import Wanted
from search.compare.service import compare
from search.index import Index
from search.organisations.listing import organisations
from search.service import search
from tests.conftest import Silent

NAME = "江苏省审计厅"
TEXT = """江苏省审计厅
2024年度部门预算

第二部分 报表

“三公”经费支出表
部门：江苏省审计厅
单位：万元
项目\t预算数
合计\t{total}
公务接待费\t{total}

第三部分 情况说明

一、总体情况

江苏省审计厅2024年度公务接待费预算{total}万元，与上年持平。{more}
"""


def _indexed(folder: Path, *texts: str) -> Index:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    report = pipeline.index([folder], str(folder / "index"), workers=0, progress=Silent())
    assert report.documents == len(texts)
    return Index(str(folder / "index"))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Index:
    first = TEXT.format(total="1,200.00", more="")
    second = TEXT.format(total="1200.00", more="主要用于接待2批次。")
    return _indexed(tmp_path_factory.mktemp("twins"), first, second)


def test_a_row_in_two_files_is_one_hit(twice: Index) -> None:
    found = search(twice, "公务接待费 类:表格")
    assert (found.total.value, found.shown) == (2, 1)
    assert [hit.repeated for hit in found.hits] == [1]
    assert found.hits[0].repeats[0].document.id != found.hits[0].document.id


def test_a_figure_in_two_files_counts_once(twice: Index) -> None:
    found = compare(twice, Wanted("三公经费表", "公务接待费", departments=(NAME,)))
    (row,) = found.rows
    assert len(row.budget.figures) == 1
    assert not row.budget.differing


def test_one_file_stands_for_both(twice: Index) -> None:
    (one,) = organisations(twice.reader).organisations
    assert len({of.id for of in one.documents}) == 2
    (current,) = {of.current for of in one.documents}
    assert "2批次" in str(twice.store.disclosure(current))


def test_what_differs_stays_two(tmp_path: Path) -> None:
    index = _indexed(tmp_path, *(TEXT.format(total=n, more="") for n in ("5.00", "6.00")))
    assert search(index, "公务接待费 类:表格").shown == 2
    found = compare(index, Wanted("三公经费表", "公务接待费", departments=(NAME,)))
    assert found.rows[0].budget.differing


def test_a_unit_of_the_same_name_is_no_twin(tmp_path: Path) -> None:
    text = TEXT.format(total="5.00", more="")
    index = _indexed(tmp_path, text, text.replace("部门预算", "单位预算"))
    assert search(index, "公务接待费 类:表格").shown == 2
    (one,) = organisations(index.reader).organisations
    assert [of.current == of.id for of in one.documents] == [True, True]


def test_another_year_is_no_twin(tmp_path: Path) -> None:
    text = TEXT.format(total="5.00", more="")
    index = _indexed(tmp_path, text, text.replace("2024", "2023"))
    assert search(index, "公务接待费 类:表格").shown == 2
