"""The default engine: text through Whoosh postings, structure as masks over NumPy columns.

Tokens come segmented; each record is one Whoosh document, its columns stored in the same
segments, so that one commit holds both and is seen whole or not at all.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from whoosh import fields as schema
from whoosh import index as whoosh_index
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.reading import IndexReader, TermNotFound

from search.accounts import account, code_of, tree
from search.analysis import clean, tokens
from search.engines import base
from search.engines.columns import (
    FIGURE,
    KINDS,
    NO_AMOUNT,
    UNKNOWN_YEAR,
    Columns,
    Mask,
    Names,
    pack,
    text_key,
    without_repeats,
)
from search.engines.damage import DAMAGE, reading, writing
from search.engines.evaluation import Evaluation, Matched, figures, names_year
from search.errors import IndexBusyError, IndexMissingError
from search.fields import TEXT_FIELDS
from search.hits import DocumentInfo
from search.records import Record
from search.results import FacetValue, Hit, Repeat

NAMES: Final = ("department", "report", "table", "account")
_NUMBERS: Final = {"kind": "B", "listed": "B", "definition": "B", "year": "i", "place": "q",
                   "label_hash": "q", "label_length": "i", "repeat": "q"}  # fmt: skip
_FACETS: Final = ("department", "year", "report", "table", "type", "code")
REPEATS: Final = 20
"""Documents that repeat a hit's text and are named with it."""
_TYPES: Final = {"row": "row", "passage": "passage", "statement": "passage", "project": "project"}


def _schema() -> schema.Schema:
    found = schema.Schema(
        id=schema.ID(unique=True),
        document=schema.ID(),
        column=schema.KEYWORD(commas=True),
        term=schema.ID(),
        payload=schema.STORED(),
        texts=schema.STORED(),
        figures=schema.COLUMN(VarBytesColumn()),
    )
    for field in TEXT_FIELDS:
        found.add(field.name, schema.KEYWORD(scorable=True))
    for name, code in _NUMBERS.items():
        found.add(f"n_{name}", schema.COLUMN(NumericColumn(code)))
    for name in NAMES:
        found.add(f"k_{name}", schema.COLUMN(RefBytesColumn()))
    return found


class WhooshWriter:
    """Writes records to a Whoosh index; see `search.engines.base.Writer`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            exists = whoosh_index.exists_in(str(path))
            opened = whoosh_index.open_dir(str(path)) if exists else whoosh_index.create_in(
                str(path), _schema()
            )  # fmt: skip
            try:
                self._writer = opened.writer(limitmb=256)
            except whoosh_index.LockError as error:
                raise IndexBusyError(f"另一个进程正在写入索引 {path}") from error

    def add(self, document: str, records: Iterable[Record]) -> None:
        """Add a document's records in place of any that it had."""
        prepared = [_fields(record) for record in records]  # what fails here leaves no half
        with writing(self._path):
            self._writer.delete_by_term("document", document)
            for fields in prepared:
                self._writer.add_document(**fields)

    def remove(self, document: str) -> None:
        """Remove a document's records."""
        with writing(self._path):
            self._writer.delete_by_term("document", document)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            with writing(self._path):
                self._writer.commit()
            return
        with suppress(OSError, *DAMAGE):  # the error that led here is the one to tell
            self._writer.cancel()


def _fields(record: Record) -> dict[str, Any]:
    texts = tuple(getattr(record, field.name) for field in TEXT_FIELDS)
    columns = {figure.column.replace(",", "，") for figure in record.figures if figure.column}
    numbers = {
        "kind": KINDS.index(record.kind),
        "listed": record.listed,
        "definition": record.definition,
        "year": record.year or UNKNOWN_YEAR,
        "place": record.place,
        "label_hash": text_key(clean(record.label)),
        "label_length": len(record.label),
        "repeat": text_key(record.repeat),
    }
    names = {name: getattr(record, name) or "" for name in NAMES if name != "account"}
    names["account"] = account(record.code, record.label)
    return {
        "id": record.id,
        "document": record.document,
        "column": ",".join(sorted(columns)),
        **({"term": record.term} if record.term else {}),
        "payload": record.payload,
        "texts": texts,
        "figures": pack(record.figures),
        **{
            field.name: " ".join(tokens(text))
            for field, text in zip(TEXT_FIELDS, texts, strict=True)
        },
        **{f"n_{name}": int(value) for name, value in numbers.items()},
        **{f"k_{name}": value.encode() for name, value in names.items()},
    }


