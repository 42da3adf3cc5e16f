"""What one query finds: the records that match, their order, and the counts of each facet."""

from collections.abc import Collection
from functools import cached_property, reduce

import numpy as np

from search.engines import base
from search.engines.columns import Columns
from search.engines.evaluation import Evaluation
from search.engines.facets import counted
from search.engines.matched import Matched, alike
from search.engines.rows import Mask, numbers
from search.fields import FACETS
from search.results import FacetValue


class Eligible:
    """The records that may be hits at all; what every query without conditions finds."""

    def __init__(self, columns: Columns, mask: Mask) -> None:
        self.mask = mask
        self._columns = columns
        self._facets: dict[str, tuple[FacetValue, ...]] = {}

    @cached_property
    def matched(self) -> Matched:
        """All of them, matching alike."""
        return alike(numbers(self.mask))

    def facet(self, name: str) -> tuple[FacetValue, ...]:
        """Return the counts of a facet over all of them, which are counted once."""
        if name not in self._facets:
            self._facets[name] = counted(self._columns, name, self.matched.rows)
        return self._facets[name]


class Answer:
    """What a query finds of the eligible records."""

    def __init__(
        self,
        query: base.Bound,
        eligible: Eligible,
        evaluation: Evaluation,
        compared: base.Figure | None,
    ) -> None:
        self.evaluation, self.compared = evaluation, compared
        self._eligible = eligible
        self._whole = query.where == base.Everything()
        if self._whole:
            self._candidates = eligible.matched
        else:
            found = evaluation.found(query.where)
            self._candidates = found.only(eligible.mask[found.rows])
        rows = self._candidates.rows
        self._filters = {
            name: evaluation.mask(condition, rows) for name, condition in query.filters.items()
        }
        self.matched = self._kept(self._filters.values())

    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Return the counts of each facet; its own filter does not count."""
        found = {}
        for name in (field.name for field in FACETS):
            others = [mask for field, mask in self._filters.items() if field != name]
            if self._whole and not others:
                found[name] = self._eligible.facet(name)
            else:
                kept = self._kept(others) if name in self._filters else self.matched
                found[name] = counted(self.evaluation.columns, name, kept.rows)
        return found

    def _kept(self, filters: Collection[Mask]) -> Matched:
        """Return the candidates that all these filters keep."""
        if not filters:
            return self._candidates
        return self._candidates.only(reduce(np.logical_and, filters))
