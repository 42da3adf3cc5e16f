"""What is measured: gongkai over an index of the judged documents."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Self

from benchmarks.judged import Found
from indexer import pipeline
from search.hits import HitMaker
from search.index import Index
from search.results import Hit
from search.service import otherwise, search, understand
from search.suggest.nohits import NoHits

_NAME: Final = 4
"""So many characters of a label stand together even where the rest wraps."""


class Silent:
    """Progress that says nothing."""

    def start(self, total: int) -> None:
        """Take the number of files."""

    def advance(self, source: str, outcome: str) -> None:
        """Take one file's outcome."""


class Gongkai:
    """Searches an index; every answer as the piece of the source that it quotes."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._pieces = dict(self._all())

    @classmethod
    def over(cls, texts: Mapping[str, str], folder: Path) -> Self:
        """Return the search over texts, written and indexed in `folder`."""
        documents = folder / "documents"
        documents.mkdir()
        for name, text in texts.items():
            (documents / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        pipeline.index([documents], str(folder / "index"), workers=0, progress=Silent())
        return cls(Index(str(folder / "index")))

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Return what the best hits quote; what a project's form says is a piece of its own."""
        hits = search(self._index, query, limit=limit).hits
        return [piece for hit in hits for piece in _pieces(hit)][:limit]

    def all(self, query: str) -> list[Found]:
        """Return all that matches, text that documents repeat with every repetition."""
        reader = self._index.reader
        asked = understand(reader, query)
        found = reader.records(asked.bound)
        if not found:
            other = otherwise(reader, query, asked)
            found = [] if isinstance(other, NoHits) else reader.records(other.bound)
        return [self._pieces[record] for record in found]

    def _all(self) -> Iterator[tuple[str, Found]]:
        for info in self._index.reader.documents():
            disclosure = self._index.store.disclosure(info.id)
            if disclosure is None:
                continue
            make = HitMaker(disclosure)
            hits = [hit for _, hit in make.passages()]
            hits += [
                make.statement(passage, statement)
                for passage, _ in make.passages()
                for statement in passage.statements
            ]
            hits += [hit for _, _, hit in make.rows()]
            hits += [hit for _, _, _, hit in make.projects()]
            for hit in hits:
                yield hit.id, _piece(hit)


def _pieces(hit: Hit) -> Iterator[Found]:
    """Yield what a hit shows, in this order."""
    yield _piece(hit)
    if hit.excerpt is not None:
        shown = {"quote": hit.excerpt.quote, "locator": hit.excerpt.locator, "kind": "passage"}
        yield _piece(hit.model_copy(update=shown))


def _piece(hit: Hit) -> Found:
    """Return what a hit quotes.

    An item of a turned table, whose name stands in the header, is its own cells: the quote runs
    over its neighbours'.
    """
    place = hit.locator
    document = hit.document.source.removesuffix(".txt")
    turned = hit.kind == "row" and hit.label_verbatim[:_NAME] not in hit.quote
    text = "\t".join(cell.text for cell in hit.cells) if turned else hit.quote
    return Found(document, place.line_start, place.line_end, text)
