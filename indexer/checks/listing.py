"""Accounts that a table leaves out, though it prints those above or below them."""

from collections.abc import Iterator
from typing import Final

from indexer.checks.equation import Equation
from indexer.checks.figures import Book, Figure, Sheet
from indexer.checks.relation import Relation
from indexer.checks.within import Choices, is_sum
from search.model import Skipped

_LEVELS: Final = {5: 3, 7: 5}
"""Digits of an account, and of the one above it: 款 under 类, 项 under 款."""
MOST: Final = 0.7
"""A table that prints so many of its accounts with the level above (below) prints all so."""


def listed(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    """Yield for each account left out: nothing is printed, where another place has a figure."""
    sheets = [s for kind in relation.tables for s in book.sheets(kind) if s.codes]
    found = [choices for sheet in sheets for choices in _left_out(relation, sheet, sheets)]
    yield from found
    if not sheets:
        yield Skipped(relation=relation.id, reason="没有带科目编码的表")


def _left_out(relation: Relation, sheet: Sheet, sheets: list[Sheet]) -> Iterator[Choices]:
    doubt = ""
    for index, row in enumerate(sheet.rows):
        if not row.code and sheet.valued[index] and not is_sum(sheet.labels[index]):
            doubt = f"“{row.label}”一行没有科目编码"
    lower = [code for code in sheet.codes if len(code) in _LEVELS]
    orphans = [code for code in lower if _above(code) not in sheet.codes]
    if len(orphans) <= (1 - MOST) * len(lower):
        for above in dict.fromkeys(map(_above, orphans)):
            child = next(code for code in orphans if _above(code) == above)
            yield from _absent(relation, sheet, above, _elsewhere(above, sheet, sheets) or
                               _figure(sheet, child), doubt)  # fmt: skip
    upper = [code for code in sheet.codes if len(code) in _LEVELS.values()]
    parents = {_above(code) for code in lower}
    childless = [code for code in upper if code not in parents]
    if len(childless) <= (1 - MOST) * len(upper):
        for code in childless:
            for other in sheets:
                below = [c for c in other.codes if len(c) in _LEVELS and _above(c) == code]
                if other is not sheet and len(below) == 1:
                    yield from _absent(relation, sheet, below[0], _figure(other, below[0]), doubt)
                    break


def _above(code: str) -> str:
    return code[: _LEVELS[len(code)]]


def _elsewhere(code: str, sheet: Sheet, sheets: list[Sheet]) -> Figure | None:
    """Return the figure of an account in another table."""
    return next((_figure(s, code) for s in sheets if s is not sheet and code in s.codes), None)


def _figure(sheet: Sheet, code: str) -> Figure | None:
    row = sheet.codes[code][0]
    cell = sheet.column(row, "")
    return sheet.figure(row, cell) if cell >= 0 else None


def _absent(
    relation: Relation, sheet: Sheet, code: str, figure: Figure | None, doubt: str
) -> Iterator[Choices]:
    if figure is not None and figure.value:
        name = figure.what[1] if figure.what[1].startswith(f"{code} ") else code
        terms = ((1, sheet.absent(name)), (1, figure))
        yield (Equation(relation, terms, doubt=doubt),)
