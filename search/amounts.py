"""Numbers and units as Chinese documents and people write them, converted once, exactly.

Everything takes text normalised by `search.text.normalise` (half-width digits and signs).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from search.model import QuantityKind
from search.text import normalise
from search.vocabulary.units import in_prose, scales, spoken, units_of

YUAN: Final[dict[str, Decimal]] = dict(units_of("money"))
"""Money units in yuan."""

SPOKEN: Final[Mapping[str, str]] = {short: of.name for short, of in spoken().items()}
"""Money units as people cut them short, to their full form; only safe where money is meant."""

AREA: Final[Mapping[str, Decimal]] = units_of("area")
"""Area units in square metres."""

COUNT: Final[tuple[str, ...]] = tuple(units_of("count"))
"""Counting units; each compares only with itself. `万` and the like before one multiply it."""

COUNTED: Final[frozenset[QuantityKind]] = frozenset({"count", "area"})
"""Kinds whose unit says what is compared: any cell of a row in it, beside money as well."""

SCALE: Final[Mapping[str, Decimal]] = scales()
"""What may stand before a counting unit: 3.5万人次."""

SHARE: Final[tuple[str, ...]] = tuple(units_of("share"))

NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


COUNTING: Final = f"(?:{in_prose(COUNT)})"
"""Regular expression of a counting unit."""
SCALED: Final = f"[{''.join(SCALE)}]?{COUNTING}"
"""Regular expression of a counting unit, scaled or not."""

_MONEY = in_prose(YUAN)
_FIGURE = re.compile(rf"(.*\d)\s*({_MONEY}|%|‰)")
_UNIT = f"{in_prose((*YUAN, *AREA, *SHARE))}|{SCALED}"
_MEASURED = re.compile(rf"\s*(?:{_UNIT})")
_RATE = r"\s*(?:/|每)\s*[\u4e00-\u9fff]{1,4}(?:\s*/\s*[\u4e00-\u9fff]{1,3})*"
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>(?:(?<!\w)[-−]|(?<=[长为加少降])[-−–—▲△]))?(?P<number>{NUMBER})(?![\d.])\s*(?P<unit>{_UNIT})(?P<rate>{_RATE})?"
)
_PLAIN = re.compile(rf"(?P<sign>[-−+]?\s*|[–—‐‑▲△]?)(?P<number>{NUMBER})")
"""Accountants mark what is below zero by a triangle; a dash that clings to digits is a minus."""
_BEFORE: Final = 24
"""Characters before a number in which what it may be the rest of would end."""
_REST = re.compile(r"\d\s+$|\d[\s.,'’‘`´]*[.,'’‘`´]\s*$")
"""Digits that a number goes on with behind a blank or a sign that parts thousands."""
_ITEM = re.compile(r"(?:^|[。;:!?\n(])\s*\d{1,2}\.\s*$")
"""The number of an item, which no figure goes on with: 1. 200元."""
_SIGNED = re.compile(r"[▲△▼▽↓↑]$|(?<![-−–—])[-−–—]$")
_RANGE = re.compile(r"\d[^\d年月日度]{0,4}[-−–—]$")
"""The beginning of a range, whose dash is no minus: 5万元-8万元."""
_RUN = re.compile(r"(?<![A-Za-z\d])[-−–—▲△▼▽↓↑]?\d(?:[\d.,'’‘`´]|\s(?=\s*[\d.,'’‘`´]))*")
_TORN = re.compile(r"\d\s+[\d,]|\d\s+\.(?!\d\d$)|\d[,'’‘`´]\s+\d|\d\.\s+(?!\d\d$)\d|[–—‐‑▲△]\s+\d")

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
    return number if match["sign"].strip() in {"", "+"} else -number


def read_cell(text: str) -> tuple[Decimal, str | None] | None:
    """Return number and own unit of a table cell as printed, None where it may be two figures.

    12 13 is not 1213, and 1 034.50 may be a figure that lost its thread.
    """
    plain = normalise(text).strip()
    return None if _TORN.search(plain) else parse_cell("".join(plain.split()))


def half_unit(number: Decimal) -> Decimal:
    """Return half a unit in the last place of a number as printed: 0.005 for 1.50."""
    return Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yield each number that has a unit in `text[start:end]`, left to right.

    Bare numbers are no quantities; nor is the rest of a figure that is torn (`1 200元`), or one
    whose sign is not sure. `doubtful_figures` tells where these are.
    """
    for match in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        if not _is_whole(text, match):
            continue
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


def doubtful_figures(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a number with a unit is printed that is not sure, as its start and end.

    It is torn by white space (`2 34.00万元`), parted in other ways than by threes (`1,23万元`), or
    its sign may be a dash (`结余-5万元`).
    """
    known = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    for run in _RUN.finditer(text):
        end = run.start() + len(run[0].rstrip(".,'’‘`´ "))
        unit = _MEASURED.match(text, end)
        if unit and not any(a < unit.end() and run.start() < b for a, b in known):
            yield run.start(), unit.end()


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Return whether a number is no rest of another, and has no sign that may be a dash."""
    begin = match.start()
    before = text[max(0, begin - _BEFORE) : begin]
    if _REST.search(before) and not _ITEM.search(before):
        return False
    return bool(match["sign"]) or not _SIGNED.search(before) or bool(_RANGE.search(before))


def unit_kind(unit: str) -> tuple[QuantityKind, Decimal]:
    """Return the kind of a known unit and its factor to the kind's base unit."""
    if unit in YUAN:
        return "money", YUAN[unit]
    if unit in {"万", "亿"}:
        return "money", YUAN[SPOKEN[unit]]
    if unit in AREA:
        return "area", AREA[unit]
    if unit in SHARE:
        return "share", units_of("share")[unit]
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
