"""What can be the name of an organisation, as titles, heads and sentences print it.

All texts are squeezed (`indexer.lines.squeezed`): normalised, without white space.
"""

import re
from functools import lru_cache
from typing import Final

from search.organisations.organs import is_organ

SHORTEST, LONGEST = 3, 60
"""Characters of a name; the longest real ones have some fifty."""
PLACEHOLDER: Final = r"(?:[Xx×*＊○〇□_]{2,}|\.{3,}|…{1,})"
"""What blank forms print where a name or a figure is to be filled in."""

_OPENS = re.compile(
    r"纳入|本表|反映|第.{1,3}[条章节款]|[(]|关于|根据|按照|依据|为了|经|现将|由于|其中|以及|本部门|本单位|我(?:局|院|校|部门|单位|镇|县|市|区|省)"
    r"|该|各|全(?:县|市|区|省|州|镇|国)|所属|下属|附件|来源|作者|时间|日期|当前|您|首页|返回|第[一二三四五六七八九十]+部分"
    r"|[与和及或等的是在对由将按]|(?:主管|预算|编制|填报|责任)(?:部门|单位)|财政部门|承担|承办|负责|领导|指导|管理|协助|配合|完成|参与|监督|开展|实施|制定|拟订|研究|起草|建立|推进|落实|贯彻|执行|受|依法|具体|宣传|组织(?!部)|统一|主要|审核|一级|二级"
)
_NEVER = re.compile(
    r"[,;。!?:<>《》|/\\=+%]|目录|职能|职责|概况|机构设置|名词解释|情况|说明|报表|决算|[总明细]表|收支|公开(?!信息|办公室)|PAGEREF"
    r"|部门构成|单位构成|索引号|发布|点击|字体|打印|监督(?:索引)|印制$|如下|以下|万元|亿元|基本支出|财政拨款|"
    r"预算(?!编审|编制|评审|绩效|审核|执行|管理(?:局|处|中心)|局|处|科|中心)"
)
_GENERIC: Final = frozenset({
    "部门", "单位", "本部门", "本单位", "预算部门", "预算单位", "主管部门", "政府部门", "财政部门",
    "各部门", "区级部门", "县级部门", "市级部门", "省级部门", "基层单位", "下属单位",
    "党委", "政府", "学校", "医院", "办公室", "人事科", "组织部", "宣传部", "政府信息公开",
    "信息公开", "委员会", "人民政府", "人民法院", "人民检察院",
})  # fmt: skip
"""What ends as a name does and names nobody."""
_REGION = re.compile(
    r"(?:[^省市县区旗州盟局厅委院会办]{1,10}(?:省|市|自治区|自治州|县|区|旗|州|盟))+"
)
_ZONE = re.compile(
    r"(?:开发|示范|保护|产业|园|度假|工业|高新|新|管理|港|景|合作|试验|保税|功能|集聚)区$"
)
_DIGITS = re.compile(r"\d{3,}|^\d")
_BRACKETED = re.compile(r"\([^()]*\)")
_PLACE_FIRST = re.compile(r"[^局厅委院会办]{1,14}?(?:省|市|自治区|县|区|旗|州|盟)")


@lru_cache(maxsize=1 << 14)
def could_name(text: str) -> bool:
    """Return whether a text where a title prints a name can be one, whatever it ends in."""
    bare = _BRACKETED.sub("", text)
    return (
        (len(bare) >= SHORTEST or (len(bare) > 1 and is_region(bare)))
        and len(text) <= LONGEST
        and text not in _GENERIC
        and text.count("(") == text.count(")")
        and not _OPENS.match(text)
        and not _NEVER.search(bare)
        and not _DIGITS.search(bare)
        and re.match(r"[\w(×○□*＊“]", text) is not None
    )


def is_name(text: str) -> bool:
    """Return whether a text is an organisation's name wherever it stands: it ends as one."""
    return could_name(text) and is_organ(text) and "、" not in _BRACKETED.sub("", text)


def is_region(text: str) -> bool:
    """Return whether a name is a place's alone (苏川省, 上海市普陀区), no organisation's."""
    return _REGION.fullmatch(text) is not None and not _ZONE.search(text)


def is_placed(text: str) -> bool:
    """Return whether a name begins with a place, so that nothing of it stands on a line above."""
    found = _PLACE_FIRST.match(text.removeprefix("中共").removeprefix("中国共产党"))
    return found is not None and len(found[0]) < len(text)


def is_blank(name: str) -> bool:
    """Return whether a form prints a placeholder where a name belongs: 上海市XX局."""
    return re.search(PLACEHOLDER, name) is not None
