"""Finds the record that an id names, as a hit, in the stored disclosures."""

from collections.abc import Collection, Iterator
from typing import Final

from search.hits import HitMaker
from search.model import Disclosure
from search.results import Hit
from search.store import Store

_SEPARATOR: Final = "-"


def document_of(record: str) -> str:
    """Return the id of the document that a record's id names."""
    return record.partition(_SEPARATOR)[0]


def find(store: Store, record: str) -> Hit | None:
    """Return a record of a stored disclosure as a hit, None where there is none of this id."""
    disclosure = store.disclosure(document_of(record))
    return None if disclosure is None else within(disclosure, record)


def within(disclosure: Disclosure, record: str) -> Hit | None:
    """Return a record of a disclosure as a hit, None where it has none of this id."""
    return next((hit for hit in _all(disclosure) if hit.id == record), None)


def several(disclosure: Disclosure, records: Collection[str]) -> dict[str, Hit]:
    """Return those of the records that a disclosure has."""
    return {hit.id: hit for hit in _all(disclosure) if hit.id in records}


def _all(disclosure: Disclosure) -> Iterator[Hit]:
    make = HitMaker(disclosure)
    for table in disclosure.tables:
        for row in table.rows:
            yield make.row(table, row)
        for remark in table.remarks:
            yield make.remark(table, remark)
    for passage in disclosure.passages:
        yield make.passage(passage)
        for statement in passage.statements:
            yield make.statement(passage, statement)
    for _, _, _, hit in make.projects():
        yield hit
    for _, hit in make.unread():
        yield hit
