"""Reads what stands in a label cell: enumerator, name, own unit."""

import re
from functools import lru_cache
from typing import Final

from search import vocabulary
from search.amounts import AREA, COUNT, YUAN
from search.text import normalise

_MEASURED = f"(?!万?年|月|号|{vocabulary.in_prose((*YUAN, *AREA, *COUNT))})"
"""A number before these is no code: 301人, 208年."""
_CODED = re.compile(
    r"(?:[\[(【](?P<code>[1235]\d\d(?:\d\d){0,2})[\])】]\s*"
    r"|(?P<bare>[1235]\d\d(?:\d\d){0,2})[\s\-—–]+"
    r"|(?P<close>[235]\d{4}(?:\d\d)?)"
    r"|(?P<class>[235]\d\d))"
    rf"(?P<name>{_MEASURED}[\u3400-\u9fff].*)"
)
"""A code and a name in one cell; one of three digits that runs on into another
name than a class's may be the name's own: 301医院."""
_FIRST: Final = frozenset("一1①")
_MARKS: Final = "()、.．"
_HAN = r"[\u3400-\u9fff〇(),、:;。“”]"
_GAP = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")


@lru_cache(maxsize=1 << 14)
def tidy(text: str) -> str:
    """Return `text` without the white space that wrapping left between Chinese characters."""
    return _GAP.sub("", text.strip())


@lru_cache(maxsize=1 << 14)
def split_label(verbatim: str) -> tuple[int, str]:
    """Return the enumerator's depth (1 一、 … 5 ①, 6 其中：, 0 none) and the label without it."""
    depth, start = vocabulary.enumerator(verbatim)
    rest = tidy(verbatim.strip()[start:])
    return depth, rest if rest else tidy(verbatim)


@lru_cache(maxsize=1 << 14)
def split_code(verbatim: str) -> tuple[str | None, str]:
    """Return the account code that a label begins with ([201]…, 20101 …) and the name behind it."""
    match = _CODED.fullmatch(normalise(verbatim).strip())
    if match is None or (match["class"] and not vocabulary.is_account_class(match["name"])):
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
    _, start = vocabulary.enumerator(verbatim)
    return normalise(verbatim).strip()[:start].strip(_MARKS) in _FIRST


def own_unit(text: str) -> str | None:
    """Return the unit printed in brackets in a label or head, as in 车辆数合计(辆)."""
    unit = vocabulary.bracketed(text)
    return unit.name if unit else None


def without_brackets(head: str) -> str:
    """Return a head without what it adds in brackets at its end: 决算数（万元） is 决算数."""
    return vocabulary.without_brackets(head)


@lru_cache(maxsize=1 << 14)
def head_unit(head: str) -> str | None:
    """Return the unit that a column's head gives its figures: 车辆数(辆), 增减率, 占比(%)."""
    of = vocabulary.head(head)
    share = of is not None and of.quantity == "share"
    return own_unit(head) or ("%" if share else None)
