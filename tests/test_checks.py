"""Relations between figures: met, failed and told once with both places, skipped with why."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from indexer.checks import documentation
from indexer.checks.relation import catalogue
from indexer.checks.result import check
from indexer.disclosure import read, read_file
from search.model import Cell, Check, Contradiction, Disclosure
from tests.conftest import NAMES

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "cases" / "contradictions.json").read_text(encoding="utf-8")
)
"""What was found in the samples, each looked up in the source, with the verdict."""
PDF = Path(__file__).parents[2] / "shared" / "pdf"

HEAD = "某县财政局\n2024年度部门预算公开\n\n第二部分 2024年度部门预算报表\n\n"
SPENDING = (
    "2024年预算支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "\t合计\t{0}\t{1}\t{2}\n208\t社会保障和就业支出\t30.50\t10.00\t20.50\n"
    "20801\t人力资源和社会保障管理事务\t30.50\t10.00\t20.50\n"
    "2080101\t行政运行\t10.00\t10.00\t\n2080199\t其他支出\t20.50\t\t20.50\n"
    "210\t卫生健康支出\t5.25\t5.25\t\n21011\t行政事业单位医疗\t5.25\t5.25\t\n"
    "2101101\t行政单位医疗\t5.25\t5.25\t\n\n"
)
BALANCE = (
    "2024年预算收支总表\n\n单位：万元\n\n收入\t\t支出\t\t\t\n"
    "项目\t2024年\t项目\t2024年合计\t当年预算安排\t上年结转安排\n"
    "一、一般公共预算\t35.75\t一、社会保障和就业支出\t30.50\t30.50\t\n"
    "二、单位资金\t\t二、卫生健康支出\t5.25\t5.25\t\n"
    "本年收入合计\t35.75\t本年支出合计\t{0}\t35.75\t\n"
    "收入总计\t35.75\t支出总计\t{0}\t35.75\t\n\n"
)


def _read(text: str) -> Disclosure:
    return read((HEAD + text).encode(), "x.txt")


def _said(of: Disclosure) -> list[str]:
    return [contradiction.message for contradiction in of.checks.contradictions]


def _failed(of: Disclosure) -> dict[str, Check]:
    return {check.relation: check for check in of.checks.failed}


def _places(of: Disclosure, found: Contradiction, name: str) -> list[list[Any]]:
    terms = found.suspects if name == "suspects" else found.witnesses
    return [[term.text, term.locator.line_start] for term in terms if term.locator]


@pytest.mark.parametrize("name", NAMES)
def test_contradictions_of_the_samples(disclosures: dict[str, Disclosure], name: str) -> None:
    of = disclosures[name]
    assert len(of.checks.contradictions) == len(CASES[name]), _said(of)
    for found, case in zip(of.checks.contradictions, CASES[name], strict=True):
        assert found.cause == case["cause"]
        for places in ("suspects", "witnesses"):
            if places in case:
                assert _places(of, found, places) == case[places]
        assert sorted({of.checks.failed[n].relation for n in found.checks}) == sorted(
            case["relations"]
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_failed_check_is_told_once(disclosures: dict[str, Disclosure], name: str) -> None:
    checks = disclosures[name].checks
    told = [number for found in checks.contradictions for number in found.checks]
    assert sorted(told) == list(range(len(checks.failed)))


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_checked_widely(disclosures: dict[str, Disclosure], name: str) -> None:
    checks = disclosures[name].checks
    assert sum(len(of.equations) for of in checks.agreed) > 150
    known = {relation.id for relation in catalogue().relations}
    assert {of.relation for of in checks.agreed} <= known
    assert {of.relation for of in checks.skipped} <= known
    assert {of.relation for of in checks.failed} <= known
    assert all(skipped.reason for skipped in checks.skipped)


@pytest.mark.parametrize("name", NAMES)
def test_terms_of_what_agrees_are_in_the_document(
    disclosures: dict[str, Disclosure], name: str
) -> None:
    of = disclosures[name]
    ids = {row.id for table in of.tables for row in table.rows}
    ids |= {table.id for table in of.tables} | {project.id for project in of.projects}
    ids |= {statement.id for passage in of.passages for statement in passage.statements}
    for agreement in of.checks.agreed:
        for equation in agreement.equations:
            for ref in (term.removeprefix("-") for term in equation if term):
                assert f"{of.id}-{ref.partition('.')[0]}" in ids


def test_a_contradiction_is_a_warning_with_its_line(disclosures: dict[str, Disclosure]) -> None:
    lines = [w.line for w in disclosures["泽州"].warnings if "只差一个数字" in w.message]
    assert lines == [158, 162, 390]


@pytest.mark.skipif(not PDF.is_dir(), reason="the real PDFs are not in this copy")
def test_real_pdfs() -> None:
    found = {path.stem[-3:]: _said(read_file(path)[0]) for path in sorted(PDF.glob("*.pdf"))}
    clean, contradicted = found["工作部"], found["财政局"]
    assert clean == []
    # Looked up in the source: the text says 总计0.3万元 where the table prints 2,961.68; 71.73%
    # is said of 2106.66 in 2940.05, which are 71.65%.
    assert [("0.3万元" in text, "71.73%" in text) for text in contradicted] == [
        (True, False),
        (False, True),
    ]


def test_what_agrees_says_nothing() -> None:
    of = _read(SPENDING.format("35.75", "15.25", "20.50") + BALANCE.format("35.75"))
    assert _said(of) == []
    assert {"accounts", "total-of-accounts", "spending-kinds", "spending-classes"} <= {
        agreement.relation for agreement in of.checks.agreed
    }


def test_rounding_is_allowed_and_no_more() -> None:
    table = (
        "2024年预算支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\n\t合计\t10.0{0}\n"
        "208\t社会保障支出\t10.0{0}\n20801\t甲\t3.33\n20802\t乙\t3.33\n20805\t丙\t3.34\n"
    )
    assert not _read(table.format(0)).checks.failed
    assert not _read(table.format(2)).checks.failed
    check = _failed(_read(table.format(3)))["accounts"]
    assert check.equation == "10.03 ≠ 3.33 + 3.33 + 3.34"
    assert (check.difference, check.tolerance) == (Decimal(300), Decimal(200))
    assert check.unit == "元"


def test_dropped_zeros_are_no_rounding() -> None:
    of = _read(SPENDING.format("35.75", "15.25", "20.5") + BALANCE.format("36"))
    assert "35.75" in _said(of)[0]


def test_one_digit_is_named_and_not_applied() -> None:
    of = _read(SPENDING.format("35.75", "15.25", "26.50") + BALANCE.format("35.75"))
    (found,) = of.checks.contradictions
    assert found.cause == "digit"
    assert found.message.startswith(
        "支出总表“合计 › 项目支出”印作 26.50，按其他数字应为 20.50，只差一个数字"
    )
    assert found.suspects[0].text == "26.50"


def test_a_shifted_figure_is_named() -> None:
    of = _read(SPENDING.replace("10.00\t10.00\t\n", "10.00\t\t10.00\n")
               .format("35.75", "15.25", "20.50"))  # fmt: skip
    (found,) = of.checks.contradictions
    assert found.cause == "shift"
    assert "应在“基本支出”" in found.message


def test_a_missing_row_is_named() -> None:
    other = SPENDING.replace("预算支出总表", "一般公共预算支出预算表").format(
        "35.75", "15.25", "20.50"
    )
    text = SPENDING.replace("2080199\t其他支出\t20.50\t\t20.50\n", "")
    of = _read(text.format("35.75", "15.25", "20.50") + other)
    (found,) = of.checks.contradictions
    assert found.cause == "missing"
    assert "2080199 其他支出" in found.message


def test_a_wrong_unit_is_named() -> None:
    table = BALANCE.format("35.75").replace("单位：万元", "单位：元")
    (found,) = _read(SPENDING.format("35.75", "15.25", "20.50") + table).checks.contradictions
    assert found.cause == "unit"
    assert "10000 倍" in found.message


def test_blank_is_no_figure_but_breaks_a_sum() -> None:
    of = _read(SPENDING.format("", "15.25", "20.50"))
    assert _failed(of)["spending-kinds"].equation == "（空） ≠ 15.25 + 20.50"


def test_a_table_without_data_that_has_figures() -> None:
    of = _read(SPENDING.format("35.75", "15.25", "20.50").rstrip() + "\n\n注：本表无数据\n")
    (found,) = of.checks.contradictions
    assert found.cause == "empty"


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("收入总计40.00万元，比上年增加10.00万元，增长33.33%。", ""),
        ("收入总计40.00万元，比上年增加10.00万元，增长25.00%。", "growth"),
        ("收入总计40.00万元，比上年增加10.00万元，下降33.33%。", "direction"),
        ("2023年机关运行经费85.11万元，2024年预算82.70万元，比2023年预算减少2.41万元。", ""),
        ("2023年机关运行经费85.11万元，2024年预算82.70万元，比2023年预算增加2.41万元。", "change"),
        ("2023年机关运行经费85.11万元，2024年预算82.70万元，与上年持平。", "change"),
        ("收入40.00万元，其中：事业收入10.00万元，占25.00%；其他收入30.00万元，占75%。", ""),
        ("收入40.00万元，其中：事业收入10.00万元，占52.00%；其他收入30.00万元，占75%。", "share"),
    ],
)
def test_words_against_numbers(sentence: str, relation: str) -> None:
    of = _read(f"第三部分 2024年度部门预算情况说明\n\n一、收支情况\n\n{sentence}\n")
    assert set(_failed(of)) == ({relation} if relation else set())


def test_what_is_no_figure_cannot_be_told() -> None:
    text = SPENDING.replace("支出\t5.25\t5.25\t\n21011", "支出\t5.2 5\t5.25\t\n21011")
    of = _read(text.format("35.75", "15.25", "20.50"))
    assert not of.checks.failed
    assert any("没有读作数字" in check.reason for check in of.checks.unsure)


def test_a_figure_under_no_head_leaves_the_sum_of_its_row_open() -> None:
    of = _read(SPENDING.format("35.75", "15.25", "21.50"))
    (table,) = of.tables
    other = Cell(column=(), text="1.00", value=Decimal(1), unit="万元", yuan=Decimal(10000))
    rows = tuple(row.model_copy(update={"cells": (*row.cells, other)}) for row in table.rows)
    checks = check(of.model_copy(update={"tables": (table.model_copy(update={"rows": rows}),)}))
    doubts = {of.reason for of in checks.unsure if of.relation == "spending-kinds"}
    assert doubts == {"行里有一个数字没有列名"}


def test_many_failures_are_told_in_time() -> None:
    rows = "".join(f"2080{n:03}\t科目{n}\t{n}.00\t7.00\t1.00\n" for n in range(100, 700))
    head = "2024年预算支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    of = _read(head + rows)
    told = sum(len(found.checks) for found in of.checks.contradictions)
    assert told == len(of.checks.failed) > 500


def test_the_page_of_relations_is_up_to_date() -> None:
    """`python -m indexer.checks.documentation` writes it anew."""
    assert documentation.PAGE.read_text(encoding="utf-8") == documentation.page()


def test_every_relation_has_source_and_example() -> None:
    relations = catalogue().relations
    assert all(of.source and of.example and of.equation for of in relations)
    assert len({of.id for of in relations}) == len(relations)


def test_every_contradiction_of_the_samples_has_its_verdict() -> None:
    """Each was looked up in the source; the page of samples has them all."""
    told = (documentation.PAGE.parent / "checked-samples.md").read_text(encoding="utf-8")
    rows = [line for line in told.splitlines() if line.startswith("| ")][2:]
    for cases in CASES.values():
        for case in cases:
            text, line = case["suspects"][0]
            assert any(text in row and f"{line}" in row and case["cause"] in row for row in rows)
