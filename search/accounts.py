"""The account tree: counts of accounts 科目 gathered under 类, 款 and 项 by their codes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from search.results import FACET_VALUES, FacetValue

_LEVELS: Final = {True: (3, 5, 7), False: (1, 3, 5)}
"""Lengths of the codes above: of accounts (208 ⊃ 20805 ⊃ 2080505), of purchases (B ⊃ B11)."""

_Node = dict[str, Any]
"""The fields of a `FacetValue`."""


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
    roots: list[_Node] = []
    nodes: dict[str, _Node] = {}
    named: dict[str, int] = {}
    for kept, count in sorted(counts.items()):  # what is above comes before what is below
        code, _, name = kept.partition(" ")
        siblings = roots
        for one in (*_above(code), code):
            if one not in nodes:
                nodes[one] = {"value": one, "count": 0, "children": []}
                siblings.append(nodes[one])
            nodes[one]["count"] += count
            siblings = nodes[one]["children"]
        if count > named.get(code, 0):
            named[code] = count
            nodes[code]["label"] = name
    return FACET_VALUES.validate_python(roots)


@lru_cache(maxsize=4096)
def _above(code: str) -> tuple[str, ...]:
    return tuple(code[:length] for length in _LEVELS[code[:1].isdigit()] if length < len(code))
