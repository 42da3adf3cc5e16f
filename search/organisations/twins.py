"""Twins: one disclosure in several files (PDF and XLSX, or published twice); one is current."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from search.engines.base import Reader
from search.hits import DocumentInfo
from search.listing import disclosures

_TWINS: Final[WeakKeyDictionary[Reader, Mapping[str, str]]] = WeakKeyDictionary()


def twins(reader: Reader) -> Mapping[str, str]:
    """Return for each document that is published in another file as well the id of the current one.

    They are of one organisation, year, report and level. The one that says most is current, of
    such that say as much the one fetched last.
    """
    known = _TWINS.get(reader)
    if known is None:
        known = _TWINS[reader] = _found(disclosures(reader))
    return known


def _found(infos: Sequence[DocumentInfo]) -> Mapping[str, str]:
    groups: dict[tuple[object, ...], list[DocumentInfo]] = defaultdict(list)
    for of in infos:
        if of.organisation is not None and of.year is not None and of.report is not None:
            groups[of.organisation.id, of.year, of.report, of.level].append(of)
    return {
        of.id: max(group, key=_says).id for group in groups.values() if len(group) > 1
        for of in group
    }  # fmt: skip


def _says(of: DocumentInfo) -> tuple[int, str, str]:
    return of.rows + of.statements, of.retrieved or "", of.id
