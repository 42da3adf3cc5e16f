"""Of which year a figure is: its own, its sentence's, or the year of what it is compared with."""

from dataclasses import dataclass, replace

from indexer.narrative.words import Period, Words
from search.model import Role


@dataclass(slots=True)
class Years:
    """Of which years a sentence speaks; `document` is the document's, told as none."""

    document: int | None
    year: int | None = None
    state: bool = False
    """Whether the year is that of a date at which something stands."""
    latest: int | None = None
    """The latest year that a level was said of."""

    def fresh(self) -> "Years":
        """Return the years of a new sentence."""
        return Years(self.document)

    def behind_semicolon(self) -> "Years":
        """Return the years behind a semicolon: another year than the document's holds on."""
        return self.fresh() if self.year == self.document and not self.state else self

    def resume(self, before: "Years") -> None:
        """Speak of the year of the sentence before: 与上年相比，减少…"""
        self.year, self.state, self.latest = before.year, False, before.latest

    def speak_of(self, period: Period) -> None:
        """Note the period that a clause begins with, which holds for those behind it."""
        if not period.start:
            year = self._year(period)
            self.year = None if year == self.document else year
            self.state = period.state

    def read(self, words: Words, *, inherits: bool) -> tuple[int | None, Role]:
        """Return the year that a figure is of where one is said, and its role.

        A figure `inherits` its item where its own words name none: 上年预算5万元 says another
        year of it once, a sentence about 去年购置费 speaks of that year.
        """
        period = words.period
        if words.prior and words.compared is not None:
            if period is not None and period.year is not None:
                self.year, self.state = period.year, period.state
            return self._compared(words.compared)
        year, state = self.year, self.state
        if period is not None and not period.start:
            year, state = self._year(period), period.state
            if not (inherits and period.year is None and period.offset < 0):
                self.year, self.state = year, state
            elif words.role is Role.LEVEL:
                return year, Role.PRIOR
        elif words.role is not Role.LEVEL and self.latest and year:
            year = max(year, self.latest)
        if words.role is not Role.LEVEL or state:
            return year, words.role
        if year is not None:
            self.latest = max(year, self.latest or year)
        earlier = year is not None and self.document is not None and year < self.document
        return year, Role.PRIOR if earlier else Role.LEVEL

    def aside(self) -> "Years":
        """Return a copy for a reason, whose years matter to the reason alone."""
        return replace(self)

    def _compared(self, with_it: Period) -> tuple[int | None, Role]:
        now = self.year or self.document
        year = with_it.of(self.year, self.document)
        if with_it.start or (year is not None and year == now):
            return self.year, Role.LEVEL
        return year, Role.PRIOR

    def _year(self, period: Period) -> int | None:
        """Return the year of a period, none for 今年 and 本年, which are the document's."""
        if period.year is None and period.offset == 0:
            return None
        return period.of(self.year, self.document)
