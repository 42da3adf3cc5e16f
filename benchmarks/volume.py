"""Records in any number: those of an index's stored disclosures, then copies of them.

A copy is another department in another year with other amounts, and says the same words.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Final

from search.index import Index
from search.records import Record, records

FIRST_YEAR: Final = 2015
YEARS: Final = 11


class Volume:
    """Records of an index and copies of them."""

    def __init__(self, of: Index) -> None:
        self._of = of
        self._known: list[list[Record]] = []

    def documents(self, size: int) -> Iterator[tuple[str, list[Record]]]:
        """Yield documents with their records until there are `size` records."""
        left = size
        for turn, found in self._endless():
            copied = [_copy(record, turn) for record in found][:left]
            yield copied[0].document, copied
            left -= len(copied)
            if not left:
                return

    def _endless(self) -> Iterator[tuple[int, list[Record]]]:
        yield from ((0, found) for found in self._known)
        for document in self._of.store.documents()[len(self._known) :]:
            disclosure = self._of.store.disclosure(document)
            if disclosure is not None:
                self._known.append(list(records(disclosure)))
                yield 0, self._known[-1]
        for turn in count(1):
            yield from ((turn, found) for found in self._known)


def _copy(record: Record, turn: int) -> Record:
    if not turn:
        return record
    times = Decimal(10 + turn) / 10
    year = record.year and FIRST_YEAR + (record.year - FIRST_YEAR + turn) % YEARS
    return replace(
        record,
        id=f"{turn}-{record.id}",
        document=f"{turn}-{record.document}",
        department=f"{record.department}{turn}",
        year=year,
        figures=tuple(replace(f, base=f.base * times) for f in record.figures),
        amount=None if record.amount is None else record.amount * times,
    )
