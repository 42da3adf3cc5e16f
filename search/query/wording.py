"""The words that people compare, join and ask with, as half-width text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from search.amounts import COUNTING
from search.query.tree import Direction, Op
from search.query.wordlists import pairs


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

IS: Final = ("为", "是")
"""Words that say how much something is, or which year."""

BEFORE: Final[dict[str, Op]] = {
    "超过": ">", "大于": ">", "高于": ">", "多于": ">", "超出": ">", "超": ">",
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=", "最少": ">=", "达到": ">=",
    "大于等于": ">=", "大于或等于": ">=", "高于或等于": ">=",
    "低于": "<", "少于": "<", "小于": "<", "不足": "<", "不到": "<", "不满": "<",
    "不超过": "<=", "不超": "<=", "不高于": "<=", "不多于": "<=", "不大于": "<=", "至多": "<=",
    "最多": "<=", "小于等于": "<=", "小于或等于": "<=", "低于或等于": "<=",
    "等于": "=", **dict.fromkeys(IS, "="),
}  # fmt: skip
"""Comparing words before a number."""

AFTER: Final[dict[str, Op]] = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<="}
"""Comparing words after a number; 以上 and 以下 include the number itself (民法典 第1259条)."""

DIRECTIONS: Final[dict[str, Direction]] = {
    "增加": "增加", "增长": "增加", "上升": "增加", "提高": "增加", "上涨": "增加",
    "减少": "减少", "下降": "减少", "压减": "减少", "降低": "减少", "缩减": "减少", "压缩": "减少",
}  # fmt: skip
"""Words of change that bind to the comparison after them."""

EQUALS: Final = ("持平", "相同", "一致")
"""Words for no change."""

PRICES: Final = ("单价", "单位价值")
"""Words after which an amount with more words behind it is a description, as final accounts use it.

