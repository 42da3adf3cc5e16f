"""Hostile text: read in time that grows no faster than the text, or nearly so."""

from collections.abc import Callable

import pytest

from indexer.disclosure import read

HEAD = "某县财政局\n2024年度部门预算公开\n\n第二部分 报表\n\n"
ACCOUNTS = HEAD + "2024年预算支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\n"

# Each of these once took seconds or forever; a run that hangs is ended by the time limit of
# continuous integration, so that no test asserts a time.
CASES: dict[str, Callable[[int], str]] = {
    "empty words": lambda n: f"{HEAD}一、说明\n\n办公费1万元，约{'共计' * n}甲10万元。\n",
    "short lines": lambda n: "a\n" * n,
    "wrapped lines": lambda n: f"{HEAD}一、说明\n\n" + "公务用车运行\n" * n,
    "page numbers": lambda n: f"{HEAD}a\tb\n" + "- 1 -\n" * n + "c\td\n",
    "codes and totals": lambda n: (
        ACCOUNTS + "".join(f"{1000000 + i}\t甲{i}\t1.00\n\t合计\t1.00\n" for i in range(n))
    ),
    "spaces in contents": lambda n: f"目录\na{' ' * n}b\n",
    "dots": lambda n: f"{HEAD}a{'.' * n}b\n",
    "spaces in a name": lambda n: f"{HEAD}部门名称：x{' ' * n}y\n",
    "tags": lambda n: HEAD + "x" + "<b>" * n,
    "names": lambda n: HEAD + "".join(f"部门名称：某县第{i}局\n\n" for i in range(n)),
    "wide header": lambda n: ACCOUNTS + "名称" + "\t" * n + "\n" + "合计\t" * n + "\n",
    "a long name": lambda n: "某" * n + "局\n2024年部门预算\n\n正文文字。",
    "digits": lambda n: f"{ACCOUNTS}208\t甲\t{'1' * n}\n",
}


@pytest.mark.parametrize("case", CASES)
def test_hostile_text_is_read(case: str) -> None:
    assert read(CASES[case](3000).encode(), "x.txt").department


@pytest.mark.parametrize("mark", ["①", "⑴", "½", "٣"])
def test_odd_digits_are_text(mark: str) -> None:
    table = f"某某情况表\n\n单位：万元\n\n序号\t项目\t金额\n{mark}\t甲\t1.00\n{mark}\t乙\t2.00\n"
    rows = read((HEAD + table).encode(), "x.txt").tables[0].rows
    assert [row.label for row in rows] == ["甲", "乙"]


def test_marks_within_a_sentence_are_no_part_of_its_figures() -> None:
    text = f'{HEAD}一、说明\n\n公务接待费<span class="w10">10</span>万元。\n'
    of = read(text.encode(), "x.txt")
    [statement] = [s for p in of.passages for s in p.statements]
    at = statement.figure
    assert text[at.char_start : at.char_end] == "10</span>万元"
    assert statement.yuan == 100000


def test_contents_alone() -> None:
    assert read("目录\n一、说明.....1\n".encode(), "x.txt").tables == ()
