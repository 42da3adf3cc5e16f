"""Reads one commit of an index, whatever engine finds its words; see `search.engines.base`."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.accounts import code_of
from search.engines import base, seals
from search.engines.answer import Answer, Eligible
from search.engines.columns import HEAPS, KINDS, Columns, Folder, empty
from search.engines.damage import reading
from search.engines.evaluation import Evaluation, figures, names_year
from search.engines.figures import Comparison
from search.engines.heap import Heap
from search.engines.histogram import spread
from search.engines.inverted import Engine, Postings
from search.engines.matched import Matched
from search.engines.payloads import unpacked
from search.engines.ranking import Keys, Traits, distinct, first, keys
from search.engines.regions import regional
from search.engines.rows import Mask, numbers
from search.errors import IndexMissingError
from search.hits import DocumentInfo
from search.organisations.corrections import NONE, Corrections
from search.results import AmountRange, Hit, IndexedHit, Repeat

REPEATS: Final = 20
"""Documents that repeat a hit's text and are named with it."""
WORDS: Final = "words"
"""The folder of the engine's own files."""


def columns_folder(path: Path, number: int) -> Path:
    """Return the folder of the columns of a commit."""
    return path / f"columns-{number}"


def id_of(text: bytes) -> str:
    """Return the id of the record whose text the heap holds; raise `DamageError` if changed."""
    return seals.opened(text).partition(b"\n")[0].decode()


