"""How a province prints: amounts, table titles, form numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.model import Organisation

CLASSES = {
    "201": "一般公共服务支出", "202": "外交支出", "203": "国防支出", "204": "公共安全支出",
    "205": "教育支出", "206": "科学技术支出", "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出", "209": "社会保险基金支出", "210": "卫生健康支出",
    "211": "节能环保支出", "212": "城乡社区支出", "213": "农林水支出", "214": "交通运输支出",
    "215": "资源勘探工业信息等支出", "216": "商业服务业等支出", "217": "金融支出",
    "219": "援助其他地区支出", "220": "自然资源海洋气象等支出", "221": "住房保障支出",
    "222": "粮油物资储备支出", "223": "国有资本经营预算支出", "224": "灾害防治及应急管理支出",
    "227": "预备费", "229": "其他支出", "231": "债务还本支出", "232": "债务付息支出",
}  # fmt: skip
"""类 of the functional classification, in the order that 收支总表 prints them."""

_DIGITS = "零一二三四五六七八九"

_BUDGET_TITLES = (
    {
        "收支总表": "{y}年预算收支总表",
        "收入总表": "{y}年预算收入总表",
        "支出总表": "{y}年预算支出总表",
        "财政拨款收支总表": "{y}年财政拨款收支总表",
        "一般公共预算支出表": "{y}年一般公共预算支出预算表（不含上年结转）",
        "一般公共预算基本支出表": "{y}年一般公共预算安排基本支出分经济科目表（不含上年结转）",
        "政府性基金支出表": "{y}年政府性基金预算支出表（不含上年结转）",
        "国有资本经营预算表": "{y}年国有资本经营预算收支预算表（不含上年结转）",
        "三公经费表": "{y}年财政拨款安排“三公”经费支出预算表",
        "机关运行经费表": "{y}年财政拨款安排机关运行经费预算表",
        "项目支出表": "{y}年项目支出预算表（本年预算）",
        "上年结转": "{y}年项目支出预算表（上年结转）",
    },
    {
        "收支总表": "{y}年部门财务收支预算总表",
        "收入总表": "{y}年部门收入预算总表",
        "支出总表": "{y}年部门支出预算总表",
        "财政拨款收支总表": "{y}年财政拨款收支预算总表",
        "一般公共预算支出表": "{y}年一般公共预算支出功能分类预算表",
        "一般公共预算基本支出表": "{y}年一般公共预算基本支出部门预算经济分类预算表",
        "政府性基金支出表": "{y}年政府性基金预算支出功能分类预算表",
        "国有资本经营预算表": "{y}年国有资本经营预算支出功能分类预算表",
        "三公经费表": "{y}年一般公共预算“三公”经费支出预算表",
        "机关运行经费表": "{y}年机关运行经费预算财政拨款情况统计表",
        "项目支出表": "{y}年项目支出预算表（本年预算）",
        "上年结转": "{y}年项目支出预算表（上年结转）",
    },
)
FINAL_TITLES = {
    "收支总表": "收入支出决算总表",
    "收入总表": "收入决算表",
    "支出总表": "支出决算表",
    "财政拨款收支总表": "财政拨款收入支出决算总表",
    "一般公共预算支出表": "一般公共预算财政拨款支出决算表",
    "一般公共预算基本支出表": "一般公共预算财政拨款基本支出决算明细表",
    "政府性基金支出表": "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算表": "国有资本经营预算财政拨款支出决算表",
    "三公经费表": "财政拨款“三公”经费支出决算表",
    "公开信息统计表": "部门决算公开相关信息统计表",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A province's ways: thousands separators in tables and narrative, heading signs, titles."""

    tables: Callable[[int], str]
    narrative: Callable[[int], str]
    marks: bool
    titles: dict[str, str]
    numbers: str


def _plain(amount: int) -> str:
    return f"{amount / 100:.2f}"


def _grouped(amount: int) -> str:
    return f"{amount / 100:,.2f}"


STYLES = (
    Style(_plain, _grouped, True, _BUDGET_TITLES[0], "预算公开表{n}"),
    Style(_plain, _plain, False, _BUDGET_TITLES[1], "附表{n}"),
    Style(_grouped, _plain, False, _BUDGET_TITLES[0], "公开{n:02}表"),
)


def style(of: Organisation) -> Style:
    """Return how the organisation's province prints."""
    return STYLES[of.style]


def numeral(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def share(part: int, whole: int) -> str:
    """Return the percentage of a whole, two decimals."""
    return f"{part / whole * 100:.2f}%" if whole else "0%"