class WhooshReader:
    """Reads one commit of a Whoosh index; see `search.engines.base.Reader`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with reading(path):
            if not path.is_dir() or not whoosh_index.exists_in(str(path)):
                raise IndexMissingError(f"没有索引：{path}（先运行 gongkai index 来源…）")
            self._reader: IndexReader = whoosh_index.open_dir(str(path), readonly=True).reader()
        self._postings = lru_cache(maxsize=4096)(self._read_postings)

    def close(self) -> None:
        """Release the files."""
        self._reader.close()

    @cached_property
    def columns(self) -> Columns:
        """The columns of this commit."""
        with reading(self._path):
            return _load(self._reader)

    def token(self, field: str, token: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the records that hold `token` in `field`, ascending, and how often."""
        return self._postings(field, token)

    def text(self, record: int) -> tuple[str, ...]:
        """Return the normalised texts of a record, in the order of `TEXT_FIELDS`."""
        texts: tuple[str, ...] = self._stored(record, "texts")
        return texts

    def _stored(self, record: int, name: str) -> Any:
        with reading(self._path):
            return self._reader.stored_fields(record)[name]

    def _read_postings(
        self, field: str, token: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        records, weights = [], []
        with reading(self._path), suppress(TermNotFound):
            matcher = self._reader.postings(field, token)
            while matcher.is_active():
                records.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return np.array(records, dtype=np.int64), np.array(weights, dtype=np.float32)

    def search(self, query: base.Bound, *, offset: int, limit: int) -> base.Found:
        """Return hits `offset` to `offset + limit` of `query`, with exact counts."""
        whole = base.All((query.where, *query.filters.values()))
        compared = next(figures(whole), None)
        evaluation = Evaluation(self.columns, self, bound=compared is not None)
        candidates = self._candidates(query, compared, dated=names_year(whole))
        where = evaluation.matched(query.where)
        filters = {name: evaluation.matched(c).mask for name, c in query.filters.items()}
        base_mask = candidates & where.mask
        mask = _conjunction(base_mask, filters.values())
        order = self._order(mask, where, query.sort, compared)
        shown = without_repeats(order, self.columns.repeat) if query.once else order
        hits = [self._hit(int(i), where) for i in shown[offset : offset + limit]]
        if query.once:
            records = zip(hits, shown[offset : offset + limit], strict=True)
            hits = [self._with_repeats(hit, int(i), order) for hit, i in records]
        facets = self._facets(base_mask, filters)
        return base.Found(len(order), tuple(hits), facets, shown=len(shown))

    def records(self, query: base.Bound) -> list[str]:
        """Return the ids of all records that match `query`, in document order."""
        found = self.search(replace(query, once=False), offset=0, limit=len(self.columns))
        return [hit.id for hit in found.hits]

    def _with_repeats(self, hit: Hit, record: int, order: NDArray[np.int64]) -> Hit:
        """Return a hit with the records among those in order that say the same."""
        said = self.columns.repeat
        if not said[record]:
            return hit
        others = order[(said[order] == said[record]) & (order != record)]
        payloads = (self._stored(int(other), "payload") for other in others[:REPEATS])
        same = [Hit.model_validate_json(payload) for payload in payloads]
        repeats = tuple(Repeat(id=other.id, document=other.document) for other in same)
        return hit.model_copy(update={"repeated": len(others), "repeats": repeats})

    def _candidates(self, query: base.Bound, compared: base.Figure | None, *, dated: bool) -> Mask:
        """Return the records that may be hits at all.

        Statements answer comparisons; without one they stand in for their passage only where
        they speak of another year than the document and years are asked for.
        """
        columns = self.columns
        statement = columns.kind == KINDS.index("statement")
        fact: Mask = columns.live & (columns.kind != KINDS.index("document"))
        usual: Mask
        if query.kinds is not None:
            usual = fact & np.isin(columns.kind, [KINDS.index(kind) for kind in query.kinds])
        elif compared is not None:
            passage = columns.kind == KINDS.index("passage")
            usual = fact & ~passage & (columns.listed | statement)
        else:
            usual = fact & columns.listed & (~statement | dated)
        return usual

    def _order(
        self, mask: Mask, matched: Matched, sort: base.Sort, compared: base.Figure | None
    ) -> NDArray[np.int64]:
        """Return the matching records in order; ties fall by year, department and place."""
        columns = self.columns
        chosen = np.flatnonzero(mask)
        amount = columns.amounts(compared)[chosen]
        unknown = amount == NO_AMOUNT
        amount[unknown] = 0
        department = columns.names["department"].codes[chosen]
        year = columns.year[chosen]
        last = [columns.place[chosen], department, -year]
        rank = [-np.round(matched.score[chosen], 3), matched.tier[chosen]]
        keys = {
            "relevance": [*last, -amount, *rank] if compared else [*last, *rank],
            "amount": [*last, -amount, unknown],
            "amount_ascending": [*last, amount, unknown],
            "year": [columns.place[chosen], department, *rank, -year],
        }[sort]
        return chosen[np.lexsort(keys)]

    def _hit(self, record: int, matched: Matched) -> Hit:
        hit = Hit.model_validate_json(self._stored(record, "payload"))
        score = float(10 - matched.tier[record]) + float(matched.score[record]) / 100
        return hit.model_copy(update={"score": round(score, 4)})

    def _facets(self, mask: Mask, filters: dict[str, Mask]) -> dict[str, tuple[FacetValue, ...]]:
        found = {}
        for name in _FACETS:
            others = (other for field, other in filters.items() if field != name)
            found[name] = self._facet(name, _conjunction(mask, others))
        return found

    def _facet(self, name: str, mask: Mask) -> tuple[FacetValue, ...]:
        columns = self.columns
        if name == "type":
            counts: dict[str, int] = {}
            for code, count in enumerate(np.bincount(columns.kind[mask], minlength=len(KINDS))):
                kind = _TYPES.get(KINDS[code])
                if kind and count:
                    counts[kind] = counts.get(kind, 0) + int(count)
        elif name == "year":
            years, often = np.unique(columns.year[mask], return_counts=True)
            counts = {str(y): int(n) for y, n in zip(years, often, strict=True) if y}
        else:
            names = columns.names["account" if name == "code" else name]
            often = np.bincount(names.codes[mask], minlength=len(names.values))
            pairs = zip(names.values, often, strict=True)
            counts = {value: int(n) for value, n in pairs if n and value}
            if name == "code":
                return tree(counts)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(FacetValue(value=value, count=count) for value, count in ordered)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return every indexed document, by department, year and report."""
        mask = self.columns.live & (self.columns.kind == KINDS.index("document"))
        payloads = (self._stored(int(record), "payload") for record in np.flatnonzero(mask))
        found = [DocumentInfo.model_validate_json(payload) for payload in payloads]
        return tuple(sorted(found, key=lambda d: (d.department, d.year or 0, d.report or "", d.id)))

    def values(self, name: str) -> tuple[str, ...]:
        """Return the distinct values of a keyword field (`code`, `column`, `table`, …)."""
        if name == "column" and len(self.columns):
            with reading(self._path):
                terms: Iterable[bytes] = self._reader.lexicon("column")
                return tuple(term.decode().replace("，", ",") for term in terms)
        if name == "code":
            accounts = self.columns.names["account"].values
            return tuple(dict.fromkeys(code_of(value) for value in accounts if value))
        names = self.columns.names.get(name)
        return tuple(value for value in names.values if value) if names else ()

    def terms(self) -> dict[str, int]:
        """Return the terms of the records, and how many records bear each."""
        with reading(self._path):
            if not self._reader.doc_count():
                return {}
            found = ((text.decode(), info) for text, info in self._reader.iter_field("term"))
            if not self._reader.has_deletions():
                return {text: info.doc_frequency() for text, info in found}
            # Removed records still count until Whoosh merges its segments.
            counts = ((text, len(list(self._reader.postings("term", text).all_ids())))
                      for text, _ in found)  # fmt: skip
            return {text: count for text, count in counts if count}

    def count(self, kind: str) -> int:
        """Return how many records of a kind (row, passage, project) there are."""
        return int((self.columns.live & (self.columns.kind == KINDS.index(kind))).sum())


def _conjunction(mask: Mask, others: Iterable[Mask]) -> Mask:
    result = mask
    for other in others:
        result = result & other
    return result


def _load(reader: IndexReader) -> Columns:
    size = reader.doc_count_all()
    live = np.zeros(size, dtype=bool)
    live[np.fromiter(reader.all_doc_ids(), dtype=np.int64)] = True
    number = {name: np.zeros(size, dtype=np.int64) for name in _NUMBERS}
    name_codes = {name: np.zeros(size, dtype=np.int32) for name in NAMES}
    known: dict[str, dict[bytes, int]] = {name: {b"": 0} for name in NAMES}
    packed: list[bytes] = [b""] * size
    for leaf, start in reader.leaf_readers() if size else ():
        stop = start + leaf.doc_count_all()
        for name, column in number.items():
            column[start:stop] = list(leaf.column_reader(f"n_{name}", translate=False))
        for name, codes in name_codes.items():
            values = leaf.column_reader(f"k_{name}", translate=False)
            seen = known[name]
            codes[start:stop] = [seen.setdefault(bytes(value), len(seen)) for value in values]
        packed[start:stop] = leaf.column_reader("figures", translate=False)
    counts = np.array([len(item) // FIGURE.itemsize for item in packed], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Columns(
        live=live,
        kind=number["kind"].astype(np.uint8),
        listed=number["listed"].astype(bool),
        definition=number["definition"].astype(bool),
        year=number["year"].astype(np.int32),
        place=number["place"],
        label_hash=number["label_hash"],
        label_length=number["label_length"].astype(np.int32),
        repeat=number["repeat"],
        names={
            name: _sorted_names(tuple(v.decode() for v in known[name]), codes)
            for name, codes in name_codes.items()
        },
        figures=np.frombuffer(b"".join(packed), dtype=FIGURE),
        offsets=offsets,
        owner=np.repeat(np.arange(size, dtype=np.int64), counts),
    )


def _sorted_names(values: tuple[str, ...], codes: NDArray[np.int32]) -> Names:
    """Return a keyword column whose codes are in the order of its values."""
    # Not by NumPy, whose arrays of text take as much for every name as for the longest.
    order = sorted(range(len(values)), key=values.__getitem__)
    rank = np.empty(len(values), dtype=np.int32)
    rank[order] = np.arange(len(values), dtype=np.int32)
    return Names(tuple(values[i] for i in order), rank[codes])
