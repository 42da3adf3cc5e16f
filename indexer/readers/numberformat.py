"""Prints a spreadsheet's numbers and dates by their number format, as its reader sees them.

Source: ECMA-376 part 1, 18.8.31 (number formats). A figure that would lose its sign in print,
by brackets or by colour alone, is printed with a minus, so that it is read as what it is.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

Value = str | int | float | bool | Decimal | datetime | date | time | timedelta

STORED_DIGITS: Final = 15
"""A spreadsheet stores no more; further digits of a binary float are noise."""
GENERAL_DIGITS: Final = 10
"""The format General prints eleven characters at most, the decimal point being one."""
MAX_MAGNITUDE: Final = 30
"""A number with a larger exponent is printed with it: no figure, and no mile of zeros."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>General|G/通用格式)|(?P<exponent>E[+-]0+)|(?P<digit>[0#?])|(?P<point>\.)|"
    r"(?P<comma>,)|(?P<percent>%)|(?P<fraction>/)|(?P<text>@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|[\\!].|_.|\*.|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_DATE = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[(?:hh?|mm?|ss?)\]|\[[^\]]*\]|AM/PM|上午/下午|'
    r"(y+|m+|d+|h+|s+(?:\.0+)?|a{3,})|(.)",
    re.IGNORECASE,
)
_WEEKDAYS = "一二三四五六日"
_STORED = Context(prec=STORED_DIGITS, rounding=ROUND_HALF_UP)


