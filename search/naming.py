"""The names that a commit of an index knows, for queries to use."""

from typing import Final
from weakref import WeakKeyDictionary

from search.engines.base import Reader
from search.query.names import IndexNames

_NAMES: Final[WeakKeyDictionary[Reader, IndexNames]] = WeakKeyDictionary()


def names(reader: Reader) -> IndexNames:
    """Return the names that a commit knows and a query may use; gathered once a commit."""
    known = _NAMES.get(reader)
    if known is None:
        variants: dict[str, tuple[str, ...]] = {}
        called: dict[str, dict[str, None]] = {}
        for document in reader.documents():
            before = variants.get(document.department, ())
            variants[document.department] = (*before, *document.department_variants)
            if document.organisation is not None:
                called.setdefault(document.organisation.id, {})[document.department] = None
        for name in reader.values("department"):  # of tables that are not the document's
            variants.setdefault(name, ())
        known = IndexNames(
            departments=variants,
            codes=frozenset(reader.values("code")),
            tables=reader.values("table"),
            columns=reader.values("column"),
            regions=reader.values("region"),
            organisations={of: tuple(names) for of, names in called.items()},
        )
        _NAMES[reader] = known
    return known
