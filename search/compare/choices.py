"""What can be compared: table kinds, and the items and columns that their rows have."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from search.budget import spent
from search.compare.indicator import column_name, measure
from search.engines.base import All, Bound, Condition, Everything, Keyword, Reader, Years
from search.results import Hit

DEFAULT_TABLES: Final = ("三公经费表", "支出总表", "收入总表", "一般公共预算支出表", "收支总表")
"""Kinds of tables that most disclosures have, in the order in which they are offered."""
SEEN: Final = 400
"""Rows that are looked at for the items and columns of a table."""
AT_ONCE: Final = 1_000
"""Rows that are read between two looks at the clock."""


def tables(reader: Reader) -> tuple[str, ...]:
    """Return the kinds of tables of the index, the usual ones first."""
    held = reader.values("table")
    usual = [kind for kind in DEFAULT_TABLES if kind in held]
    return (*usual, *sorted(set(held) - set(usual)))


def rows_of(
    reader: Reader,
    table: str,
    departments: Iterable[str],
    years: Sequence[int],
    where: Condition | None = None,
    *,
    limit: int = SEEN,
    until: float | None = None,
) -> tuple[Hit, ...]:
    """Return rows of a kind of table of these departments and years, which are in order.

    At the time `until` (`time.monotonic`) there may be less.
    """
    if not years:
        return ()
    bound = Bound(
        where=All((Everything() if where is None else where,)),
        filters={
            "table": Keyword("table", frozenset({table})),
            "department": Keyword("department", frozenset(departments)),
            "year": Years(years[0], years[-1]),
        },
        kinds=frozenset({"row"}),
        once=False,
    )
    found: list[Hit] = []
    while len(found) < limit and not spent(until):
        wanted = min(AT_ONCE, limit - len(found))
        hits = reader.search(bound, offset=len(found), limit=wanted, until=until).hits
        found += hits
        if len(hits) < wanted:
            break
    return tuple(found)


def labels(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return the labels of rows, those of most rows first."""
    counts = Counter(hit.label for hit in hits if hit.label)
    return tuple(label for label, _ in counts.most_common())


def columns(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the columns of figures that rows have, by the name that asks for them."""
    counts = Counter(
        column_name(cell.column)
        for hit in hits
        for cell in hit.cells
        if cell.value is not None and measure(cell.column, hit.document.year) != "other"
    )
    return tuple(name for name, _ in counts.most_common() if name)
