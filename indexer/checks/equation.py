"""The one evaluator: what an equation's stated figure is above what the others give."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indexer.checks.figures import NOTHING, Figure
from indexer.checks.relation import Relation
from search.model import Shape

HUNDRED: Final = Decimal(100)


@dataclass(slots=True, eq=False)  # never changed; hundreds a disclosure, and frozen ones cost more
class Equation:
    """A relation between printed figures; the first term is the stated one.

    sum: stated = Σ sign · term. share: stated % = second ÷ third. growth: stated % = second ÷
    (third − second), the second being the signed change. direction: the sign of the second says
    whether both go the same way. `doubt` says why a difference would prove nothing.
    """

    relation: Relation
    terms: tuple[tuple[int, Figure], ...]
    shape: Shape = "sum"
    doubt: str = ""

    @property
    def stated(self) -> Figure:
        """The figure that the others should give."""
        return self.terms[0][1]

    def difference(self, instead: Mapping[str, Decimal] | None = None) -> Decimal | None:
        """Return what the stated figure is above the others; None where that has no meaning.

        `instead` has other values for some figures by `ref`.
        """
        if self.shape == "sum":
            first = self.stated
            total = 2 * (instead.get(first.ref, first.value) if instead else first.value)
            for sign, figure in self.terms:
                value = instead.get(figure.ref, figure.value) if instead else figure.value
                if value:
                    total = total - value if sign > 0 else total + value
            return total
        known: Mapping[str, Decimal] = instead or {}
        values = [known.get(figure.ref, figure.value) for _, figure in self.terms]
        if self.shape == "direction":
            return NOTHING if self.terms[1][0] > 0 else values[0]
        whole = values[2] if self.shape == "share" else values[2] - self.terms[1][0] * values[1]
        return values[0] - HUNDRED * values[1] / whole if whole > 0 else None

    @property
    def tolerance(self) -> Decimal:
        """How far rounding of the printed figures may move the difference."""
        if self.shape == "sum":
            return sum((figure.half for _, figure in self.terms if figure.half), NOTHING)
        if self.shape == "direction":
            return NOTHING
        stated, part, whole = (figure for _, figure in self.terms)
        base, half = whole.value, whole.half
        if self.shape == "growth":
            base, half = base - self.terms[1][0] * part.value, half + part.half
        if base <= 0:
            return NOTHING
        moved = part.half + half * abs(part.value) / base
        # Shares are cut off, or made to add up to 100: a whole unit in the last place.
        return 2 * stated.half + HUNDRED * moved / base

    def holds(self, instead: Mapping[str, Decimal] | None = None) -> bool:
        """Return whether the figures agree within rounding."""
        difference = self.difference(instead)
        return not difference or abs(difference) <= self.tolerance

    @property
    def blank(self) -> bool:
        """Whether no term prints a figure, so that there is nothing to compare."""
        for _, figure in self.terms:  # noqa: SIM110 - all() takes twice as long, for each equation
            if figure.text and not figure.unread:
                return False
        return True

    @property
    def unread(self) -> Figure | None:
        """The first term that prints something which is not read as a figure."""
        return next((figure for _, figure in self.terms if figure.unread), None)
