"""What the numbers in running text are that are no figures: dates, codes, document numbers …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.amounts import NUMBER, find_quantities
from search.fates import Fate
from search.model import QuantityKind

_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)*")
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2}")
"""The form of money: thousands parted, or two decimals."""
_YEAR = r"(?:19|20)\d\d"
_UNKNOWN = re.compile(r"多?[\u3400-\u9fff]|\s+[\d,]")
"""A unit that is not known, or the rest of a number that is torn apart."""
_KINDS: Final[tuple[tuple[Fate, re.Pattern[str]], ...]] = (
    ("document_number", re.compile(
        rf"[〔\[【(《]\s*{_YEAR}\s*(?:年)?\s*[〕\]】)》]\s*第?\s*[\d-]+\s*号?"
        rf"|(?:第\s*)?\d+\s*号(?!楼)|{_YEAR}\s*年?\s*第\s*\d+\s*[号期]"
    )),
    ("phone", re.compile(
        r"(?:电话|传真|热线|手机|邮编|邮政编码)\D{0,8}[\d\s-]{5,}"
        r"|\d{3,4}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)"
    )),
    ("date", re.compile(
        rf"{_YEAR}\s*(?:[.\-/]\s*\d{{1,2}}(?:\s*[.\-/]\s*\d{{1,2}})?(?![\d.])|(?:年|学年)?(?:\s*[-—–~至到、和与]+\s*{_YEAR})?\s*(?:年|学年|财年)度?)"
        rf"|\d{{1,2}}\s*月(?:\s*[-—–~至]\s*\d{{1,2}}\s*月)?(?:份|底|初)?(?:\s*\d{{1,2}}\s*[日号])?|\d{{1,2}}\s*[日号](?![常间均])|\d{{1,2}}[::]\d\d(?:[::]\d\d)?"
        rf"|(?<!\d){_YEAR}\s*[-—–~至]\s*(?={_YEAR})|(?<![\d.])\d{{1,4}}\s*年(?!级)代?|{_YEAR}(?=\s*(?:预算|决算|部门|单位|$))"
    )),
    ("ordinal", re.compile(
        r"第\s*\d+\s*[条款项章节部类页批次期季届个名]?|(?:^|[。;:,、\n\s])[(（]?\s*\d{1,2}\s*(?:[)）]|[.．、](?!\d))|[①-⑳]"
        r"|表\s*\d{1,2}(?:-\d+)?|附件?\s*\d{1,2}|^\s*\d{1,2}\s*[.．](?=\s|20\d\d年)"
    )),
    ("code", re.compile(
        r"公开\s*\d+\s*表|\(\s*\d{2,7}\s*[类款项]?\s*\)|(?<![\d.])0\d{1,6}(?![\d.])|[A-Za-z]+-?\d[\w.-]*|(?<![\d.,])\d{9,}(?![\d.,])|(?:编码|代码|标识码|索引号)\D{0,4}\d+|\d{3}(?:\d\d)*(?=类|款|项(?!目))"
    )),
    ("page", re.compile(r"-\s*\d{1,4}\s*-|第\s*\d+\s*页|共\s*\d+\s*页")),
    ("condition", re.compile(
        rf"(?:{NUMBER})\s*(?:[-—–~至到]\s*(?:{NUMBER}))\s*[^\s\d,。;]{{0,3}}|(?:{NUMBER})\s*[^\s\d,。;]{{0,4}}\s*(?:\([^)]{{0,4}}\))?\s*\(?含?\)?\s*(?:以上|以下|以内|以外|及以上|及以下)"
        rf"|(?:不少于|不低于|不高于|不超过|不多于|[≥≤><])\s*=?\s*(?:{NUMBER})"
    )),
)  # fmt: skip
"""In this order: what is found first keeps its numbers."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number at `start:end` of a text; `fate` is what it is if no figure was read from it."""

    start: int
    end: int
    fate: Fate


def numbers(text: str) -> Iterator[Printed]:
    """Yield the numbers of normalised text; those with a unit or in the form of money `unread`.

    So are those before any other word, whose unit is not known.
    """
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return
    kinds: dict[int, Fate] = {}
    for fate, pattern in reversed(_KINDS):
        for match in pattern.finditer(text):
            kinds.update(dict.fromkeys(range(match.start(), match.end()), fate))
    counted: dict[int, QuantityKind] = {}
    for quantity in find_quantities(text):
        counted.update(dict.fromkeys(range(quantity.start, quantity.end), quantity.kind))
    for match in numbers:
        start, end = match.span()
        kind = kinds.get(start)
        if kind is None or (kind == "code" and counted.get(start) == "money"):
            figure = start in counted or _MONEY.fullmatch(match[0]) or _UNKNOWN.match(text, end)
            kind = "unread" if figure else "bare"
        yield Printed(start, end, kind)
