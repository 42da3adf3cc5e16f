"""What gongkai's engines are measured beside: SQLite FTS5 and bare tantivy, doing the same job.

Both get the same tokens. Both filter, rank, count, count facets, and give the hits of a page.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Protocol

import tantivy

from search.accounts import account
from search.analysis import clean, tokens
from search.engines import base
from search.engines.base import Bound
from search.fields import TEXT_FIELDS
from search.records import Record
from search.results import IndexedHit

NAMES: Final = tuple(field.name for field in TEXT_FIELDS)
FACETS: Final = ("department", "year", "report", "tab", "kind", "account", "checks")
_BOOST: Final = "8.0, 3.0, 2.0, 1.0"
_NONE: Final = -(1 << 62)
"""The amount of a record without one."""


class Side(Protocol):
    """An index of records that can be asked."""

    def fill(self, found: Iterable[Record]) -> None:
        """Write all records."""
        ...

    def ask(self, query: Bound, limit: int) -> tuple[int, list[IndexedHit]]:
        """Return how many records match, and the first hits; facets are counted as well."""
        ...


def spaced(text: str) -> str:
    """Return the distinct tokens of a text between spaces."""
    return " ".join(dict.fromkeys(tokens(text)))


def _amount(record: Record) -> int:
    return _NONE if record.amount is None else int(record.amount * 100)


def _flags(record: Record) -> tuple[bool, bool]:
    """Return whether a record may be a hit without a comparison, and with one."""
    fact = record.kind != "document"
    return (
        fact and record.listed and record.kind != "statement",
        fact and record.kind != "passage" and (record.listed or record.kind == "statement"),
    )


def _parts(condition: base.Condition) -> Iterator[base.Condition]:
    if isinstance(condition, base.All):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition


def _hit(payload: bytes) -> IndexedHit:
    return IndexedHit.model_validate_json(zlib.decompress(payload))


def _fen(bound: Decimal | None) -> int:
    return int((bound or 0) * 100)


class Sqlite:
    """SQLite with FTS5: words in a full-text table, the rest in columns with indexes."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path / "records.sqlite")
        self._base.executescript("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 8000000000;
        """)

    def fill(self, found: Iterable[Record]) -> None:
        """Write all records."""
        self._base.executescript(f"""
            CREATE VIRTUAL TABLE words USING fts5 ({", ".join(NAMES)}, content='', columnsize=0,
                detail='column', tokenize="unicode61 tokenchars '.,'");
            CREATE TABLE records (id INTEGER PRIMARY KEY, usual INTEGER, compared INTEGER,
                department TEXT, year INTEGER, report TEXT, tab TEXT, kind TEXT, account TEXT,
                checks TEXT, amount INTEGER, place INTEGER, payload BLOB, said TEXT);
            CREATE TABLE figures (record INTEGER, amount INTEGER);
        """)
        put = self._base.execute
        for number, record in enumerate(found, 1):
            texts = [getattr(record, name) for name in NAMES]
            marks = ", ".join("?" * len(NAMES))
            put(f"INSERT INTO words (rowid, {', '.join(NAMES)}) VALUES (?, {marks})",
                (number, *map(spaced, texts)))  # fmt: skip
            put(f"INSERT INTO records VALUES ({', '.join('?' * 14)})", (
                number, *_flags(record), record.department, record.year, record.report or "",
                record.table or "", record.kind, account(record.code, record.label),
                record.checks, _amount(record), record.place,
                zlib.compress(record.payload.encode(), 1), "\n".join(map(clean, texts)),
            ))  # fmt: skip
            self._base.executemany("INSERT INTO figures VALUES (?, ?)", [
                (number, int(f.base * 100)) for f in record.figures
                if f.principal and f.kind == "money" and f.role == "level"
            ])  # fmt: skip
        self._base.executescript("""
            CREATE INDEX by_record ON figures (record, amount);
            CREATE INDEX by_account ON records (account);
            CREATE INDEX by_department ON records (department);
            INSERT INTO words (words) VALUES ('optimize');
            ANALYZE;
        """)

    def ask(self, query: Bound, limit: int) -> tuple[int, list[IndexedHit]]:
        """Return how many records match, and the first hits; facets are counted as well."""
        parts = [*_parts(query.where), *query.filters.values()]
        compared = any(isinstance(part, base.Figure) for part in parts)
        where = ["compared" if compared else "usual"]
        words: list[str] = []
        values: list[Any] = []
        for part in parts:
            match part:
                case base.Text(said, exact, _):
                    all_of = " AND ".join(f'"{token}"' for token in said)
                    names = NAMES[:-1] if compared else NAMES
                    fields = [f"{name} : ({all_of})" for name in names]
                    words.append(f"({' OR '.join(fields)})")
                    if exact and (clean(exact),) != said:
                        where.append("instr(said, ?)")
                        values.append(clean(exact))
                case base.Years(first, last):
                    where.append("year BETWEEN ? AND ?")
                    values += [first, last]
                case base.Keyword(name, found):
                    column = {"table": "tab", "type": "kind"}.get(name, name)
                    where.append(f"{column} IN ({', '.join('?' * len(found))})")
                    values += sorted(found)
                case base.CodeUnder(prefix):
                    where.append("account >= ? AND account < ?")
                    values += [prefix, f"{prefix}\U0010ffff"]
                case base.Figure(low, _, low_open):
                    where.append(f"EXISTS (SELECT 1 FROM figures WHERE record = id"
                                 f" AND figures.amount {'>' if low_open else '>='} ?)")  # fmt: skip
                    values.append(_fen(low))
        score = "0"
        of = "records"
        if words:
            of = "words JOIN records ON id = words.rowid"
            where.insert(0, "words MATCH ?")
            values.insert(0, " AND ".join(words))
            score = f"bm25(words, {_BOOST})"
        run = self._base.execute
        run("DROP TABLE IF EXISTS temp.found")
        run(f"CREATE TEMP TABLE found AS SELECT id, {score} AS score, amount AS sum, place,"
            f" {', '.join(FACETS)} FROM {of} WHERE {' AND '.join(where)}", values)  # fmt: skip
        total: int = run("SELECT count(*) FROM found").fetchone()[0]
        for facet in FACETS:
            run(f"SELECT {facet}, count(*) FROM found GROUP BY 1 ORDER BY 2 DESC").fetchall()
        order = "sum DESC" if query.sort == "amount" else "score, year DESC, department, place"
        rows = run(f"SELECT payload FROM records JOIN (SELECT id AS chosen FROM found"
                   f" ORDER BY {order} LIMIT {limit}) ON id = chosen").fetchall()  # fmt: skip
        return total, [_hit(payload) for (payload,) in rows]


class Tantivy:
    """Bare tantivy: one query with its count, one aggregation for the facets."""

    def __init__(self, path: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for name in NAMES:
            builder.add_text_field(name, tokenizer_name="spaced", index_option="basic")
        for name in ("department", "report", "tab", "kind", "account", "checks"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_unsigned_field("year", fast=True, indexed=True)
        builder.add_integer_field("amount", fast=True, indexed=True)
        builder.add_boolean_field("usual", indexed=True)
        builder.add_boolean_field("compared", indexed=True)
        builder.add_bytes_field("payload", stored=True)
        self._schema = builder.build()
        (path / "bare").mkdir(exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(path / "bare"))
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("spaced", spaces)
        self._searcher = self._index.searcher()

    def fill(self, found: Iterable[Record]) -> None:
        """Write all records."""
        writer = self._index.writer(128 << 20, 1)
        for record in found:
            added = tantivy.Document()
            for name in NAMES:
                added.add_text(name, spaced(getattr(record, name)))
            added.add_text("department", record.department)
            added.add_text("report", record.report or "")
            added.add_text("tab", record.table or "")
            added.add_text("kind", record.kind)
            added.add_text("account", account(record.code, record.label))
            added.add_text("checks", record.checks)
            added.add_unsigned("year", record.year or 0)
            added.add_integer("amount", _amount(record))
            usual, compared = _flags(record)
            added.add_boolean("usual", usual)
            added.add_boolean("compared", compared)
            added.add_bytes("payload", zlib.compress(record.payload.encode(), 1))
            writer.add_document(added)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, query: Bound, limit: int) -> tuple[int, list[IndexedHit]]:
        """Return how many records match, and the first hits; facets are counted as well."""
        wanted = self._query(query)
        if query.sort == "amount":
            found = self._searcher.search(wanted, limit, order_by_field="amount")
        else:
            found = self._searcher.search(wanted, limit)
        self._searcher.aggregate(wanted, {
            name: {"terms": {"field": name, "size": 10_000}} for name in FACETS
        })  # fmt: skip
        stored = (self._searcher.doc(place)["payload"][0] for _, place in found.hits)
        hits = [_hit(bytes(payload)) for payload in stored]
        return found.count, hits  # type: ignore[attr-defined] # the stub lacks it

    def _query(self, query: Bound) -> tantivy.Query:
        must = tantivy.Occur.Must
        either = tantivy.Occur.Should
        parts = [*_parts(query.where), *query.filters.values()]
        compared = any(isinstance(part, base.Figure) for part in parts)
        found = [self._term("compared" if compared else "usual", True)]
        for part in parts:
            match part:
                case base.Text(said, _, _):
                    fields = [
                        tantivy.Query.boolean_query([(must, self._term(name, t)) for t in said])
                        for name in (NAMES[:-1] if compared else NAMES)
                    ]
                    found.append(tantivy.Query.boolean_query([(either, one) for one in fields]))
                case base.Years(first, last):
                    found.append(self._between("year", tantivy.FieldType.Unsigned, first, last))
                case base.Keyword(name, values):
                    column = {"table": "tab", "type": "kind"}.get(name, name)
                    terms = [(either, self._term(column, value)) for value in sorted(values)]
                    found.append(tantivy.Query.boolean_query(terms))
                case base.CodeUnder(prefix):
                    found.append(tantivy.Query.regex_query(self._schema, "account", f"{prefix}.*"))
                case base.Figure(low, _, low_open):
                    least = _fen(low) + int(low_open)
                    integer = tantivy.FieldType.Integer
                    found.append(self._between("amount", integer, least, 1 << 62))
        return tantivy.Query.boolean_query([(must, one) for one in found])

    def _term(self, field: str, value: str | bool) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, index_option="basic")

    def _between(self, field: str, kind: Any, low: int, high: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, kind, low, high)


SIDES: Final[Mapping[str, Callable[[Path], Side]]] = {"sqlite": Sqlite, "bare tantivy": Tantivy}
