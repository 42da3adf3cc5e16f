"""The account tree: counts of accounts 科目 gathered under 类, 款 and 项 by their codes."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from search.results import FacetValue

_LEVELS: Final = {True: (3, 5, 7), False: (1, 3, 5)}
"""Lengths of the codes above: of accounts (208 ⊃ 20805 ⊃ 2080505), of purchases (B ⊃ B11)."""


def account(code: str | None, name: str) -> str:
    """Return an account as engines keep it: code and name, empty where there is no code."""
    return f"{code} {name}" if code else ""


def code_of(kept: str) -> str:
    """Return the code of what `account` gave."""
    return kept.partition(" ")[0]


def tree(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Return accounts, given as `account` keeps them with their counts, under those above them.

    The count of each holds all below it. An account has the name that it bears most often.
    """
    totals: Counter[str] = Counter()
    names: dict[str, str] = {}
    for kept, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        code, _, name = kept.partition(" ")
        names.setdefault(code, name)
        for above in (*_above(code), code):
            totals[above] += count
    below: dict[str, list[str]] = {}
    for code in sorted(totals):
        below.setdefault((["", *_above(code)])[-1], []).append(code)

    def values(above: str) -> tuple[FacetValue, ...]:
        return tuple(
            FacetValue(value=code, count=totals[code], label=names.get(code), children=values(code))
            for code in below.get(above, ())
        )

    return values("")


def _above(code: str) -> list[str]:
    return [code[:length] for length in _LEVELS[code[:1].isdigit()] if length < len(code)]
