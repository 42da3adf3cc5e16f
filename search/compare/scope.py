"""What money a column of a table speaks of, from its heads and the table's title."""

import re
from typing import Final

from search.analysis import clean
from search.compare.model import Scope
from search.model import Path

_FUNDS: Final = (
    ("一般公共预算", re.compile("一般公共预算|公共财政预算")),
    ("政府性基金", re.compile("政府性基金")),
    ("国有资本经营预算", re.compile("国有资本")),
    ("财政专户管理资金", re.compile("财政专户")),
    ("单位资金", re.compile("单位资金")),
    ("财政拨款", re.compile("财政拨款")),
)
"""Funds by the words that name them, the narrower first."""
_WHOLE: Final = frozenset({"收支总表", "收入总表", "支出总表"})
"""Kinds of tables of all money; only a column narrows them."""
_CARRIED = re.compile(r"不含上年结转|含上年结转")
_PART: Final = {"当年预算安排": "当年安排", "本年预算": "本年预算", "上年结转安排": "上年结转",
                "上年结转": "上年结转"}  # fmt: skip
"""Columns, and titles in brackets, of only a part of the year's money."""


def scope(title: str, kind: str, column: Path) -> Scope:
    """Return the scope of a column; what is not said stays empty."""
    heads = [clean(head) for head in reversed(column)]
    named = clean(title)
    funds = next(filter(None, map(_funds, heads)), "")
    if not funds:
        funds = "全部资金" if kind in _WHOLE else _funds(named)
    carried = _CARRIED.search(named)
    part = next((_PART[head] for head in heads if head in _PART), "")
    part = part or next((said for word, said in _PART.items() if f"({word})" in named), "")
    return Scope(funds=funds, carried=part or (carried[0] if carried else ""))


def _funds(text: str) -> str:
    return next((name for name, words in _FUNDS if words.search(text)), "")
