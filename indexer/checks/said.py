"""What the narrative says: its figures by section and subject, and equations with tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.checks.across import cells, sheets
from indexer.checks.equation import Equation
from indexer.checks.figures import MONEY, NOTHING, ONE, Book, Figure
from indexer.checks.relation import Relation, Spec, catalogue
from indexer.checks.within import Choices
from search.amounts import half_unit, unit_kind
from search.analysis import clean
from search.equation import NO_DATA
from search.model import Disclosure, Report, Role, Statement

_ABOUT: Final = re.compile(r"(?:约|近|超|逾)$")
_LEVELS: Final = re.compile(r"\([类款项]\)")
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "‘": '"', "’": '"', "＂": '"'})


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A statement as a figure, with its passage's number and section and its bare subject."""

    statement: Statement
    figure: Figure
    passage: int
    section: str
    subject: str
    level: bool
    """Whether it is an amount as such, no change, share or rate."""


def sayings(of: Disclosure) -> list[Saying]:
    """Return the statements of a disclosure's narrative, in order."""
    found: list[Saying] = []
    prefix = len(of.id) + 1
    for number, passage in enumerate(of.passages):
        if passage.part != "narrative" or not passage.statements:
            continue
        section = _plain("›".join(passage.section))
        for statement in passage.statements:
            figure = _figure(statement, statement.id[prefix:])
            level = statement.role is Role.LEVEL and statement.kind == "money"
            subject = _plain(statement.subject)
            found.append(Saying(statement, figure, number, section, subject, level))
    return found


@lru_cache(maxsize=8192)  # the statements of a section often have one subject
def _plain(text: str) -> str:
    return clean(text).translate(_QUOTES)


def _figure(of: Statement, ref: str) -> Figure:
    factor = unit_kind(of.unit)[1] if of.kind == "money" else ONE
    # A printed 0万元 is nothing, 0.00% is what rounds to it.
    rounds = (of.value and of.kind == "money") or of.kind == "share"
    return Figure(
        ref=ref,
        value=of.value if of.yuan is None else of.yuan,
        half=half_unit(of.value) * factor if rounds else NOTHING,
        text=of.printed,
        unit=MONEY if of.yuan is not None else of.unit,
        named=("情况说明", of.subject),
        locator=of.figure,
        factor=factor,
    )


def is_about(of: Saying) -> bool:
    """Return whether a figure is given as about so much."""
    start = of.statement.figure.char_start - of.statement.locator.char_start
    return _ABOUT.search(of.statement.quote[: max(0, start)].rstrip()) is not None


def against_tables(said: Sequence[Saying], book: Book) -> Iterator[Choices]:
    """Yield the equations between statements and the cells that they speak of."""
    for saying in said:
        statement = saying.statement
        if statement.role is not Role.LEVEL or statement.year not in {None, book.of.year}:
            continue
        for relation in _for_section(saying.section, book.of.report):
            if _is_for(relation, saying, book.of):
                yield from _against(relation, saying, book)


@lru_cache(maxsize=8192)  # places prescribe the headings of their disclosures
def _for_section(section: str, report: Report | None) -> tuple[Relation, ...]:
    return tuple(
        relation
        for relation in catalogue().of(report)
        if relation.each == "statement" and relation.section and relation.section.search(section)
    )


def _is_for(relation: Relation, saying: Saying, of: Disclosure) -> bool:
    if relation.subject is None or not relation.subject.fullmatch(saying.subject):
        return False
    if saying.figure.unit != (relation.unit or MONEY):
        return False
    basis = saying.statement.basis
    if of.report == "决算":
        return (basis == "预算") == (relation.basis == "预算")
    return relation.basis is None or basis == relation.basis


def _against(relation: Relation, saying: Saying, book: Book) -> Iterator[Choices]:
    choices: list[Equation] = []
    doubt = "约数" if is_about(saying) else ""
    for specs in relation.sums:
        wanted = specs[1:]
        named = _like_named(relation, saying, book, wanted[0])
        found = named if wanted[0].row == "*" else cells(relation, book, wanted)
        if found and not isinstance(found, str) and _comparable(saying, found):
            choices.append(Equation(relation, ((1, saying.figure), *found), doubt=doubt))
    if choices:
        yield tuple(choices)


def _comparable(saying: Saying, found: Sequence[tuple[int, Figure]]) -> bool:
    """Return whether the figures are of one unit, and not all nothing."""
    units = {f.unit for _, f in found if f.text and f.text != NO_DATA} | {saying.figure.unit}
    return len(units) == 1


def _like_named(
    relation: Relation, saying: Saying, book: Book, spec: Spec
) -> list[tuple[int, Figure]]:
    """Return the cell of the row that bears the statement's subject, where just one does."""
    if spec.row != "*":
        return []
    names = [name for name in _LEVELS.split(saying.subject) if name]
    found: list[tuple[int, Figure]] = []
    for sheet in sheets(relation, book, spec.table):
        for index, label in enumerate(sheet.labels):
            if label == names[-1] and sheet.valued[index]:
                above = {clean(name) for name in sheet.rows[index].path}
                column = sheet.column(index, spec.column)
                if column >= 0 and above.issuperset(names[:-1]):
                    found.append((1, sheet.figure(index, column)))
    return found if len(found) == 1 else []


def sums(relation: Relation, said: Sequence[Saying], of: Disclosure) -> Iterator[Choices]:
    """Yield the sums that the narrative itself tells: a whole and the parts that follow it."""
    for number, whole in enumerate(said):
        if not (whole.level and relation.section and relation.section.search(whole.section)):
            continue
        if not relation.subject or not relation.subject.fullmatch(whole.subject):
            continue
        if (
            whole.statement.year not in {None, of.year}
            or whole.statement.basis == "预算" != of.report
        ):
            continue
        after = [s for s in said[number + 1 :] if s.section == whole.section and s.level]
        found = [next((s for s in after if p.fullmatch(s.subject)), None) for p in relation.parts]
        parts = [part for part in found if part is not None]
        if len(parts) == len(found):
            terms = ((1, whole.figure), *((1, part.figure) for part in parts))
            yield (Equation(relation, terms, doubt="约数" if is_about(whole) else ""),)
        return
