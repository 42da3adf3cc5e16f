"""What each column of a table holds, judged once from its heads and those beside it.

Everything later asks the `Column`: which figures a row is about, of which year they are, and
whether they are money.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from indexer.tables.labels import head_unit
from indexer.tables.measures import column_roles, counting_unit, counts, is_price, values
from search import vocabulary
from search.model import Path, Role
from search.text import normalise


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
    found = {
        number: column(path, roles[number], number in principal, beside=beside)
        for number, path in paths.items()
    }
    if any(of.role is Role.CHANGE and of.unit == "%" for of in found.values()):
        # Where a column gives the change in per cent, one beside it gives it as a sum.
        return {number: replace(of, grows=False) for number, of in found.items()}
    return found


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
        grows=bool(inner) and _grows(inner[0]),
        unit=next(filter(None, map(head_unit, inner)), None),
        counted=next(filter(None, map(counting_unit, inner)), None) if counting else None,
    )


def _principal(paths: Mapping[int, Path], roles: Mapping[int, Role]) -> Sequence[int]:
    levels = [number for number in paths if roles[number] is Role.LEVEL]
    money = [n for n in levels if not counts(paths[n]) and not is_price(paths[n])]
    levels = money or levels
    heads = {number: vocabulary.head(paths[number][-1]) for number in levels if paths[number]}
    for is_principal in _PRINCIPAL:
        found = [number for number, said in heads.items() if said and is_principal(said)]
        if found:
            return found
    return levels[:1]


_PRINCIPAL: Final = (
    attrgetter("is_total"),
    attrgetter("is_subtotal"),
    attrgetter("principal"),
)
"""What makes a column that which its rows are about, the strongest first."""


def _grows(head: str) -> bool:
    """Return whether a head is of changes of which it does not say whether they are per cent."""
    said = vocabulary.change(head)
    return said is not None and said.measured == "either"


def is_measure(head: str) -> bool:
    """Return whether a head names a measure: 金额, 预算数, 2024年决算数."""
    said = vocabulary.head(head)
    return said is not None and said.principal