def print_value(value: Value, number_format: str) -> str:
    """Return what a cell with this value and format shows."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _print_text(value, number_format)
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _print_number(number, number_format)
    return _print_date(value, number_format)


@cache
def _sections(number_format: str) -> tuple[str, ...]:
    found = [match[1] for match in _SECTION.finditer(number_format)]
    # The pattern also matches the empty end after a section that no semicolon closes.
    return tuple(found if number_format.endswith(";") else found[:-1] or found)


def _print_text(value: str, number_format: str) -> str:
    """Return a text; a fourth section prints it, or hides it (`;;;`)."""
    sections = _sections(number_format)
    if number_format.count(";") >= 3 and len(sections) > 3 and "@" not in sections[3]:
        return _literals(sections[3])
    return value


def _literals(section: str) -> str:
    return "".join(
        match["quoted"] or match["escaped"] or match["literal"] or ""
        for match in _TOKEN.finditer(section)
    ).strip()


def _print_number(number: Decimal, number_format: str) -> str:
    if not number.is_finite():
        return str(number)
    number = _STORED.plus(number)
    if number.adjusted() > MAX_MAGNITUDE:
        return f"{number:E}"
    section, signed = _section(number, number_format)
    if section is None:
        return _general(number)
    printed = _Section(section).printed(abs(number) if signed else number)
    shows_zero = not re.search("[1-9]", printed)
    minus = number < 0 and printed and not printed.startswith("-") and not shows_zero
    return f"-{printed}" if minus else printed


def _section(number: Decimal, number_format: str) -> tuple[str | None, bool]:
    """Return the section of a format that prints the number, and whether it prints the sign."""
    sections = _sections(number_format)
    conditions = [_CONDITION.search("".join(re.findall(r"\[([^\]]*)\]", s))) for s in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(number, condition[1], Decimal(condition[2])):
                return section, number < 0
        return None, False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return (sections[0] if sections else None), number < 0


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound,
        ">=": number >= bound, "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _general(number: Decimal) -> str:
    """Return a number as General shows it; whole numbers are never cut to an exponent."""
    if number == number.to_integral_value():
        return f"{number:.0f}" if number else "0"
    places = max(0, min(9, GENERAL_DIGITS - max(1, number.adjusted() + 1)))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if not rounded:
        return f"{number.normalize():E}"
    return f"{rounded:f}".rstrip("0").rstrip(".") if places else f"{rounded:f}"


class _Section:
    """One section of a number format: its tokens, and what they ask for."""

    def __init__(self, section: str) -> None:
        self.tokens = [
            (match.lastgroup or "", match[match.lastgroup] if match.lastgroup else "")
            for match in _TOKEN.finditer(section)
        ]
        kinds = [kind for kind, _ in self.tokens]
        self.general = "general" in kinds or ("text" in kinds and "digit" not in kinds)
        digits = [i for i, kind in enumerate(kinds) if kind == "digit"]
        self.point = kinds.index("point") if "point" in kinds and digits else None
        end = self.point if self.point is not None else len(kinds)
        self.whole = [i for i in digits if i < end]
        self.decimals = [i for i in digits if i > end]
        last = max(self.whole, default=-1)
        commas = [i for i, kind in enumerate(kinds) if kind == "comma"]
        self.grouped = any(self.whole[0] < i < last for i in commas) if self.whole else False
        after = max(digits, default=len(kinds))
        # A comma right behind the last digit, or before the point, prints thousands.
        self.scale = sum(last < i < end or i > after for i in commas) if digits else 0
        self.percent = kinds.count("percent")
        self.odd = "exponent" in kinds or ("fraction" in kinds and bool(digits))

    def printed(self, number: Decimal) -> str:
        """Return the number (or its amount) as this section shows it."""
        number = abs(number)
        if self.odd:  # exponents and fractions: no figure of a disclosure is printed so
            return _general(number)
        places = len(self.decimals)
        scaled = number.scaleb(2 * self.percent - 3 * self.scale)
        rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, decimals = f"{rounded:f}".partition(".")
        cells = self._whole("" if whole == "0" else whole) | self._decimals(decimals)
        if self.point is not None:
            cells[self.point] = "."
        parts = []
        for index, (kind, text) in enumerate(self.tokens):
            if kind in {"general", "text"} and self.general:
                parts.append(_general(number))
            elif kind == "bracket" and text.startswith("$"):
                parts.append(text[1:].partition("-")[0])
            elif kind in {"quoted", "escaped", "literal", "fraction"}:
                parts.append(text)
            elif kind == "percent":
                parts.append("%")
            else:
                parts.append(cells.get(index, ""))
        return _signed("".join(parts).strip())

    def _whole(self, digits: str) -> dict[int, str]:
        """Return what each placeholder before the point prints, the first all that is left."""
        cells: dict[int, str] = {}
        rest, count = digits, 0
        for index in reversed(self.whole):
            first = index == self.whole[0]
            taken = rest if first else rest[-1:]
            rest = "" if first else rest[:-1]
            taken = taken or ("0" if self.tokens[index][1] == "0" else "")
            cell = ""
            for digit in reversed(taken):
                comma = "," if self.grouped and count and count % 3 == 0 else ""
                cell = digit + comma + cell
                count += 1
            cells[index] = cell
        return cells

    def _decimals(self, digits: str) -> dict[int, str]:
        """Return what each placeholder after the point prints; `#` prints no trailing zero."""
        cells = {index: digits[n] for n, index in enumerate(self.decimals)}
        for index in reversed(self.decimals):
            if self.tokens[index][1] == "0" or cells[index] != "0":
                break
            cells[index] = ""
        return cells


def _signed(printed: str) -> str:
    """Return an amount in accounting brackets with a minus instead."""
    match = re.fullmatch(r"([^()（）\d]*)[(（]([^()（）]*\d[^()（）]*)[)）]", printed)
    return f"-{match[1]}{match[2]}" if match else printed


def _print_date(value: datetime | date | time | timedelta, number_format: str) -> str:
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    parts: list[str] = []
    hours = False
    for match in _DATE.finditer(_sections(number_format)[0]):
        if token := match[3]:
            parts.append(_date_part(value, token.lower(), hours=hours))
            hours = token.lower().startswith("h") or (hours and not token.lower().startswith("s"))
        else:
            parts.append(match[1] or match[2] or match[4] or "")
    return "".join(parts).strip() or value.isoformat(" ")


def _date_part(value: datetime, token: str, *, hours: bool) -> str:
    """Return what a run of a date's letters prints; `m` behind `h` is minutes."""
    two = len(token) > 1
    match token[0]:
        case "y":
            return f"{value:%Y}" if len(token) > 2 else f"{value:%y}"
        case "m" if hours:
            return f"{value.minute:02}" if two else str(value.minute)
        case "m":
            return f"{value.month:02}" if two else str(value.month)
        case "d":
            return f"{value.day:02}" if two else str(value.day)
        case "h":
            return f"{value.hour:02}" if two else str(value.hour)
        case "a":
            return ("星期" if len(token) > 3 else "") + _WEEKDAYS[value.weekday()]
        case _:
            return f"{value.second:02}" if two else str(value.second)
