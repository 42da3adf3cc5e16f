"""Numbers and units as Chinese documents and people write them, converted once, exactly.

Everything takes text normalised by `search.text.normalise` (half-width digits and signs).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from search.model import QuantityKind
from search.text import normalise

YUAN: Final[dict[str, Decimal]] = {
    "万亿元": Decimal(10**12),
    "亿元": Decimal(10**8),
    "億元": Decimal(10**8),
    "千万元": Decimal(10**7),
    "百万元": Decimal(10**6),
    "十万元": Decimal(10**5),
    "万元": Decimal(10**4),
    "萬元": Decimal(10**4),
    "千元": Decimal(1000),
    "百元": Decimal(100),
    "元": Decimal(1),
}
"""Money units in yuan, longest first."""

SPOKEN: Final[dict[str, str]] = {
    "万块钱": "万元", "万块": "万元", "块钱": "元", "万亿": "万亿元", "亿": "亿元",
    "千万": "千万元", "百万": "百万元", "万": "万元", "千": "千元", "w": "万元", "W": "万元",
}  # fmt: skip
"""Money units as people cut them short, to their full form; only safe where money is meant."""

AREA: Final[dict[str, Decimal]] = {
    "平方公里": Decimal(10**6),
    "万平方米": Decimal(10**4),
    "万平米": Decimal(10**4),
    "平方米": Decimal(1),
    "平米": Decimal(1),
    "㎡": Decimal(1),
    "公顷": Decimal(10**4),
}
"""Area units in square metres."""

COUNT: Final[tuple[str, ...]] = (
    "台(套)", "人次", "批次", "台套", "车次", "个月", "课时", "公里",
    "辆", "人", "名", "个", "台", "套", "件", "项", "家", "户", "场", "期", "次", "批", "条",
    "册", "部", "本", "份", "篇", "块", "处", "所", "座", "间", "张", "种", "只", "吨", "度",
    "亩", "天", "分",
)  # fmt: skip
"""Counting units; each compares only with itself. `万` and the like before one multiply it."""

COUNTED: Final[frozenset[QuantityKind]] = frozenset({"count", "area"})
"""Kinds whose unit says what is compared: any cell of a row in it, beside money as well."""

SCALE: Final[dict[str, Decimal]] = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}
"""What may stand before a counting unit: 3.5万人次."""

SHARE: Final[tuple[str, ...]] = ("%", "个百分点", "百分点", "‰")

_WORDS: Final[dict[str, str]] = {
    "人": "才力社事员口", "部": "门分委队署", "项": "目", "个": "人体别", "家": "庭具属",
    "本": "年级部单次地科人", "期": "间限末初", "处": "级长理置", "所": "有属得在",
    "名": "称录单额", "条": "件例", "场": "地所馆", "批": "准复发", "户": "外籍口", "种": "子植养",
    "台": "账", "度": "假", "张": "家", "天": "津然", "间": "接", "件": "数", "次": "数",
    "份": "额",
    "分": "之别析局期类公配管布项为年级散钟店行支会院校馆部队社所中担享发化工割离解开拨流区段摊",
}  # fmt: skip
"""Counting units that are none before these characters: `2024部门`, `20801人力资源`."""

NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _alternatives(units: Iterable[str]) -> str:
    return "|".join(
        re.escape(unit) + (f"(?![{_WORDS[unit]}])" if unit in _WORDS else "")
        for unit in sorted(units, key=lambda unit: (-len(unit), unit))
    )


COUNTING: Final = f"(?:{_alternatives(COUNT)})"
"""Regular expression of a counting unit."""
SCALED: Final = f"[{''.join(SCALE)}]?{COUNTING}"
"""Regular expression of a counting unit, scaled or not."""

_MONEY = "|".join(YUAN)
_FIGURE = re.compile(rf"(.*\d)\s*({_MONEY}|%|‰)")
_UNIT = f"{_alternatives((*YUAN, *AREA, *SHARE))}|{SCALED}"
_RATE = r"\s*(?:/|每)\s*[\u4e00-\u9fff]{1,4}(?:\s*/\s*[\u4e00-\u9fff]{1,3})*"
_QUANTITY = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<sign>(?:(?<!\w)|(?<=[长为加少降]))-)?(?P<number>{NUMBER})(?![\d.])\s*(?P<unit>{_UNIT})(?P<rate>{_RATE})?"
)
_PLAIN = re.compile(rf"(?P<sign>[-−△]?)\s*(?P<number>{NUMBER})")

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
CHINESE: Final = "零〇一二两三四五六七八九十百千万亿点"
"""The characters of Chinese numerals."""

_LONGEST: Final = 24
"""Longer numerals are no amounts, and would lose digits in the decimal context."""
_NUMERAL = re.compile(
    "(?P<whole>[零〇一二两三四五六七八九十百千万亿]+)"
    "(?:点(?P<fraction>[零〇一二两三四五六七八九]+)(?P<scale>万亿|亿|万|))?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, standing at `start:end` of the text it was found in.

    `base` is the value in the unit that its kind is compared in: yuan, square metres, the
    counting unit itself, per cent.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    kind: QuantityKind
    base: Decimal


def parse_number(text: str) -> Decimal | None:
    """Return the number that `text` consists of (thousands separators allowed), else None."""
    match = _PLAIN.fullmatch(text.strip())
    if match is None or len(match["number"]) > _LONGEST:
        return None
    number = Decimal(match["number"].replace(",", ""))
    return -number if match["sign"] else number


def half_unit(number: Decimal) -> Decimal:
    """Return half a unit in the last place of a number as printed: 0.005 for 1.50."""
    return Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield each number that has a unit, left to right; bare numbers are no quantities."""
    for match in _QUANTITY.finditer(text):
        value = Decimal(match["number"].replace(",", ""))
        if match["sign"]:
            value = -value
        unit = match["unit"]
        if match["rate"] is not None:
            rate = unit + "".join(match["rate"].split())
            yield Quantity(match.start(), match.end(), value, rate, "rate", value)
            continue
        kind, factor = unit_kind(unit)
        yield Quantity(match.start(), match.end("unit"), value, unit, kind, value * factor)


