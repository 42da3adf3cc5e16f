"""What is written of a record, made ready where the record is made: in the process that reads."""

from functools import lru_cache
from typing import Final

from search.accounts import account
from search.analysis import bare, tokens
from search.engines.base import Prepared
from search.engines.columns import KINDS, UNKNOWN_YEAR, text_key
from search.engines.figures import NO_AMOUNT, hundredths, stored
from search.engines.payloads import packed
from search.engines.seals import sealed
from search.fields import TEXT_FIELDS
from search.records import Record

NUMBERS: Final = (
    ("kind", "u1"), ("listed", "?"), ("definition", "?"), ("year", "<i4"), ("place", "<i8"),
    ("label_hash", "<i8"), ("label_length", "<i4"), ("repeat", "<i8"), ("amount", "<i8"),
)  # fmt: skip
"""Names and types of a record's numbers, in order."""


@lru_cache(maxsize=1 << 10)
def _words(text: str) -> str:
    """Return the distinct tokens of a text; the rows of a table have their path in common."""
    return " ".join(set(tokens(text)))


def prepared(record: Record) -> Prepared:
    """Return what is written of a record."""
    texts = [getattr(record, field.name) for field in TEXT_FIELDS]
    named = zip(TEXT_FIELDS, texts, strict=True)
    return Prepared(
        numbers=(
            KINDS.index(record.kind), record.listed, record.definition,
            record.year or UNKNOWN_YEAR, record.place,
            text_key(bare(record.label)), len(record.label), text_key(record.repeat),
            NO_AMOUNT if record.amount is None else hundredths(record.amount),
        ),
        keywords=(
            record.document, record.department, record.report or "", record.table or "",
            account(record.code, record.label), record.term, record.checks,
        ),
        figures=tuple((*stored(figure), figure.unit, figure.column) for figure in record.figures),
        payload=packed(record.payload),
        text=sealed("\n".join((record.id, *map(bare, texts))).encode()),
        tokens={field.name: _words(text) for field, text in named if text},
    )  # fmt: skip
