"""The words that people compare, join and ask with, as half-width text."""

import re
from collections.abc import Iterable
from typing import Final

from search.query.tree import Direction, Op


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


SIGNS: Final[dict[str, Op]] = {
    ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "≧": ">=", "⩾": ">=",
    "<": "<", "<=": "<=", "=<": "<=", "≤": "<=", "≦": "<=", "⩽": "<=",
    "=": "=", "==": "=",
}  # fmt: skip
"""Comparison signs."""

UNEQUAL: Final = ("!=", "<>", "≠")
"""Signs that are understood but not offered: what differs from an amount is nearly everything."""

BEFORE: Final[dict[str, Op]] = {
    "超过": ">", "大于": ">", "高于": ">", "多于": ">", "超出": ">", "超": ">",
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=", "最少": ">=", "达到": ">=",
    "大于等于": ">=", "大于或等于": ">=", "高于或等于": ">=",
    "低于": "<", "少于": "<", "小于": "<", "不足": "<", "不到": "<", "不满": "<",
    "不超过": "<=", "不超": "<=", "不高于": "<=", "不多于": "<=", "不大于": "<=", "至多": "<=",
    "最多": "<=", "小于等于": "<=", "小于或等于": "<=", "低于或等于": "<=",
    "等于": "=",
}  # fmt: skip
"""Comparing words before a number."""

AFTER: Final[dict[str, Op]] = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<="}
"""Comparing words after a number; 以上 and 以下 include the number itself (民法典 第1259条)."""

DIRECTIONS: Final[dict[str, Direction]] = {
    "增加": "增加", "增长": "增加", "上升": "增加", "提高": "增加", "上涨": "增加",
    "减少": "减少", "下降": "减少", "压减": "减少", "降低": "减少", "缩减": "减少", "压缩": "减少",
}  # fmt: skip
"""Words of change that bind to the comparison after them."""

AMOUNT: Final = frozenset({"金额", "数额"})
"""Words that before a comparison only say what is compared anyway."""

OR: Final = ("or", "或", "或者")
AND: Final = ("and", "且", "与", "并且")
NOT: Final = ("not", "非")

# Words that can only be part of a question, and words that are so beside them.
_QUESTION = alternatives((
    "哪些", "哪个", "哪家", "哪几个", "哪几家", "多少", "什么", "怎么样", "怎么", "怎样", "如何",
    "吗", "呢", "几何",
))  # fmt: skip
_WHO = alternatives(("部门", "单位"))
_ASKING = alternatives((
    "部门", "单位", "的", "有", "是", "为", "各", "各个", "所有", "全部", "请问", "查", "查询",
    "查找", "查一下", "搜索", "找", "帮我", "想", "知道", "花了", "花", "用了", "钱", "了", "在",
    "和", "及", "以及", "一下", "左右", "上下", "请", "我", "要", "看", "都", "啊", "从",
))  # fmt: skip
# Possessive: the lists overlap (花, 了, 花了), and no text may be tried in every division.
_WHOLE = re.compile(f"(?:{_QUESTION}|{_ASKING})++")
_HEAD = re.compile(
    f"请问|帮我查|我?想知道|查一下|有?(?:{_QUESTION})(?:{_WHO})?的?|(?:各个?|所有的?|全部)(?:{_WHO})的?|的"
)
_TAIL = re.compile(
    f"(?:(?:的|有|是|为|花了|用了)*+(?:{_QUESTION})|的)(?:{_QUESTION}|{_ASKING})*+$|(?:左右|上下)$"
)


def asked(text: str) -> tuple[int, int]:
    """Return the span of `text` that is left without the words of the question around it.

    公务用车是多少 leaves 公务用车, 哪些部门的 leaves nothing; 主管部门 stays whole.
    """
    start, end = 0, len(text)
    while start < end:
        if _WHOLE.fullmatch(text, start, end):
            return end, end
        head = _HEAD.match(text, start, end)
        tail = _TAIL.search(text, start, end)
        if head is None and tail is None:
            break
        start = head.end() if head else start
        end = max(start, tail.start()) if tail else end
    return start, end
