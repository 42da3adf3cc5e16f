"""A comparison in a counting unit looks at what is counted, whatever stands beside it."""

from pathlib import Path

import pytest

from indexer import pipeline
from search.index import Index
from search.service import search
from tests.conftest import Silent

TEXT = """某某县水利局
2024年部门预算公开

第二部分 报表

国有资产占用情况表
单位：万元
项目\t数量\t价值\t上年数量
一、车辆（辆）\t3\t45.60\t5
其中：应急保障用车（辆）\t1\t18.00\t4
二、房屋（平方米）\t1,200\t300.00\t1,100

三公经费支出表
单位：万元
项目\t本年预算数\t车辆数（辆）\t接待人次
公务用车运行维护费\t10.00\t4\t
公务接待费\t2.00\t\t96

第三部分 情况说明

一、其他说明

公务接待费2.00万元，接待12批次，共有车辆6辆。
"""


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("counted")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    pipeline.index([folder / "a.txt"], str(folder / "index"), workers=0, progress=Silent())
    return Index(str(folder / "index"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("车辆 >= 3辆", {"车辆（辆）": "3", "车辆": "6辆", "公务用车运行维护费": "4"}),
        ("车辆 = 5辆", {}),  # last year's
        ("公务用车 >= 3辆", {"公务用车运行维护费": "4"}),
        ("应急保障用车 <= 1辆", {"应急保障用车（辆）": "1"}),
        ("房屋 > 1000平方米", {"房屋（平方米）": "1,200"}),
        ("公务接待费 > 50人次", {"公务接待费": "96"}),
        ("公务接待费 > 3批次", {"公务接待费": "12批次"}),
        ("车辆 > 40万元", {"车辆（辆）": "45.60"}),
    ],
)
def test_counts_beside_money(counted: Index, query: str, found: dict[str, str]) -> None:
    hits = search(counted, query).hits
    assert {h.label: cell.text for h in hits for cell in h.cells if cell.matched} == found
