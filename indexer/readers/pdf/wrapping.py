"""Judges whether figures that stand below each other are one figure or code that was broken."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from search.text import normalise

CODES: Final = frozenset({5, 7})
"""Digits of account codes that may be broken: 款 and 项."""
LONGEST_CODE: Final = 7
"""Digits of the account code of a 项, which nothing carries on."""
ACCOUNTS: Final = frozenset({3, 5, 7})
"""Digits of account codes: 类, 款 and 项."""
STAMP: Final = 12
"""Digits from which on what a column of numbers, codes or dates holds is none of an account."""

_NUMERIC = re.compile(r"[^\w\s.,]*(?P<core>[\d.,]+)[%)]*")
_SOUND = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
"""A figure as it should be printed: its thousands parted in threes or not at all."""
_FRACTION = re.compile(r"[\d,]*\.\d+")
_NAMES_CODES = re.compile("码|编号|序号|文号|时间|日期")
_SIGN = re.compile(r"[^\w\s.,]+")


class Neighbours(NamedTuple):
    """What the other cells of a column say of one of them.

    `figures` are those on one line, as printed; `words` what else the column prints; `elsewhere`
    are the figures of the table's other columns.
    """

    figures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def formats(self) -> frozenset[tuple[int, bool]]:
        """How the figures of the column are printed, where it has none those of the table."""
        return frozenset(map(_format, self.figures or self.elsewhere))

    def adds_up(self, parts: Sequence[str]) -> bool:
        """Return whether the column has a sum that `parts`, with or without the rest, add up to."""
        values = [_value(part) for part in parts]
        others = [_value(figure) for figure in self.figures]
        everything = sum(others, Decimal(0))
        own = sum(values, Decimal(0))
        if not all(values):
            return False
        if len(values) == 1 and len(others) > 1 and own == everything:
            return True
        return any(
            total == own + everything - total or (len(values) > 1 and total == own)
            for total in others
        )


NONE: Final = Neighbours()


def neighbours(texts: Iterable[str], elsewhere: Iterable[str] = ()) -> Neighbours:
    """Return what the texts of other cells say, those of a column and those beside it."""
    plain = [normalise(text).strip() for text in texts]
    return Neighbours(
        tuple(text for text in plain if _is_sound(text)),
        tuple(text for text in plain if not _is_sound(text)),
        tuple(text for text in map(normalise, elsewhere) if _is_sound(text.strip())),
    )


def is_numeric(text: str) -> bool:
    """Return whether a text is a figure or a part of one, and no word."""
    plain = normalise(text).strip()
    return _NUMERIC.fullmatch(plain) is not None or _SIGN.fullmatch(plain) is not None


def is_one(parts: Sequence[str], column: Neighbours, *, single: bool) -> bool:
    """Return whether figures below each other are surely one that was broken over lines.

    So it is where one of them is no figure by itself, where the column's sums say so, or where
    the whole is printed as the column's other figures are and the parts are not. Where nothing
    else tells, figures printed in two ways are one if a `single` row holds them: 1234 and 5.60.
    """
    printed = [normalise(part).strip() for part in parts]
    whole = "".join(printed)
    if any(_SIGN.fullmatch(part) for part in printed):
        return False
    if whole.isdecimal() and any(part[0] == "0" and len(part) > 1 for part in printed[1:]):
        return True
    if not _is_sound(whole):
        return False
    if not all(map(_is_sound, printed)):
        return True
    if column.adds_up(printed) or column.adds_up([whole]):
        return not column.adds_up(printed)
    if whole.isdecimal():
        return _is_code(printed, column)
    formats = column.formats
    if formats:
        return _format(whole) in formats and not all(_format(part) in formats for part in printed)
    return single and len(set(map(_format, printed))) > 1


def are_apart(parts: Sequence[str], column: Neighbours) -> bool:
    """Return whether texts below each other are surely figures of their own."""
    printed = [normalise(part).strip() for part in parts]
    whole = "".join(printed)
    if not all(map(_is_sound, printed)):
        return False
    formats = column.formats
    fitting = all(_format(part) in formats for part in printed)
    return (
        not _is_sound(whole)
        or column.adds_up(printed)
        or (bool(formats) and fitting and _format(whole) not in formats)
    )


def is_cut(text: str) -> bool:
    """Return whether a figure is none as it stands: 1,23 or 1,234. lacks its end."""
    match = _NUMERIC.fullmatch(normalise(text).strip())
    return match is not None and not _SOUND.fullmatch(match["core"])


def may_go_on(text: str, rest: str) -> bool:
    """Return whether digits may carry a figure on: what is cut, or decimals."""
    plain, more = normalise(text).strip(), normalise(rest).strip()
    torn = is_cut(plain) or (_FRACTION.fullmatch(plain) and more.isdecimal())
    return bool(torn) and _is_sound(plain + more)


def _is_sound(text: str) -> bool:
    match = _NUMERIC.fullmatch(text)
    return match is not None and _SOUND.fullmatch(match["core"]) is not None


def _is_code(parts: Sequence[str], column: Neighbours) -> bool:
    """Return whether digits below each other are one code, date or time.

    Only the column tells: by its head, or by another code that begins as this one does.
    """
    whole = "".join(parts)
    if LONGEST_CODE in map(len, parts):
        return False
    named = any(map(_NAMES_CODES.search, column.words))
    if len(whole) >= STAMP:
        return named
    coded = all(other.isdecimal() and len(other) in ACCOUNTS for other in column.figures)
    related = any(other == whole[: len(other)] for other in column.figures)
    return len(whole) in CODES and (named or (coded and related))


def _format(figure: str) -> tuple[int, bool]:
    """Return the decimals that a sound figure prints, and whether it is a percentage."""
    return len(figure.rstrip("%)").partition(".")[2]), "%" in figure


def _value(figure: str) -> Decimal:
    match = _NUMERIC.fullmatch(figure)
    value = Decimal(match["core"].replace(",", "")) if match else Decimal(0)
    return -value if figure[:1] in "-−(" else value
