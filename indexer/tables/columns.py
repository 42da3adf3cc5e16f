"""What each column of a table holds, judged once from its heads and those beside it.

Everything later asks the `Column`: which figures a row is about, of which year they are, and
whether they are money.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.tables.labels import head_unit, without_brackets
from indexer.tables.measures import column_roles, counting_unit, counts, is_price, values
from search.model import Path, Role
from search.text import normalise

MEASURE: Final = re.compile(
    r"金额|(?:决算)?统计数|(?:年初|全年|调整|年度|[本上]年度?|当年)?(?:预算|决算|执行|编制|批复|申报)数?"
    r"|20\d\d年?度?(?:预算|决算|执行)?数?"
)
_SUM: Final = re.compile(r".*(?:合计|总计)")
_SUBSUM: Final = re.compile(r".*小计")
_GROWTH: Final = re.compile(r"(?:增长|同比)$")
"""Heads of sums or of per cent: neither is to be guessed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures under its heads `path`, the outermost first.

    `principal` tells that a comparison on a row is about this column. `counts` tells that its
    figures are no money, `beside_counts` that others of its side are none, `valued` that a head
    says money in so many words (价值), `grows` that a figure is a sum or per cent and no head
    says which. `unit` is what a head gives its figures, `counted` what they count by its words.
    """

    path: Path
    role: Role = Role.LEVEL
    principal: bool = False
    counts: bool = False
    beside_counts: bool = False
    valued: bool = False
    grows: bool = False
    unit: str | None = None
    counted: str | None = None


def judged(paths: Mapping[int, Path], year: int | None) -> dict[int, Column]:
    """Return the columns of figures of one side of a table; `year` is the document's.

    A row is about its totals where there are any; else its measures (金额, 预算数 and 决算数 …),
    all of them; else the first column. Those of another year and changes are it only where there
    is nothing else.
    """
    roles = dict(zip(paths, column_roles(list(paths.values()), year), strict=True))
    principal = _principal(paths, roles)
    beside = any(map(counts, paths.values()))
    return {
        number: column(path, roles[number], number in principal, beside=beside)
        for number, path in paths.items()
    }


def column(path: Path, role: Role, principal: bool, *, beside: bool = False) -> Column:
    """Return a column of figures by its heads; `beside` tells that columns of its side count."""
    counting = counts(path)
    inner = [normalise(head) for head in reversed(path)]
    return Column(
        path=path,
        role=role,
        principal=principal,
        counts=counting,
        beside_counts=beside and not counting,
        valued=values(path),
        grows=bool(inner) and _GROWTH.search(inner[0]) is not None,
        unit=next(filter(None, map(head_unit, inner)), None),
        counted=next(filter(None, map(counting_unit, inner)), None) if counting else None,
    )


def _principal(paths: Mapping[int, Path], roles: Mapping[int, Role]) -> Sequence[int]:
    levels = [number for number in paths if roles[number] is Role.LEVEL]
    money = [n for n in levels if not counts(paths[n]) and not is_price(paths[n])]
    levels = money or levels
    named = [number for number in levels if paths[number]]
    for pattern in (_SUM, _SUBSUM, MEASURE):
        found = [n for n in named if pattern.fullmatch(without_brackets(paths[n][-1]))]
        if found:
            return found
    return levels[:1]
