"""What the checks say of one record: the relations its figures meet, and those they do not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.equation import NO_DATA, SHOWN, told
from search.model import Agreement, Cell, Check, Disclosure
from search.results import HitAgreement, HitCell, HitCheck, HitTerm, Outcome

_Place = tuple[int | None, str]
"""A cell of a record, None of what has none, and what terms of equations call its figure."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The cells of a record with what is said of each, and of the record as a whole.

    The equations that its figures meet are counted; `CheckMarks.agreed` tells them.
    """

    cells: tuple[HitCell, ...]
    outcome: Outcome
    agrees: int
    failed: tuple[HitCheck, ...]


@dataclass(slots=True, eq=False)  # never changed; hundreds a disclosure, and frozen ones cost more
class _Met:
    """An equation that is met."""

    of: Agreement
    terms: tuple[str, ...]


class Records:
    """The records of a disclosure that terms of equations name."""

    def __init__(self, of: Disclosure) -> None:
        self._of = of
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

    def text(self, ref: str) -> str:
        """Return what a term prints, "" for nothing."""
        return self._texts[ref] if ref else ""

    @cached_property
    def _texts(self) -> dict[str, str]:
        prefix = len(self._document) + 1
        found = {table.id[prefix:]: NO_DATA for table in self._of.tables}
        rows = ((row.id, row.cells) for table in self._of.tables for row in table.rows)
        funds = ((project.id, project.funds) for project in self._of.projects)
        for record, cells in (*rows, *funds):
            names = _refs(record[prefix:], len(cells))
            found.update((ref, cell.text) for ref, cell in zip(names, cells, strict=True))
        for passage in self._of.passages:
            for statement in passage.statements:
                found[statement.id[prefix:]] = statement.printed
        return found

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
            for terms in agreement.equations:
                met = _Met(agreement, terms)
                for ref in {term.removeprefix("-") for term in terms if term}:
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

    def record(self, record: str, cells: Sequence[Cell]) -> Marked:
        """Return the cells of a record with the relations that they meet, and do not meet."""
        places = self._places(record, len(cells))
        marked = tuple(
            HitCell(
                **cell.__dict__, agrees=len(self._agreed.get(ref, ())), outcome=self._outcome(ref)
            )
            for cell, (_, ref) in zip(cells, places, strict=True)
        )
        return self._marked(marked, places)

    def passage(self, statements: Iterable[str]) -> Marked:
        """Return what is said of the statements of a passage, which has no cells."""
        return self._marked((), self._said(statements))

    def agreed(
        self, record: str, cells: int, statements: Iterable[str] = ()
    ) -> tuple[HitAgreement, ...]:
        """Return the equations that a record's cells meet, and the statements of a passage.

        One that several of them take part in is told once, of the first.
        """
        places = (*self._places(record, cells), *self._said(statements))
        return tuple(self._agreement(met, cell) for met, cell in self._met(places).items())

    def _marked(self, cells: tuple[HitCell, ...], places: Sequence[_Place]) -> Marked:
        outcomes = {self._outcome(ref) for _, ref in places}
        if outcomes <= {"unchecked"}:
            return Marked(cells, "unchecked", 0, ())
        agrees = len(self._met(places))
        if "fail" not in outcomes:
            return Marked(cells, "pass", agrees, ())
        return Marked(cells, "fail", agrees, tuple(self._unmet(places)))

    def _met(self, places: Iterable[_Place]) -> dict[_Met, int | None]:
        """Return the equations that figures meet, with the first cell of each."""
        found: dict[_Met, int | None] = {}
        for cell, ref in places:
            for met in self._agreed.get(ref, ()):
                found.setdefault(met, cell)
        return found

    def _outcome(self, ref: str) -> Outcome:
        if ref in self._failed:
            return "fail"
        return "pass" if ref in self._agreed else "unchecked"

    def _places(self, record: str, cells: int) -> list[_Place]:
        """Return the cells of a record, each with what terms of equations call its figure."""
        return list(enumerate(_refs(record[len(self._document) + 1 :], cells)))

    def _said(self, statements: Iterable[str]) -> list[_Place]:
        return [(None, statement[len(self._document) + 1 :]) for statement in statements]

    def _unmet(self, places: Iterable[_Place]) -> Iterator[HitCheck]:
        """Yield each check that figures fail, of every suspect among them, else of the first."""
        told: set[int] = set()
        suspects_first = sorted(
            ((cell, *failed) for cell, ref in places for failed in self._failed.get(ref, ())),
            key=lambda item: not item[-1],
        )
        for cell, check, message, suspect in suspects_first:
            if not suspect and id(check) in told:
                continue
            told.add(id(check))
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

    def _agreement(self, met: _Met, cell: int | None) -> HitAgreement:
        refs = [(-1 if term.startswith("-") else 1, term.removeprefix("-")) for term in met.terms]
        terms = [(way, self._records.text(ref)) for way, ref in refs]
        shown = [
            self._records.term(text, ref)
            for (_, text), (_, ref) in zip(terms, refs, strict=True)
            if text
        ]
        return HitAgreement(
            relation=met.of.relation,
            name=met.of.name,
            equation=told(met.of.shape, terms, met=True),
            cell=cell,
            terms=tuple(shown[: SHOWN + 1]),
        )


def _refs(name: str, cells: int) -> list[str]:
    """Return what terms of equations call the cells of a record; see `search.model.Term`."""
    alone = name.startswith("s") or (name.startswith("r") and cells == 1)
    return [name if alone else f"{name}.{cell}" for cell in range(cells)]