财政部 部门决算公开相关信息统计表: 单价100万元(含)以上设备.
"""

AMOUNT: Final = frozenset({"金额", "数额"})
"""Words that before a comparison only say what is compared anyway."""

KIND_OF_CODE: Final = frozenset({"科目", "科目编码"})
KIND_OF_YEAR: Final = frozenset({"年度", "年份"})
"""Words that before a code or a year only say what it is, as the pieces of a query show it."""

SHARES: Final = frozenset({"占比", "比重", "比例", "比率"})
"""Words that before a percentage only say what is compared anyway: 基本支出占比 > 50%."""

OR: Final = ("or", "或", "或者")
AND: Final = ("and", "且", "与", "并且")
NOT: Final = ("not", "非")

_LISTS: Final = pairs("asking.txt")


def _any(group: str) -> str:
    return alternatives(_LISTS[group])


def _verbs() -> str:
    """Return an expression for words before a question, where they end no other word."""
    guarded = []
    for word in sorted(_LISTS["before"], key=lambda word: (-len(word), word)):
        heads = {whole[: -len(word)] for whole in _LISTS["whole"] if whole.endswith(word)}
        guard = "".join(f"(?<!{re.escape(head)})" for head in sorted(heads - {""}))
        guarded.append(f"{guard}{re.escape(word)}")
    return "|".join(guarded)


_LONGEST: Final = 60
"""Characters at the end of a word that may be a question's, so that none takes long to read."""
_COUNTED = rf"(?:多少|几){COUNTING}"
_QUESTION = rf"{_COUNTED}|{_any('question')}"
_BEFORE = f"(?:{_verbs()})"
_MEANING_OF = _any("meaning of")
# Possessive: the lists overlap (花, 了, 花了), and no text may be tried in every division.
_WHOLE = re.compile(f"(?:{_QUESTION}|{_any('beside')})++")
_HEAD = re.compile(
    rf"(?:请问|帮我查|我?想知道|查一下|{_MEANING_OF}|有?(?:{_QUESTION})(?:{_any('who')})?的?"
    rf"|(?:各个?|所有的?|全部)(?:{_any('who')})的?|的)++"
)
_TAIL = re.compile(
    rf"(?:{_BEFORE}{{0,3}}+(?:{_QUESTION})|的)(?:{_QUESTION}|{_any('beside')})*+$"
    rf"|(?:左右|上下|{_any('spent')})$"
)
_BESIDE_LAST_YEAR = (
    r"[比较与同和](?:上一?年度?|去年)(?:预算数?|决算数?)?(?:相比)?"
    rf"(?={alternatives((*DIRECTIONS, *EQUALS))}|$)"
)
"""What every change is beside: 比上年减少, 与上年相比增加; disclosures print it in many ways."""
_PARTING = re.compile(
    rf"{_BEFORE}{{0,3}}+(?!{_MEANING_OF})(?:{_COUNTED}|{_any('parting')})(?:样的|钱|(?:{_any('who')})?的?)"
    rf"|{_BESIDE_LAST_YEAR}"
)
_SPENDING = rf"(?:{_any('spending')})"
_PLANS = rf"(?:(?:{_any('plans')})(?=[在花买购租]|用于|用在))"
_ON = re.compile(
    rf"(?P<open>{_PLANS}?(?P<verb>{_SPENDING})?在(?![职岗编校线建读库]))[^在]{{1,20}}?"
    rf"(?P<close>(?:上面?|方面|里)的?(?:共|一共|总共|要|会)?(?(verb)钱?|{_SPENDING})[了掉去]*)"
    rf"|(?P<plan>{_PLANS})"
)
"""How it is said what money goes to: 打算在车辆上花, 用在培训上的钱, 计划买车."""
_MOST = re.compile(
    rf"(?<![幅率])(?<!{')(?<!'.join(DIRECTIONS)})"
    rf"(?:金额|数额|(?:花钱?|花费|用钱?|开支)得?)?最(?:(?P<most>[多高大])|(?P<least>[少低小]))"
    rf"的?(?:(?P<projects>项目)|前?几?[个名]?(?:{_any('who')}))?(?=[是有]|$)"
)
_MEANING = re.compile(rf"^(?:请问|我?想知道)?(?:{_MEANING_OF})|(?:{_any('meaning')})[呢啊呀]?$")
_ENDS: Final = " ?!。,"
"""Signs around a question."""


def superlatives(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield the spans that ask for the largest amounts first: 公务接待费最多的部门.

    With each comes whether it asks for the smallest instead, and whether for projects.
    """
    for match in _MOST.finditer(text):
        yield *match.span(), match["least"] is not None, match["projects"] is not None


def asks_meaning(text: str) -> bool:
    """Return whether a query asks what something means: 什么是机关运行经费."""
    return _MEANING.search(text.strip(_ENDS)) is not None


def asked(text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that are left without the words of the question around them.

    公务用车是多少 leaves 公务用车, 哪些部门的 leaves nothing; 主管部门 stays whole; what parts a
    word leaves both sides: 学校买了什么设备.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for cut, after in (*sorted(_cuts(text)), (len(text), len(text))):
        start, end = _bare(text, begin, max(begin, cut))
        if start < end:
            spans.append((start, end))
        begin = max(begin, after)
    return spans


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that part the words around them; 没有 is a word of its own."""
    yield from (match.span() for match in _PARTING.finditer(text))
    for match in _ON.finditer(text):
        yield from (match.span(name) for name in ("open", "close", "plan") if match[name])
    for match in re.finditer("(?<!有)没有", text):
        yield from ((at, at) for at in match.span())


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span between two places without the words of a question at its ends."""
    while start < end:
        if _WHOLE.fullmatch(text, start, end):
            return end, end
        head = _HEAD.match(text, start, end)
        tail = _TAIL.search(text, max(start, end - _LONGEST), end)
        if head is None and tail is None:
            break
        start = head.end() if head else start
        end = max(start, tail.start()) if tail else end
    return start, end