class EngineReader:
    """Reads one commit; see `search.engines.base.Reader`."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self._path = path
        with reading(path):
            if not engine.commit(path / WORDS):
                raise IndexMissingError(f"没有索引：{path}（先运行 gongkai index 来源…）")
            self._words = engine.reader(path / WORDS)
            number = self._words.number
            self.columns = Folder(columns_folder(path, number)).columns() if number else empty()
            heaps = self.columns.contents.heaps
            self.heaps = {
                name: Heap(path / file, length)
                for name in HEAPS
                for file, length in [heaps.get(name, ("", 0))]
            }
        self._postings = Postings(self._words, self.columns.row)
        self._corrections = NONE
        self._traits = Traits(self.columns)

    def correct(self, corrections: Corrections) -> None:
        """Let corrections say whose the documents are; to be given before anything is asked."""
        self._corrections = corrections

    def close(self) -> None:
        """Release the files."""
        self._words.close()
        for heap in self.heaps.values():
            heap.close()

    def search(
        self, query: base.Bound, *, offset: int, limit: int, until: float | None = None
    ) -> base.Found:
        """Return hits `offset` to `offset + limit` of `query`, with exact counts.

        At the time `until` (`time.monotonic`) it stops looking: the counts are lower bounds then.
        """
        with reading(self._path):
            found = self._found(query, until)
            matched = found.matched
            by = self._keys(query, found)
            group = self.columns.group[matched.rows]
            often = np.bincount(group, minlength=1)
            if query.once:
                chosen = distinct(by, group, offset + limit)[offset:]
            else:
                chosen = first(by, offset + limit)[offset:]
            hits = [self._hit(matched, int(place)) for place in chosen]
            if query.once:
                said = (int(group[place]) for place in chosen)
                hits = [
                    self._with_repeats(hit, matched, by, group == of) if of and often[of] > 1
                    else hit
                    for hit, of in zip(hits, said, strict=True)
                ]  # fmt: skip
            repeated = int(often[1:].sum() - np.count_nonzero(often[1:])) if query.once else 0
            total = len(matched.rows)
            return base.Found(
                total, tuple(hits), found.facets(),
                shown=total - repeated, exact=not found.evaluation.cut,
            )  # fmt: skip

    def records(self, query: base.Bound) -> list[str]:
        """Return the ids of all records that match `query`, in order."""
        with reading(self._path):
            found = self._found(query)
            matched = found.matched
            chosen = first(self._keys(query, found), len(matched.rows))
            return [self._id(int(row)) for row in matched.rows[chosen]]

    def hits(self, query: base.Bound) -> Iterator[Hit]:
        """Yield all records that match `query`, by document as listed, in source order."""
        with reading(self._path):
            rows = self._found(query).matched.rows
            of = self.columns.keywords["document"][rows]
            for row in rows[np.lexsort((rows, self._listed[of]))]:
                yield self._read(int(row))

    def amounts(
        self, query: base.Bound, wanted: base.Figure, *, until: float | None = None
    ) -> tuple[AmountRange, ...]:
        """Return how the amounts that satisfy `wanted` are spread over what matches `query`.

        No ranges where that is not known at the time `until`: a part of them shows no spread.
        """
        with reading(self._path):
            found = self._found(query, until)
            if found.evaluation.cut:
                return ()
            rows = found.matched.rows
            compared = Comparison(self.columns.figures, self.columns.names, rows)
            return spread(*compared.satisfying(wanted), len(rows))

    def _found(self, query: base.Bound, until: float | None = None) -> Answer:
        whole = base.All((query.where, *query.filters.values()))
        compared = next(figures(whole), None)
        evaluation = Evaluation(
            self._placed, self._postings, self.heaps["texts"],
            bound=compared is not None and not query.remarks, until=until, meaning=query.meaning,
        )  # fmt: skip
        if query.kinds is not None:
            of_kind = np.array([kind in query.kinds for kind in KINDS])
            eligible = Eligible(self._placed, of_kind[self.columns.kind])
        else:
            wanted = "compared" if compared else "dated" if names_year(whole) else "usual"
            if query.aside and not compared:
                wanted += " aside"
            eligible = self._usual[wanted]
        return Answer(query, eligible, evaluation, compared)

    def _keys(self, query: base.Bound, found: Answer) -> Keys:
        return keys(found.matched, query.sort, found.compared, found.evaluation, self._traits)

    @cached_property
    def _placed(self) -> Columns:
        """The columns, with the region of each record."""
        return regional(self.columns, self._documents)

    @cached_property
    def _usual(self) -> dict[str, Eligible]:
        """What answers queries for any kind of record.

        Statements answer comparisons; without one they stand in for their passage only where
        they speak of another year than the document and years are asked for.
        """
        kind, listed = self.columns.kind, self.columns.listed
        aside = (kind == KINDS.index("aside")) | (kind == KINDS.index("blank"))
        fact = (kind != KINDS.index("document")) & ~aside
        statement = kind == KINDS.index("statement")
        passage = kind == KINDS.index("passage")
        dated, usual = fact & listed, fact & listed & ~statement
        masks = {
            "compared": fact & ~passage & (listed | statement),
            "dated": dated,
            "usual": usual,
            "dated aside": dated | aside,
            "usual aside": usual | aside,
        }
        return {wanted: Eligible(self._placed, mask) for wanted, mask in masks.items()}

    def _hit(self, matched: Matched, place: int) -> Hit:
        hit = self._read(int(matched.rows[place]))
        score = float(10 - matched.tier[place]) + float(matched.score[place]) / 100
        return hit.model_copy(update={"score": round(score, 4)})

    def _with_repeats(self, hit: Hit, matched: Matched, by: Keys, same: Mask) -> Hit:
        """Return a hit with the records that say the `same`."""
        places = np.flatnonzero(same)
        order = places[first([key[places] for key in by], REPEATS + 1)]
        same_text = (self._read(int(row)) for row in matched.rows[order])
        others = [one for one in same_text if one.id != hit.id]
        repeats = tuple(Repeat(id=one.id, document=one.document) for one in others[:REPEATS])
        return hit.model_copy(update={"repeated": len(places) - 1, "repeats": repeats})

    def _read(self, row: int) -> IndexedHit:
        """Return the hit of a record, of the organisation that corrections say."""
        hit = IndexedHit.model_validate_json(self._payload(row))
        if self._corrections is NONE:
            return hit
        of = hit.document
        told = self._corrections.organisation(of.id, of.department, of.organisation)
        document = of.model_copy(update={"organisation": told})
        return hit.model_copy(update={"document": document})

    def _corrected(self, info: DocumentInfo) -> DocumentInfo:
        told = self._corrections.organisation(info.id, info.department, info.organisation)
        return info if told == info.organisation else info.model_copy(update={"organisation": told})

    def _payload(self, row: int) -> bytes:
        return unpacked(self._entry("payloads", row))

    def _id(self, row: int) -> str:
        return id_of(self._entry("texts", row))

    def _entry(self, heap: str, row: int) -> bytes:
        place = self.columns.heaps[heap]
        start = int(place.start[row])
        return self.heaps[heap][start : start + int(place.length[row])]

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return every indexed document, by department, year and report."""
        return self._documents

    @cached_property
    def _listed(self) -> NDArray[np.int32]:
        """The place of each document among those listed."""
        names = self.columns.names["document"]
        places = np.zeros(len(names), dtype=np.int32)
        for number, info in enumerate(self._documents):
            places[names.places(frozenset({info.id}))] = number
        return places

    @cached_property
    def _documents(self) -> tuple[DocumentInfo, ...]:
        with reading(self._path):
            rows = numbers(self.columns.kind == KINDS.index("document"))
            payloads = (self._payload(int(row)) for row in rows)
            found = [self._corrected(DocumentInfo.model_validate_json(of)) for of in payloads]
        return tuple(sorted(found, key=lambda d: (d.department, d.year or 0, d.report or "", d.id)))

    def values(self, name: str) -> tuple[str, ...]:
        """Return the distinct values of a keyword field (`code`, `column`, `table`, …)."""
        with reading(self._path):
            columns = self._placed if name == "region" else self.columns
            names = columns.names.get("account" if name == "code" else name)
            values = [value for value in names or () if value]
        return tuple(dict.fromkeys(map(code_of, values)) if name == "code" else values)

    def terms(self) -> dict[str, int]:
        """Return the terms of the records, and how many records bear each."""
        with reading(self._path):
            counts = np.bincount(self.columns.keywords["term"], minlength=1)
            names = self.columns.names["term"]
            used = map(int, np.flatnonzero(counts))
            return {names[code]: int(counts[code]) for code in used if code}

    def count(self, kind: str) -> int:
        """Return how many records of a kind (row, passage, project) there are."""
        with reading(self._path):
            return int(np.count_nonzero(self.columns.kind == KINDS.index(kind)))
