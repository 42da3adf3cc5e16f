"""Years that are written short or named by today's are read, and that is told."""

import pytest

from search.query.parser import parse
from search.query.printing import text
from search.query.years import this_year


@pytest.mark.parametrize(
    ("query", "reads"),
    [
        ("24年三公经费", "2024 三公经费"),
        ("三公经费 ２４年度", "三公经费 2024"),
        ("人社局24年的公务接待费", "人社局 2024 公务接待费"),
        ("22-24年培训费", "2022-2024 培训费"),
        ("22年到24年 培训费", "2022-2024 培训费"),
        ("去年公务接待费", f"{this_year() - 1} 公务接待费"),
        ("培训费 今年", f"培训费 {this_year()}"),
        ("人社局前年的决算", f"人社局 {this_year() - 2} 决算"),
    ],
)
def test_a_short_year_is_read_and_told(query: str, reads: str) -> None:
    parsed = parse(query)
    assert parsed.tree is not None
    assert text(parsed.tree) == reads
    assert any("年度理解" in warning.message for warning in parsed.warnings)


@pytest.mark.parametrize(
    "query",
    ["使用满15年", "15年以上", "近10年", "24年12月", "99年", "以前年度结转", "目前年度",
     "24年期国债", "文明年", "与去年相比", "比去年", "去年同期", "2024年初"],
)  # fmt: skip
def test_what_is_no_fiscal_year_stays(query: str) -> None:
    assert not any("年度理解" in warning.message for warning in parse(query).warnings)
