"""Tries every relation on a disclosure and sorts the equations by outcome."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.checks import across, forms, listing, said, shares, trees, within
from indexer.checks.equation import Equation
from indexer.checks.figures import Book, Sheet
from indexer.checks.relation import Relation, catalogue
from indexer.checks.within import Choices
from search.equation import NO_DATA
from search.model import Disclosure, Skipped

_IN_TABLE: Final[Mapping[str, Callable[[Relation, Sheet], Iterator[Choices]]]] = {
    "row": within.rows,
    "column": within.columns,
    "list": within.lists,
    "subtotals": within.subtotals,
    "children": trees.children,
    "top": trees.top,
    "parts": trees.parts,
}
_ACROSS: Final[Mapping[str, Callable[[Relation, Book], Iterator[Choices | Skipped]]]] = {
    "document": across.document,
    "account": across.accounts,
    "class": across.classes,
}
_TOLD: Final = frozenset({"statement", "sum", "share", "growth", "wording"})


@dataclass(slots=True)
class Tried:
    """The equations of a disclosure by outcome; of those that agree the one that holds."""

    agreed: list[Equation] = field(default_factory=list)
    failed: list[Choices] = field(default_factory=list)
    unsure: list[tuple[Equation, str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def tried(of: Disclosure) -> Tried:
    """Return the outcome of every relation on a disclosure, on each department's tables alone."""
    found = Tried()
    for part in _parts(of):
        for item in _found(Book(part)):
            if isinstance(item, Skipped):
                found.skipped.append(item)
            else:
                _settle(item, found)
    return found


def _parts(of: Disclosure) -> Iterator[Disclosure]:
    """Yield a disclosure by whose its tables are; what is said is the document's department's."""
    owners = dict.fromkeys((None, *(table.department for table in of.tables)))
    if len(owners) == 1:
        yield of
        return
    for owner in owners:
        tables = tuple(table for table in of.tables if table.department == owner)
        update: dict[str, Any] = {"tables": tables}
        if owner or of.departments:
            update |= {"passages": (), "projects": ()}
        yield of.model_copy(update=update)


def _settle(choices: Choices, found: Tried) -> None:
    """Sort an equation in; of several it is met if one is."""
    told: list[Equation] = []
    for equation in choices:
        difference = equation.difference()
        if difference is None or equation.blank:
            continue
        met = not difference or abs(difference) <= equation.tolerance
        if met and not _unread(equation):
            found.agreed.append(equation)
            return
        told.append(equation)
    if not told:
        return
    read = [equation for equation in told if equation.unread is None]
    if not read:
        unread = told[0].unread
        assert unread is not None
        reason = f"“{unread.text}”没有读作数字" if unread.text else f"没有找到“{unread.what[-1]}”"
        found.unsure.append((told[0], reason))
    elif read[0].doubt:
        found.unsure.append((read[0], read[0].doubt))
    else:
        found.failed.append(tuple(read))


def _unread(equation: Equation) -> bool:
    """Return whether a term prints something that was not read as a figure."""
    for _, figure in equation.terms:  # noqa: SIM110 - any() takes twice as long, for each equation
        if figure.unread and figure.text:
            return True
    return False


def _found(book: Book) -> Iterator[Choices | Skipped]:
    relations = list(catalogue().of(book.of.report))
    for relation in relations:
        if relation.each in _IN_TABLE:
            yield from _in_tables(relation, book)
        elif relation.each == "listed":
            yield from listing.listed(relation, book)
        elif relation.each in _ACROSS:
            unmet = across.holds(relation, book)
            if unmet:
                yield Skipped(relation=relation.id, reason=unmet)
            else:
                yield from _ACROSS[relation.each](relation, book)
    yield from _in_narrative(relations, book)
    by_id = {relation.id: relation for relation in relations}
    yield from forms.forms(by_id["project-form"], book) if "project-form" in by_id else ()
    yield from forms.funds(by_id, book)
    yield from _without_data(by_id["no-data"], book)


def _in_tables(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    sheets = [sheet for kind in relation.tables for sheet in book.sheets(kind) if not sheet.empty]
    tries = 0
    for sheet in sheets:
        for choices in _IN_TABLE[relation.each](relation, sheet):
            tries += 1
            yield choices
    if not tries:
        reason = "这些表没有相应的行或列" if sheets else f"没有{'、'.join(relation.tables[:3])}等表"
        yield Skipped(relation=relation.id, reason=reason)


def _in_narrative(relations: Iterable[Relation], book: Book) -> Iterator[Choices | Skipped]:
    spoken = said.sayings(book.of)
    used: set[str] = set()
    by_id = {relation.id: relation for relation in relations}
    for choices in said.against_tables(spoken, book):
        used.add(choices[0].relation.id)
        yield choices
    for relation in by_id.values():
        if relation.each == "sum":
            for choices in said.sums(relation, spoken, book.of):
                used.add(relation.id)
                yield choices
    for choices in (
        *shares.shares(by_id, spoken, book),
        *shares.growths(by_id["growth"], spoken),
        *shares.changes(by_id["change"], spoken, book.of.year),
        *shares.opposed(by_id["direction"], spoken),
    ):
        used.add(choices[0].relation.id)
        yield choices
    for relation in by_id.values():
        if relation.each in _TOLD and relation.id not in used:
            yield Skipped(relation=relation.id, reason="情况说明没有这样的句子，或没有相应的表")


def _without_data(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    """Yield for each table that says 本表无数据 its first figure that is something."""
    marked = [table for table in book.of.tables if table.no_data]
    if not marked:
        yield Skipped(relation=relation.id, reason="没有注明“本表无数据”的表")
    for table in marked:
        sheet = next(sheet for sheet in book.sheets(table.kind) if sheet.table is table)
        figures = (
            sheet.figure(row, cell)
            for row, of in enumerate(table.rows)
            for cell, at in enumerate(of.cells)
            if at.value
        )
        something = next(figures, None)
        nothing = sheet.absent("", text=NO_DATA)
        yield (Equation(relation, ((1, nothing), (1, something or sheet.absent("")))),)
