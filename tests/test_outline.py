"""The outline: what heads a section, what is narrative under no heading, what is neither."""

import pytest

from indexer.disclosure import read
from search.model import Disclosure


def _read(text: str) -> Disclosure:
    return read(text.encode(), "说明.txt")


def _figures(text: str) -> list[str]:
    of = _read(text)
    return [f"{s.value}{s.unit}" for p in of.passages for s in p.statements]


def _paths(text: str) -> list[str]:
    return [" > ".join(section.path) for section in _read(text).sections]


NO_HEADING = [
    "某县财政局2024年“三公”经费预算情况说明\n2024年某县县级“三公”经费预算为520.30万元,其中:公务接待费100.10万元。",
    "关于2023年度决算的说明\n\n本年收入100万元，支出90万元。",
    "2025年青石镇人民政府部门预算\n2025年收入总计310.5万元，支出总计310.5万元。",
    "我校2024年预算收入1200万元。\n其中：财政拨款1000万元。",
    "2024年度云溪区人民法院部门决算公开\n\n一般公共预算财政拨款支出3300.21万元，比上年减少12万元。",
    "预算公开\n全院总收入8.2亿元，比上年增加0.3亿元。",
    "经费情况\n\n公务接待费支出3.10万元，\n比上年减少0.20万元。",
    "2022年政府性基金支出600万元。\n\n2022年国有资本经营预算支出0万元。",
    "2024年部门预算说明\n办公费12万元；差旅费6.5万元。",
    "1. 办公费 12.00万元。\n2. 差旅费 6.50万元。",
]


@pytest.mark.parametrize("text", NO_HEADING)
def test_text_under_no_heading_is_narrative(text: str) -> None:
    assert len(_figures(text)) >= 2


BEFORE_THE_FIRST = [
    ("某县民政局2024年部门决算", "", "一、公务接待费"),
    ("某县民政局2024年部门决算", "\n", "一、公务接待费"),
    ("2024年度东港乡卫生院单位决算公开", "\n", "第一部分 单位概况"),
    ("北岭街道办事处2023年部门预算", "", "（一）收入情况"),
    ("2024年部门预算公开", "\n", "1、收入预算说明"),
    ("", "", "一、收支总体情况"),
    ("某中学2025年单位预算", "", "第一章 概况"),
    ("某局2024年预算说明", "\n", "## 一、收入情况"),
    ("# 某局2024年预算说明", "\n", "## 收入情况"),
    ("2021年度某市档案馆单位决算", "\n", "一、机构设置"),
]


@pytest.mark.parametrize(("title", "gap", "heading"), BEFORE_THE_FIRST)
def test_text_before_the_first_heading_is_narrative(title: str, gap: str, heading: str) -> None:
    said = "2024年“三公”经费预算安排37万元,其中:公务接待费20万元。具体情况如下:"
    text = f"{title}\n{gap}{said}\n{gap}{heading}\n{gap}本年公务接待费预算18万元。\n"
    assert _figures(text) == ["37万元", "20万元", "18万元"]


WITH_A_STOP = [
    "三、一般公共预算财政拨款支出决算情况。",
    "一、收入支出总体情况说明。",
    "（一）收入决算情况。",
    "二、部门概况。",
    "四、“三公”经费支出情况说明。",
    "（三）机关运行经费支出情况。",
    "五、政府采购情况。",
    "六、国有资产占用情况说明。",
    "七、预算绩效管理工作开展情况。",
    "（二）预算安排。",
]


@pytest.mark.parametrize("heading", WITH_A_STOP)
def test_a_heading_may_end_in_a_stop(heading: str) -> None:
    text = f"某局2024年部门决算\n{heading}\n2024年支出总计1741.75万元,比上年减少53.7万元。\n"
    of = _read(text)
    assert [section.title for section in of.sections] == [heading]
    assert [s.value for p in of.passages for s in p.statements if p.section] != []


