"""The ledgers of an index: of each document, what became of the numbers that it prints."""

from collections import Counter

from search.compare.absence import reference
from search.fates import Fate, Unread, accounted, figures
from search.hits import DocumentInfo
from search.index import Index
from search.listing import current
from search.model import Exact, Frozen
from search.results import DocumentRef


class DocumentLedger(Frozen):
    """How many numbers a document prints, how many have which fate, and the unread."""

    document: DocumentRef
    printed: int
    fates: dict[Fate, int]
    accounted: Exact
    """The share of the figures that was read, in per cent."""
    unread: tuple[Unread, ...]


class Ledgers(Frozen):
    """The ledgers of all documents, and their sums."""

    documents: tuple[DocumentLedger, ...]
    printed: int
    figures: int
    unread: int
    accounted: Exact


def ledgers(index: Index) -> Ledgers:
    """Return the ledger of each current document; only those with unread figures are opened."""
    infos = current(index.reader)
    fates: Counter[Fate] = Counter()
    for info in infos:
        fates.update(info.fates)
    return Ledgers(
        documents=tuple(_document(index, info) for info in infos),
        printed=fates.total(),
        figures=figures(fates),
        unread=fates["unread"],
        accounted=accounted(fates),
    )


def _document(index: Index, info: DocumentInfo) -> DocumentLedger:
    opened = index.store.disclosure(info.id) if info.fates.get("unread") else None
    return DocumentLedger(
        document=reference(info),
        printed=sum(info.fates.values()),
        fates=info.fates,
        accounted=accounted(info.fates),
        unread=opened.ledger.unread if opened else (),
    )
