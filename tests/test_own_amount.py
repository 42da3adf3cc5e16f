"""The one figure that a record is about: shown, cited and put in order by the same."""

from decimal import Decimal
from pathlib import Path

import pytest

from indexer import pipeline
from search.citation import cited
from search.index import Index
from search.service import search
from tests.conftest import Silent

TABLES = """示例县{name}2023年度部门决算公开
第二部分 2023年度部门决算表
财政拨款“三公”经费支出决算表
部门：示例县{name}\t单位：万元
项目\t年初预算数\t决算数
公务接待费\t{planned}\t{spent}
因公出国（境）费\t0.40\t0.20
"""


@pytest.fixture
def final(engine: str, tmp_path: Path) -> Index:
    """Return an index of three final accounts: what was planned has another order than what was."""
    for name, planned, spent in (
        ("农业局", "9.00", "1.00"), ("水利局", "5.00", "4.00"), ("林业局", "3.00", "3.00"),
    ):  # fmt: skip
        text = TABLES.format(name=name, planned=planned, spent=spent)
        (tmp_path / f"2023-部门决算-{name}.txt").write_text(text, encoding="utf-8")
    url = f"{engine}:{tmp_path / 'index'}"
    pipeline.index([tmp_path], url, workers=0, progress=Silent())
    return Index(url)


@pytest.mark.parametrize(
    ("query", "amounts"),
    [("公务接待费 排序:金额", ("4.00", "3.00", "1.00")),
     ("公务接待费 排序:金额升", ("1.00", "3.00", "4.00")),
     ("公务接待费 > 2万元 排序:金额", ("9.00", "4.00", "3.00")),
     ("[年初预算数] > 1万元 公务接待费 排序:金额", ("9.00", "5.00", "3.00"))],
)  # fmt: skip
def test_a_final_account_is_about_what_was_spent(
    final: Index, query: str, amounts: tuple[str, ...]
) -> None:
    hits = search(final, query).hits
    assert [hit.yuan for hit in hits] == [Decimal(amount) * 10_000 for amount in amounts]
    for hit, amount in zip(hits, amounts, strict=True):
        cell = cited(hit)
        assert cell is not None
        assert cell.text == amount


def test_equal_figures_are_cited_as_spent(final: Index) -> None:
    (hit,) = search(final, "公务接待费 部门:林业局 2023").hits
    cell = cited(hit)
    assert cell is not None
    assert cell.column[-1] == "决算数"
