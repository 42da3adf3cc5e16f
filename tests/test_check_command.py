"""`gongkai check`: contradictions with citations, as text and JSON; what stands between years."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import pipeline
from search.index import Index
from search.review.model import Review
from search.review.service import review
from tests.conftest import Silent

HEAD = (
    "某县财政局\n{0}年度部门{1}公开\n\n第三部分 {0}年度部门{1}情况说明\n\n一、机关运行经费情况\n\n"
)


def _run(index: Index, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    run = [sys.executable, "-m", "gongkai", "check", "--index", str(index.path), *arguments]
    root = Path(__file__).parent.parent
    return subprocess.run(run, capture_output=True, check=False, cwd=root)


def _indexed(tmp_path: Path, **texts: str) -> Index:
    tmp_path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [tmp_path / f"{name}.txt" for name in texts]
    pipeline.index(files, str(tmp_path / "index"), workers=0, progress=Silent())
    return Index(str(tmp_path / "index"))


def test_text_cites_both_places_of_each_contradiction(index: Index) -> None:
    done = _run(index)
    text = done.stdout.decode()
    assert done.returncode == 0
    for said in ("5512.46", "5542.46", "12.50，按其他数字应为 42.50", "错了一列"):
        assert said in text
    assert "行：劳动保障监察，列：合计，42.50万元（2024-部门预算-泽州" in text
    assert "共核对 5 份文件" in text
    assert "矛盾 10 处，在 4 份文件中" in text


def test_known_contradictions_are_told_once(index: Index) -> None:
    found = Review.model_validate_json(_run(index, "--format", "json").stdout)
    (zezhou,) = [of for of in found.documents if "泽州" in of.document.source]
    assert [finding.suspects[0].text for finding in zezhou.findings] == [
        "5512.46", "812.76", "12.50", "2139.03",
    ]  # fmt: skip
    assert found.contradicted == sum(len(of.findings) for of in found.documents)


def test_every_citation_holds_the_figure_it_cites(index: Index) -> None:
    for document in review(index).documents:
        text = source_text(index, document.document.sha256)
        for finding in document.findings:
            for term in (*finding.suspects, *finding.witnesses):
                assert term.text in term.citation or term.text == "本表无数据"
                assert document.document.source in term.citation
                assert term.locator is not None
                if term.text != "本表无数据":
                    assert text[term.locator.char_start : term.locator.char_end] == term.text


def source_text(index: Index, sha256: str) -> str:
    data = index.store.source(sha256)
    assert data is not None
    return data.decode()


def test_strict_fails_where_something_contradicts(index: Index, tmp_path: Path) -> None:
    assert _run(index, "--strict").returncode == 1
    said = HEAD.format(2024, "预算") + "机关运行经费82.70万元。\n"
    assert _run(_indexed(tmp_path, a=said), "--strict").returncode == 0


@pytest.mark.parametrize(("quoted", "agrees"), [("85.11", True), ("85.1", True), ("95.11", False)])
def test_a_figure_quoted_a_year_later(tmp_path: Path, quoted: str, agrees: bool) -> None:
    index = _indexed(
        tmp_path,
        before=HEAD.format(2023, "预算") + "2023年机关运行经费预算85.11万元。\n",
        after=HEAD.format(2024, "预算")
        + f"2023年机关运行经费预算{quoted}万元，2024年机关运行经费预算82.70万元。\n",
    )
    (found,) = review(index).quoted
    assert (found.agrees, found.year) == (agrees, 2023)
    assert (found.quoted.text, found.printed.text) == (f"{quoted}万元", "85.11万元")
    assert "before.txt" in found.printed.citation
    done = _run(index, "--strict")
    assert done.returncode == (0 if agrees else 1)
    assert ("所引的数与上年文件不同" in done.stdout.decode()) is not agrees


TABLE = """第二部分 报表

一般公共预算支出表

单位：万元

科目编码\t科目名称\t{heads}
201\t一般公共服务支出\t{figures}
20101\t人大事务\t{figures}
"""


@pytest.mark.parametrize(
    ("heads", "figures", "agrees"),
    [
        ("上年预算数\t本年预算数", "100.00\t120.00", True),
        ("2023年预算数\t2024年预算数\t增减额", "100.0\t120.00\t20.00", True),
        ("上年预算数\t本年预算数", "101.00\t120.00", False),
        ("2023年执行数\t2024年预算数", "99.00\t120.00", None),
        ("2023年决算数\t2024年预算数", "99.00\t120.00", None),
    ],
)
def test_a_column_of_the_year_before(
    tmp_path: Path, heads: str, figures: str, agrees: bool | None
) -> None:
    index = _indexed(
        tmp_path,
        before=HEAD.format(2023, "预算") + TABLE.format(heads="预算数", figures="100.00"),
        after=HEAD.format(2024, "预算") + TABLE.format(heads=heads, figures=figures),
    )
    found = review(index).quoted
    assert [one.agrees for one in found] == ([] if agrees is None else [agrees, agrees])
    for one in found:
        assert one.printed.text == "100.00"
        assert one.quoted.text == figures.partition("\t")[0]
        assert "after.txt" in one.quoted.citation


@pytest.mark.parametrize(("year", "agrees"), [(2023, [False, False]), (2022, [])])
def test_a_table_of_another_year_is_compared_with_that_year(
    tmp_path: Path, year: int, agrees: list[bool]
) -> None:
    table = TABLE.format(heads="预算数", figures="{}")
    index = _indexed(
        tmp_path,
        before=HEAD.format(2023, "预算") + table.replace("{}", "90.00"),
        after=HEAD.format(2024, "预算")
        + table.replace("{}", "100.00").replace(
            "一般公共预算支出表", f"{year}年一般公共预算支出表"
        ),
    )
    assert [one.agrees for one in review(index).quoted] == agrees


def test_another_level_or_report_is_not_the_year_before(tmp_path: Path) -> None:
    before = HEAD.format(2023, "预算") + "2023年机关运行经费预算85.11万元。\n"
    after = HEAD.format(2024, "预算") + "2023年机关运行经费预算95.11万元，2024年82.70万元。\n"
    unit = before.replace("部门预算", "单位预算")
    final = HEAD.format(2023, "决算") + "2023年机关运行经费决算85.11万元。\n"
    assert review(_indexed(tmp_path / "a", unit=unit, after=after)).quoted == ()
    assert review(_indexed(tmp_path / "b", final=final, after=after)).quoted == ()


def test_execution_is_information(tmp_path: Path) -> None:
    table = (
        "{0}年“三公”经费{1}表\n\n单位：万元\n\n项目\t{1}数\n合计\t{2}\n"
        "因公出国（境）费\t0.00\n公务接待费\t{2}\n公务用车购置及运行费\t0.00\n"
    )
    texts = {
        name: HEAD.format(2024, report) + "第二部分 报表\n\n" + table.format(2024, report, figure)
        for name, report, figure in (("a", "预算", "2.00"), ("b", "决算", "1.50"))
    }
    index = _indexed(tmp_path, **texts)
    found = [of for of in review(index).executed if of.table == "三公经费表"]
    assert [(of.budget and of.budget.text, of.final and of.final.text) for of in found] == [
        ("2.00", "1.50")
    ]
    assert json.loads(_run(index, "--format", "json").stdout)["executed"]
    assert _run(index, "--strict").returncode == 0
