"""Writes docs/checks.md from the relations: `python -m indexer.checks.documentation`."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from indexer.checks.relation import Each, Relation, catalogue

PAGE: Final = Path(__file__).parents[2] / "docs" / "checks.md"
TRIED: Final[Mapping[Each, str]] = {
    "row": "the cells of each row of a table",
    "column": "rows of certain names, in each column of a table",
    "children": "each account and the accounts printed below it",
    "top": "a table's total and its topmost rows",
    "parts": "each row and those printed as its parts",
    "list": "the sum of the year and the lines above it, on each side",
    "subtotals": "each subtotal and the rows below it",
    "listed": "accounts that a table leaves out though it prints their superior or parts",
    "document": "single cells of two tables",
    "account": "each account that two tables print",
    "class": "each class (类) that two tables print",
    "statement": "a figure of the narrative and the cell it speaks of",
    "sum": "a whole and its parts within the narrative",
    "share": "percentages in the narrative and the amounts beside them",
    "growth": "rates of change in the narrative and the amounts beside them",
    "wording": "words of change in the narrative and the amounts beside them",
    "form": "a project's row and its 绩效 form",
    "funds": "the amounts of each 绩效 form",
    "empty": "tables that say 本表无数据",
}
"""What a relation is tried on."""
_HEAD: Final = Path(__file__).parent / "checks.md"
"""What stands above the relations."""


def page() -> str:
    """Return the page."""
    relations = catalogue().relations
    count = f"There are {len(relations)} relations, in the order of what they are tried on.\n"
    return (
        "\n".join((_HEAD.read_text(encoding="utf-8"), count, *_groups(relations))).rstrip() + "\n"
    )


def _groups(relations: tuple[Relation, ...]) -> Iterator[str]:
    order = list(TRIED)
    ordered = sorted(relations, key=lambda relation: order.index(relation.each))
    for each, group in groupby(ordered, key=lambda relation: relation.each):
        said = TRIED[each]
        yield f"## {said[0].upper()}{said[1:]}\n"
        yield "| relation | for | equation | example | source |"
        yield "| --- | --- | --- | --- | --- |"
        yield from map(_row, group)
        yield ""


def _row(of: Relation) -> str:
    where = [*of.tables, *([f"only {of.report}"] if of.report else [])]
    equations = "<br>".join(f"`{_escaped(equation)}`" for equation in of.equation)
    return (
        f"| {_escaped(of.name)}<br>`{of.id}` | {'、'.join(where)} | {equations} "
        f"| {_escaped(of.example)} | {_escaped(of.source)} |"
    )


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
