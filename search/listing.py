"""The documents of a commit that are current: no newer version has taken their place."""

from typing import Final
from weakref import WeakKeyDictionary

from search.engines.base import Reader
from search.hits import DocumentInfo

_CURRENT: Final[WeakKeyDictionary[Reader, tuple[DocumentInfo, ...]]] = WeakKeyDictionary()


def current(reader: Reader) -> tuple[DocumentInfo, ...]:
    """Return the current documents by department, year and report; gathered once a commit."""
    found = _CURRENT.get(reader)
    if found is None:
        found = tuple(info for info in reader.documents() if info.superseded_by is None)
        _CURRENT[reader] = found
    return found


def disclosures(reader: Reader) -> tuple[DocumentInfo, ...]:
    """Return the current documents that are filled disclosures: what departments are counted by."""
    return tuple(info for info in current(reader) if info.genre == "disclosure")


def compiled(reader: Reader) -> frozenset[str]:
    """Return the departments that only stand in compilations, together with others."""
    infos = current(reader)
    held = frozenset(name for info in infos for name in info.departments)
    return held - {info.department for info in infos}
