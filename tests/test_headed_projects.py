"""Projects that headed paragraphs tell, without a form."""

from decimal import Decimal

import pytest

from indexer.disclosure import read
from search.model import Disclosure

_HEADS = ("项目概述", "立项依据", "实施主体", "实施方案", "实施周期", "年度预算安排", "绩效目标")


def _read(
    amount: str, title: str = "河道保洁项目经费情况说明", heads: tuple[str, ...] = _HEADS
) -> Disclosure:
    said = ["清理河道漂浮物。", "按河道管理条例设立。", "某县水利局", "委托专业公司实施。", "一年",
            amount, "水面整洁。"]  # fmt: skip
    parts = "\n\n".join(
        f"{'一二三四五六七'[n]}、{head}\n\n{text}"
        for n, (head, text) in enumerate(zip(heads, said, strict=True))
    )
    return read(f"某县水利局2024年部门预算\n\n{title}\n\n{parts}\n".encode(), "说明.txt")


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ("120万元", 1_200_000),
        ("2024年预算安排120.00万元。", 1_200_000),
        ("2024年度项目总预算120.00万，其中甲80.00万，乙40.00万。", 1_200_000),
        ("甲80万元，乙40万元，合计120万元。", 1_200_000),
        ("1,200,000元", 1_200_000),
        ("第一季度30万元，第二季度40万元，第三季度50万元。", None),
        ("2023年安排90万元，2024年安排120万元。", 1_200_000),
        ("详见预算表", None),
        ("0.5亿元", 50_000_000),
        ("每季度30万元，每季度30万元", 300_000),
    ],
)
def test_the_amount_is_the_only_one_or_the_total(amount: str, yuan: int | None) -> None:
    (project,) = _read(amount).projects
    assert project.yuan == (None if yuan is None else Decimal(yuan))
    assert project.name == "河道保洁"
    assert project.overview == "清理河道漂浮物。"
    fields = {field.name: field.value for field in project.fields}
    assert fields["实施单位"] == "某县水利局"
    assert fields["项目周期"] == "一年"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("人才培养项目经费情况说明", "人才培养"),
        ("商贸发展专项资金情况说明", "商贸发展专项"),
        ("校园维修项目情况说明", "校园维修"),
        ("产业扶持（政策资金）经费情况说明", "产业扶持(政策资金)"),
    ],
)
def test_the_heading_names_the_project(title: str, name: str) -> None:
    assert [project.name for project in _read("5万元", title).projects] == [name]


def test_a_project_without_a_name_is_told() -> None:
    of = _read("5万元", "项目经费情况说明")
    assert of.projects == ()
    assert any("没有印名称" in warning.message for warning in of.warnings)


def test_other_words_for_the_same_heads() -> None:
    heads = (
        "项目概况",
        "项目立项依据",
        "项目实施单位",
        "项目实施计划",
        "项目期限",
        "项目预算",
        "项目绩效目标",
    )
    assert [project.yuan for project in _read("5万元", heads=heads).projects] == [50_000]


def test_a_narrative_with_a_single_such_head_is_no_project() -> None:
    of = read("一、收入情况\n\n本年收入5万元。\n\n二、绩效目标\n\n做好工作。\n".encode(), "文.txt")
    assert of.projects == ()
