"""How many places word their statements: what a figure is of, and whether it is a change."""

import pytest

from tests.conftest import statements
from tests.layouts import document


def _said(text: str) -> list[str]:
    found = statements(document(f"一、情况说明\n\n{text}\n"))
    return [
        f"{one.subject} {one.value}{one.unit} {one.direction or one.role.value}" for one in found
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "工资福利支出较上年增18.67万元，增21.86%。",
            ["工资福利支出 18.67万元 增加", "工资福利支出 21.86% 增加"],
        ),
        (
            "对个人和家庭的补助较上年（减）6万元，（减）幅23%。",
            ["对个人和家庭的补助 6万元 减少", "对个人和家庭的补助 23% 减少"],
        ),
        ("公务接待费比上年决算少支出0.30万元。", ["公务接待费 0.30万元 减少"]),
        ("公务用车购置费较上年多10.5万元。", ["公务用车购置费 10.5万元 增加"]),
        ("公务接待费决算数低于年初预算数5.50万元。", ["公务接待费 5.50万元 减少"]),
        ("项目支出不低于5.50万元。", ["项目支出不低于 5.50万元 level"]),
        (
            "公务接待费支出2.05万元，年初预算为2万元，差值为0.05万元。",
            [
                "公务接待费支出 2.05万元 level",
                "公务接待费支出 2万元 level",
                "公务接待费支出 0.05万元 change",
            ],
        ),
        (
            "公务接待费3.16万元，人均120元。",
            ["公务接待费 3.16万元 level", "公务接待费 120元 rate"],
        ),
    ],
)
def test_changes_in_few_words(text: str, figures: list[str]) -> None:
    assert _said(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "基本支出和项目支出分别为60.00万元和40.00万元，比上年增加10万元。",
            ["基本支出 60.00万元 level", "项目支出 40.00万元 level"],
        ),
        ("出国费2万元，接待费3万元。与上年相比，分别减少1万元、2万元。",
         ["出国费 2万元 level", "接待费 3万元 level"]),
        ("2024年收、支总计各是125.49，143.91万元。", []),
        ("收、支总计各减少126.86万元，下降23.51%。",
         ["收、支总计 126.86万元 减少", "收、支总计 23.51% 减少"]),
        ("收、支总计各减少126.86万元、257.97万元，各下降23.51%、38.28%。", []),
        ("购置公务用车3、5辆，需资金20-30万元。", []),
        ("2023年和2024年分别为5万元和6万元。", []),
        ("收入、支出总计分别为5万元和6万元。其中：接待费1万元。", ["接待费 1万元 level"]),
    ],
)  # fmt: skip
def test_a_series_says_which_is_which_or_nothing(text: str, figures: list[str]) -> None:
    assert _said(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "机关运行经费85.11万元（其中：公用经费80.00万元），比上年减少3.00万元。",
            [
                "机关运行经费 85.11万元 level",
                "公用经费 80.00万元 level",
                "机关运行经费 3.00万元 减少",
            ],
        ),
        (
            "支出655万元（其中用于工资福利支出613万元），资产合计9元，其中：（1）土地7元，（2）设备2元。",
            ["支出 655万元 level", "用于工资福利支出 613万元 level", "资产合计 9元 level",
             "土地 7元 level", "设备 2元 level"],
        ),
        (
            "公务用车购置费30万元（购置2辆），比上年增加5万元。",
            ["公务用车购置费 30万元 level", "公务用车购置费 2辆 level",
             "公务用车购置费 5万元 增加"],
        ),
        (
            "公务接待24批次，210人次，支出2.05万元。",
            ["公务接待 24批次 level", "公务接待 210人次 level", "公务接待 2.05万元 level"],
        ),
        (
            "对15个项目开展了绩效自评，涉及资金120.50万元。",
            ["项目 15个 level", "项目 120.50万元 level"],
        ),
        (
            "一级项目3个，二级项目12个，共涉及资金567.89万元，占项目支出总额的100%。",
            ["一级项目 3个 level", "二级项目 12个 level", "涉及资金 567.89万元 level",
             "涉及资金 100% share"],
        ),
        (
            "实施项目15个（含2023年结转项目5个），全年安排因公出国团组0个，累计0人次。",
            ["实施项目 15个 level", "结转项目 5个 level", "因公出国团组 0个 level",
             "因公出国团组 0人次 level"],
        ),
        ("本单位有3个全额拨款事业单位，有2家单位已合并。",
         ["全额拨款事业单位 3个 level", "单位 2家 level"]),
        (
            "基本支出2024年预算数为20.50万元，年初预算数为20万元。",
            ["基本支出 20.50万元 level", "基本支出 20万元 level"],
        ),
    ],
)  # fmt: skip
def test_subjects_in_and_behind_brackets_and_counts(text: str, figures: list[str]) -> None:
    assert _said(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "1.公务接待费。2024年预算数1.20万元，比2024年年初预算数2.00万元减少0.80万元。",
            ["公务接待费 1.20万元 level", "公务接待费 2.00万元 level", "公务接待费 0.80万元 减少"],
        ),
        (
            "公务接待费1.20万元，主要用于接待支出。培训费。2023年预算数3.00万元。",
            ["公务接待费 1.20万元 level", "培训费 3.00万元 prior"],
        ),
        (
            "更新公务用车2辆，其中：轿车1辆、越野车1辆，金额40万元，车均20万元。",
            ["更新公务用车 2辆 level", "轿车 1辆 level", "越野车 1辆 level",
             "更新公务用车 40万元 level", "更新公务用车 20万元 rate"],
        ),
        ("公务接待费增加（或减少）0.00万元。", ["公务接待费 0.00万元 change"]),
        (
            "三公经费20万元，其中：出国费5万元；接待费15万元。比上年减少2万元，下降9%。",
            ["三公经费 20万元 level", "出国费 5万元 level", "接待费 15万元 level"],
        ),
        (
            "三公经费20万元。其中，出国费5万元，接待费15万元。比上年减少2万元的主要原因是会议减少1次。",
            ["三公经费 20万元 level", "出国费 5万元 level", "接待费 15万元 level",
             "三公经费 2万元 减少", "会议 1次 减少"],
        ),
        (
            "包括人员经费450万元和公用经费50万元，“教育支出”（类）2024年度预算90万元。",
            ["人员经费 450万元 level", "公用经费 50万元 level", "“教育支出”(类) 90万元 level"],
        ),
    ],
)  # fmt: skip
def test_items_as_sentences_of_their_own_and_templates(text: str, figures: list[str]) -> None:
    assert _said(text) == figures
