"""What a figure is by the words before it: level, change, share or rate, and of which report."""

import re
from typing import Final, Literal

from search.amounts import Quantity
from search.model import Report, Role

Direction = Literal["增加", "减少"]

COMPARED: Final = re.compile(
    r"(?:相?比|相?较|与|同)(?:于|上)?\s*(?:20\d\d\s*年|上年|去年|上一年|年初|本年)"
)
_UP = re.compile(r"增加|增长|上升|提高|增多|[增涨升]幅|上浮|增\)?\s*$")
_DOWN = re.compile(r"减少|下降|降低|压减|压缩|[减降]\)?幅|缩减|下浮|核减|减\)?\s*$")
_LEVEL_AGAIN = re.compile(r"(?:至|到)\s*$")
"""增加至 and 减少到 speak of the level reached, not of the change."""
_MORE = re.compile(r"(?<![不至最])(?:(?P<more>多)|少)(?:支出|安排|收入|支|收)?(?:了|约)?\s*$")
"""Behind what is compared with these are changes as well: 比上年少5万元."""
_BEYOND = re.compile(
    r"(?<!不)(?:(?P<more>高于|大于|多于|超出|超过)|低于|小于|少于)"
    r"(?:20\d\d年|上年|去年|年初|全年|同期|调整|预算|决算|执行|度|安排|支出|收入|指标)+数?\s*$"
)
"""So are these: 决算数低于年初预算数5万元."""
_EITHER = re.compile(r"增加?\s*[(/]\s*或?减少?\s*\)?\s*$|减少?\s*[(/]\s*或?增加?\s*\)?\s*$")
"""Both verbs of a template, of which none was struck out."""
_DIFFERS = re.compile(r"(?:差值|相差|差异)(?:额|数)?(?:为|是|约|了)*\s*$")
"""A difference of which nothing says which way it goes."""
_EACH = re.compile(
    r"每(?:人|户|月|年|天|次|个|名|平方米|辆|季|[人户]每)|/(?:人|户|月|年|天)|标准|[人户生辆次车]均|单车"
)
_FUND = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算")
"""Names of funds, in which 预算 does not tell budget from final account."""


def role_of(quantity: Quantity, own: str) -> tuple[Role, Direction | None, int]:
    """Return role and direction of a figure and where the verb of change stands before it."""
    if quantity.kind == "rate" or _EACH.search(own):
        return Role.RATE, None, len(own)
    if differs := _DIFFERS.search(own) or _EITHER.search(own):
        return Role.CHANGE, None, differs.start()
    up, down = _last(_UP, own), _last(_DOWN, own)
    further = _BEYOND.search(own) or (_MORE.search(own) if COMPARED.search(own) else None)
    if further is not None:
        up, down = (further.start(), -1) if further["more"] else (-1, further.start())
    verb = max(up, down)
    if verb >= 0 and not _LEVEL_AGAIN.search(own):
        return Role.CHANGE, "增加" if up > down else "减少", verb
    return (Role.SHARE if quantity.kind == "share" else Role.LEVEL), None, len(own)


def basis(own: str) -> Report | None:
    """Return whether the words before a figure call it one of 预算 or 决算, the last one said."""
    said = _FUND.sub("", own)
    budget, final = said.rfind("预算"), said.rfind("决算")
    if max(budget, final) < 0:
        return None
    return "预算" if budget > final else "决算"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
