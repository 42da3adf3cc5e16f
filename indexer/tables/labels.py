"""Reads what stands in a label cell: enumerator, name, own unit."""

import re
from functools import lru_cache
from typing import Final

from search import vocabulary
from search.amounts import AREA, COUNT, YUAN
from search.text import normalise, without_space

_ENUMERATORS: Final = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"\([一二三四五六七八九十]+\)、?"),
    re.compile(r"\d{1,2}(?:、|[.．](?!\d))"),
    re.compile(r"\(\d{1,2}\)、?"),
    re.compile(r"[①-⑳]、?"),
)
_MEASURED = r"(?!万?元|亿元|人|个|台|辆|平方|亩|公里|米|吨|户|年|月|号)"
_CLASSES = (
    r"(?:一般公共服务|外交|国防|公共安全|教育|科学技术|文化(?:旅游)?体育与传媒|社会保障和就业|医疗卫生(?:与计划生育)?"
    r"|卫生健康|节能环保|城乡社区|农林水|交通运输|资源勘探(?:工业)?(?:信息)?等?|商业服务业等|金融|援助其他地区"
    r"|(?:国土|自然资源)海洋气象等|住房保障|粮油物资储备|国有资本经营预算|灾害防治及应急管理|其他|转移性"
    r"|债务(?:还本|付息|发行费用)|(?:机关)?工资福利|(?:机关)?商品和服务|债务利息及费用|(?:机关)?资本性)支出"
    r"(?:\(.{1,6}\))?|对个人和家庭的?补助(?:支出)?|对企业补助(?:支出)?(?:\(.{1,6}\))?|对社会保障基金补助(?:支出)?"
    r"|对事业单位(?:经常|资本)性补助|预备费"
)
"""Names of the classes 类 of accounts (政府收支分类科目, those of some years ago as well)."""
_CODED = re.compile(
    r"(?:[\[(【](?P<code>[1235]\d\d(?:\d\d){0,2})[\])】]\s*"
    r"|(?P<bare>[1235]\d\d(?:\d\d){0,2})[\s\-—–]+"
    r"|(?P<close>[235]\d{4}(?:\d\d)?)"
    rf"|(?P<class>[235]\d\d)(?=(?:{_CLASSES})$))"
    rf"(?P<name>{_MEASURED}[\u3400-\u9fff].*)"
)
"""A code and a name in one cell; one of three digits that runs on into another
name than a class's may be the name's own: 301医院."""
_OF_WHICH = re.compile(r"其中[::,、]?")
_UNIT = re.compile(
    r"\(("
    + "|".join(re.escape(u) for u in sorted((*YUAN, *AREA, *COUNT, "%"), key=len, reverse=True))
    + r")\)"
)
_BRACKETS = re.compile(r"\([^()]*\)$")
_PER = re.compile(r"\(((?:[百千万]|百万)?元/[^()/]{1,6})\)")
_RATE = re.compile(r"%|(?:率|比例|比重|占比|百分比|增幅|幅度)(?:\([^()]*\))?$")
"""Heads of shares, whether they print the sign or not; a project may be called 提高入学率."""
_HAN = r"[\u3400-\u9fff〇(),、:;。“”]"
_GAP = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")


@lru_cache(maxsize=1 << 14)
def tidy(text: str) -> str:
    """Return `text` without the white space that wrapping left between Chinese characters."""
    return _GAP.sub("", text.strip())


@lru_cache(maxsize=1 << 14)
def split_label(verbatim: str) -> tuple[int, str]:
    """Return the enumerator's depth (1 一、 … 5 ①, 6 其中：, 0 none) and the label without it."""
    text = normalise(verbatim).strip()
    offset, depth = 0, 0
    for level, pattern in enumerate((*_ENUMERATORS, _OF_WHICH), 1):
        if match := pattern.match(text):
            offset, depth = match.end(), level
            break
    if depth == len(_ENUMERATORS) + 1:  # 其中：（1）…
        again = (pattern.match(text, offset) for pattern in _ENUMERATORS)
        offset = next((match.end() for match in again if match), offset)
    rest = tidy(verbatim.strip()[offset:])
    return depth, rest if rest else tidy(verbatim)


@lru_cache(maxsize=1 << 14)
def split_code(verbatim: str) -> tuple[str | None, str]:
    """Return the account code that a label begins with ([201]…, 20101 …) and the name behind it."""
    match = _CODED.fullmatch(normalise(verbatim).strip())
    if match is None:
        return None, ""
    code = next(filter(None, match.group("code", "bare", "close", "class")))
    return code, tidy(verbatim.strip()[match.start("name") :])


def name(verbatim: str) -> str:
    """Return a label without its enumerator or code."""
    return split_code(verbatim)[1] or split_label(verbatim)[1]


def is_total(text: str) -> bool:
    """Return whether a text is the label of the sum of all: 合计, 部门合计, no 支出合计."""
    said = vocabulary.sum_of(text)
    if said is None or said.scope != "total":
        return False
    return said.bare or vocabulary.organisation(said.of) is not None


def is_sum(text: str) -> bool:
    """Return whether a text says no more than that it is a sum: 合计, 小计."""
    said = vocabulary.sum_of(text)
    return said is not None and said.bare


def first_in_order(verbatim: str) -> bool:
    """Return whether the label's enumerator is the first of its order (一、 （一） 1. ①)."""
    text = normalise(verbatim).strip()
    return re.match(r"一、|\(一\)|1(?:、|[.．](?!\d))|\(1\)|①", text) is not None


@lru_cache(maxsize=1 << 14)
def own_unit(text: str) -> str | None:
    """Return the unit printed in brackets in a label or head, as in 车辆数合计(辆)."""
    squeezed = without_space(text)
    match = _UNIT.search(squeezed) or _PER.search(squeezed)
    return match[1] if match else None


def without_brackets(head: str) -> str:
    """Return a head without what it adds in brackets at its end: 决算数（万元） is 决算数."""
    return _BRACKETS.sub("", head) or head


def head_unit(head: str) -> str | None:
    """Return the unit that a column's head gives its figures: 车辆数(辆), 增减率, 占比(%)."""
    unit = own_unit(head)
    return "%" if unit is None and _RATE.search(without_space(head)) else unit
