"""What the checks say of one record: the relations its figures meet, and those they do not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.model import Cell, Check, Disclosure
from search.results import HitAgreement, HitCell, HitCheck, HitTerm, Outcome

SHOWN: Final = 1
"""So many of the equations that its figures meet are kept with a hit; the others are counted."""
SUM: Final = 3
"""Terms of an equation that says more than that two places print the same."""
_PRINTED = re.compile(r"[^\s()]*\d[^\s()]*|本表无数据")
"""The figures of a printed equation, which stand in the order of its terms."""
_REST: Final = " + …"
"""Behind it an equation leaves out terms."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The cells of a record with what is said of each, and of the record as a whole."""

    cells: tuple[HitCell, ...]
    outcome: Outcome
    agrees: int
    failed: tuple[HitCheck, ...]
    agreed: tuple[HitAgreement, ...]


@dataclass(frozen=True, eq=False)
class _Met:
    """An equation that is met; its terms are made once for all records that it is told of."""

    relation: str
    name: str
    equation: str
    refs: tuple[str, ...]
    records: "Records"

    @cached_property
    def terms(self) -> tuple[HitTerm, ...]:
        """Its figures, in the order of the equation."""
        printed = _PRINTED.findall(self.equation.partition(_REST)[0])
        return tuple(map(self.records.term, printed, self.refs))


class Records:
    """The records of a disclosure that terms of equations name."""

    def __init__(self, of: Disclosure) -> None:
        self._document = of.id
        self._forms = {project.id: project.form_id or project.id for project in of.projects}

    def place(self, ref: str) -> tuple[str, int | None]:
        """Return the id of the record that prints a term, and its cell.

        A project's figures are those of its form: the table is named.
        """
        name, _, cell = ref.partition(".")
        record = f"{self._document}-{name}"
        form = self._forms.get(record)
        return (form, None) if form else (record, int(cell) if cell else None)

    def term(self, text: str, ref: str) -> HitTerm:
        """Return a term as a hit tells it."""
        record, cell = self.place(ref)
        return HitTerm(text=text, record=record, cell=cell)


class CheckMarks:
    """The checks of one disclosure by the figures that take part in them."""

    def __init__(self, of: Disclosure) -> None:
        checks = of.checks
        self._document = of.id
        self._records = Records(of)
        self._agreed: dict[str, list[_Met]] = defaultdict(list)
        for agreement in checks.agreed:
            for refs, equation in zip(agreement.equations, agreement.printed, strict=True):
                met = _Met(agreement.relation, agreement.name, equation, refs, self._records)
                for ref in dict.fromkeys(refs):
                    self._agreed[ref].append(met)
        self._failed: dict[str, list[tuple[Check, str, bool]]] = defaultdict(list)
        said = {
            number: (contradiction.message, {term.ref for term in contradiction.suspects})
            for contradiction in checks.contradictions
            for number in contradiction.checks
        }
        for number, check in enumerate(checks.failed):
            message, suspects = said.get(number, ("", set()))
            for ref in dict.fromkeys(term.ref for term in check.terms):
                self._failed[ref].append((check, message, ref in suspects))

    def record(self, record: str, cells: Sequence[Cell], *, most: int = SHOWN) -> Marked:
        """Return the cells of a record with the relations that they meet, and do not meet.

        Of those that they meet at most `most` are told, of the principal cells first.
        """
        refs = self._refs(record, len(cells))
        marked = tuple(
            HitCell(
                **cell.__dict__, agrees=len(self._agreed.get(ref, ())), outcome=self._outcome(ref)
            )
            for cell, ref in zip(cells, refs, strict=True)
        )
        order = sorted(range(len(cells)), key=lambda number: not cells[number].principal)
        return self._marked(marked, [(number, refs[number]) for number in order], most)

    def passage(self, statements: Iterable[str], *, most: int = SHOWN) -> Marked:
        """Return what is said of the statements of a passage, which has no cells."""
        refs = [ref for statement in statements for ref in self._refs(statement, 1)]
        return self._marked((), [(None, ref) for ref in refs], most)

    def _marked(
        self, cells: tuple[HitCell, ...], places: Sequence[tuple[int | None, str]], most: int
    ) -> Marked:
        outcomes = {self._outcome(ref) for _, ref in places}
        if outcomes <= {"unchecked"}:
            return Marked(cells, "unchecked", 0, (), ())
        met = [(of, cell) for cell, ref in places for of in self._agreed.get(ref, ())]
        agrees = len({id(of) for of, _ in met})
        met.sort(key=lambda item: len(item[0].refs) < SUM)
        told: dict[str, HitAgreement] = {}
        for of, cell in met:  # columns that print the same meet the same equation
            if len(told) == most:
                break
            if of.equation not in told:
                told[of.equation] = _agreement(of, cell)
        if "fail" not in outcomes:
            return Marked(cells, "pass", agrees, (), tuple(told.values()))
        ordered = sorted(places, key=_cell)
        failed = tuple(check for cell, ref in ordered for check in self._of(ref, cell))
        return Marked(cells, "fail", agrees, failed, tuple(told.values()))

    def _outcome(self, ref: str) -> Outcome:
        if ref in self._failed:
            return "fail"
        return "pass" if ref in self._agreed else "unchecked"

    def _refs(self, record: str, cells: int) -> list[str]:
        """Return what terms of equations call the figures of a record."""
        name = record[len(self._document) + 1 :]
        if name.startswith("s") or (name.startswith("r") and cells == 1):
            return [name] * cells
        return [f"{name}.{cell}" for cell in range(cells)]

    def _of(self, ref: str, cell: int | None) -> Iterator[HitCheck]:
        for check, message, suspect in self._failed.get(ref, ()):
            yield HitCheck(
                relation=check.relation,
                name=check.name,
                equation=check.equation,
                difference=check.difference,
                unit=check.unit,
                cell=cell,
                cause=message,
                suspect=suspect,
                terms=tuple(self._records.term(t.text, t.ref) for t in check.terms if t.text),
            )


def _agreement(met: _Met, cell: int | None) -> HitAgreement:
    return HitAgreement(
        relation=met.relation, name=met.name, equation=met.equation, cell=cell, terms=met.terms
    )


def _cell(place: tuple[int | None, str]) -> int:
    return -1 if place[0] is None else place[0]
