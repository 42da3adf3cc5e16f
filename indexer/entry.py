"""What an index takes in of a disclosure, made ready in the process that read it.

So the one process that writes only has to put it down, and little has to pass between them.
"""

from dataclasses import dataclass

from search.engines.base import Prepared
from search.engines.prepared import prepared
from search.hits import DocumentInfo, document_info
from search.model import Disclosure
from search.records import records
from search.store import packed


@dataclass(frozen=True, slots=True)
class Entry:
    """A disclosure as it is stored, with its records; `source` is None where it is stored."""

    info: DocumentInfo
    disclosure: bytes
    records: tuple[Prepared, ...]
    source: bytes | None = None


def entry(disclosure: Disclosure, data: bytes | None = None) -> Entry:
    """Return what an index takes in of a disclosure, and of the bytes it was read from."""
    return Entry(
        info=document_info(disclosure),
        disclosure=packed(disclosure),
        records=tuple(map(prepared, records(disclosure))),
        source=None if data is None else packed(data),
    )