def unit_kind(unit: str) -> tuple[QuantityKind, Decimal]:
    """Return the kind of a known unit and its factor to the kind's base unit."""
    if unit in YUAN:
        return "money", YUAN[unit]
    if unit in {"万", "亿"}:
        return "money", YUAN[SPOKEN[unit]]
    if unit in AREA:
        return "area", AREA[unit]
    if unit in SHARE:
        return "share", Decimal("0.1") if unit == "‰" else Decimal(1)
    return "count", Decimal(1) if counting_unit(unit) == unit else SCALE[unit[0]]


def counting_unit(unit: str) -> str:
    """Return a counting unit without its scale: 万人次 → 人次."""
    return unit[1:] if unit[0] in SCALE and unit[1:] in COUNT else unit


@lru_cache(maxsize=1 << 14)
def parse_cell(text: str) -> tuple[Decimal, str | None] | None:
    """Return number and own unit of a table cell (`15000万元` → 15000, 万元), else None."""
    text = text.strip()
    number = parse_number(text)
    if number is not None:
        return number, None
    match = _FIGURE.fullmatch(text)
    number = parse_number(match[1]) if match else None
    return None if match is None or number is None else (number, match[2])


def with_unit(text: str, unit: str | None) -> str:
    """Return a figure as printed with its unit, which it may print itself: (5%), ５％."""
    shown = normalise(text).rstrip().rstrip(")").rstrip()
    return text if not unit or shown.endswith(unit) else f"{text}{unit}"


def parse_chinese(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral such as 十, 三百五十, 一点五亿, 三万五, else None."""
    match = _NUMERAL.fullmatch(text)
    if match is None or len(text) > _LONGEST:
        return None
    value = _parse_whole(match["whole"])
    if value is None or match["fraction"] is None:
        return value
    value += Decimal("0." + "".join(str(_DIGITS[c]) for c in match["fraction"]))
    for scale in match["scale"]:
        value *= SCALE[scale]
    return value


def _parse_whole(text: str) -> Decimal | None:
    for scale in "亿万":
        head, found, tail = text.rpartition(scale)
        if not found:
            continue
        high = _parse_whole(head) if scale not in head else None
        # 三万五 says 35,000: a single last digit counts the next place down.
        short = len(tail) == 1 and _DIGITS.get(tail)
        low = _parse_whole(tail) if tail else Decimal(0)
        if high is None or low is None:
            return None
        return high * SCALE[scale] + (low * SCALE[scale] / 10 if short else low)
    if text and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return _parse_places(text)


def _parse_places(text: str) -> Decimal | None:
    total, digit, place = 0, None, 10**4
    for char in text:
        if char in _PLACES and _PLACES[char] < place:
            place = _PLACES[char]
            total += (digit or 1) * place
            digit = None
        elif char in _DIGITS and digit in (None, 0):
            digit = _DIGITS[char]
        else:
            return None
    # 一百五 says 150, 一百零五 says 105.
    last = place // 10 if text[-2:-1] in _PLACES else 1
    return Decimal(total + (digit or 0) * last) if text else None