NO_HEADINGS = [
    "一、指导基层自治。\n二、维护社区平安。\n三、承办其他事项。",
    "1.贯彻执行法律法规\n2.制定工作规划\n3.完成其他任务",
    "包括：\n（一）办公室\n（二）财务科\n（三）人事科",
    "本部门共有单位2家，具体包括： 1. 局本部\n\n2. 法律援助中心",
    "2024年财政拨款支出中，用于人员的支出\n情况说明如下：基本支出10万元。",
    "无其他需要说明的情况",
    "详见附件说明",
    "四、实施综合管理。承担组织领导和综合协调职能。",
    "项目支出50万元，主要用于信息系统\n运行维护情况",
    "七、",
]


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_items_and_wrapped_sentences_head_nothing(text: str) -> None:
    found = _paths(f"一、主要职能\n\n本局负责全县民政工作。\n\n{text}\n\n本局负责其他工作。\n")
    assert found == ["一、主要职能"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("第一部分 概况\n\n一、职责\n\n甲。\n\n（一）内设机构\n\n乙。\n",
         ["第一部分 概况", "第一部分 概况 > 一、职责", "第一部分 概况 > 一、职责 > （一）内设机构"]),  # noqa: E501 - a document's text
        ("第一章 概况\n\n一、职责\n\n甲。\n\n第二章 说明\n\n乙。\n",
         ["第一章 概况", "第一章 概况 > 一、职责", "第二章 说明"]),
        ("主要职责\n\n甲负责。\n\n预算编制说明\n\n一、收入情况\n\n乙为10万元。\n",
         ["主要职责", "预算编制说明", "预算编制说明 > 一、收入情况"]),
        ("# 部门概况\n\n## 一、职责\n\n甲。\n\n# 情况说明\n\n## 一、收入\n\n乙。\n",
         ["部门概况", "部门概况 > 一、职责", "情况说明", "情况说明 > 一、收入"]),
        ("I. 基本情况\n\n甲。\n\nII. 收支情况\n\n乙。\n", ["I. 基本情况", "II. 收支情况"]),
        ("一、收入\n\n甲。\n\n附件1：项目清单\n\n乙。\n", ["一、收入", "附件1：项目清单"]),
        ("一、支出\n\n甲。\n\n1. 基本支出\n\n乙。\n\n2. 项目支出\n\n丙。\n",
         ["一、支出", "一、支出 > 1. 基本支出", "一、支出 > 2. 项目支出"]),
    ],
)  # fmt: skip
def test_levels_of_headings(text: str, paths: list[str]) -> None:
    assert _paths(text) == paths


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n第一部分 单位概况\n一、主要职责\n二、机构设置\n第二部分 情况说明\n",
        "目 录\n\n第一部分 单位概况......1\n一、主要职责......1\n二、机构设置......2\n第二部分 情况说明......3\n",  # noqa: E501 - a document's text
        "目录\n第一部分 单位概况\t1\n一、主要职责\t1\n二、机构设置\t2\n第二部分 情况说明\t3\n",
        "第一部分 单位概况\n一、主要职责\n二、机构设置\n第二部分 情况说明\n",
        "目录\n第一部分 单位概况\n……………………\n一、主要职责\n……………………\n二、机构设置\n……………………\n第二部分 情况说明\n……………………\n",  # noqa: E501 - a document's text
    ],
)
def test_contents_head_nothing(contents: str) -> None:
    body = (
        "第一部分 单位概况\n\n一、主要职责\n\n本站负责河道管理。\n\n二、机构设置\n\n本站设3个科。\n\n"  # noqa: E501 - a document's text
        "第二部分 情况说明\n\n2024年收入50万元。\n"
    )
    assert _paths(f"某站2024年单位预算\n\n{contents}\n{body}") == [
        "第一部分 单位概况",
        "第一部分 单位概况 > 一、主要职责",
        "第一部分 单位概况 > 二、机构设置",
        "第二部分 情况说明",
    ]


@pytest.mark.parametrize("heading", ["名词解释", "四、名词解释", "第四部分 名词解释", "# 名词解释"])
def test_only_its_own_section_is_definition(heading: str) -> None:
    of = _read(
        f"三、情况说明\n\n本年收入共计为5万元。\n\n{heading}\n\n一、财政拨款收入：指从财政取得的资金。\n\n"
        "二、其他收入：指除上述以外的收入。\n\n第五部分 附件\n\n本年支出4万元。\n"
    )
    assert [p.part for p in of.passages] == ["narrative", "definition", "definition", "narrative"]


def test_a_list_below_a_heading_of_its_kind_stays_below_it() -> None:
    of = _read(
        "二、名词解释\n\n一、甲收入：指一种收入。\n\n二、乙收入：指另一种收入。\n\n三、丙收入：指又一种收入。\n"
    )
    assert {p.section for p in of.passages} == {("二、名词解释",)}
