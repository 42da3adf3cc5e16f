"""The judged set: queries with graded answers, made by reading the sources.

An answer is a place, not an engine's record: a document, its lines, words that stand there and a
grade: 3 the answer, 2 useful, 1 related. The generated documents are fixed by seed and count.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.generate import generate

ROOT: Final = Path(__file__).parent.parent
QUERIES: Final = ROOT / "tests" / "judged" / "queries.json"
SEED, DOCUMENTS = 295, 16


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a document that an engine returns: its lines, counted from 1, and its words."""

    document: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A place that answers a query, with its grade."""

    document: str
    first: int
    last: int
    text: str
    grade: int

    @property
    def place(self) -> tuple[str, int, int]:
        """The lines: what a ranking is judged by, for an engine may return them only once."""
        return self.document, self.first, self.last

    def at(self, found: Found) -> bool:
        """Whether a piece stands on these lines and holds the words, or is a part of them."""
        mine, theirs = _bare(self.text), _bare(found.text)
        return self._overlaps(found) and (mine in theirs or theirs in mine)

    def within(self, found: Found) -> bool:
        """Whether a piece stands on these lines and holds the words whole."""
        return self._overlaps(found) and _bare(self.text) in _bare(found.text)

    def _overlaps(self, found: Found) -> bool:
        same = self.document == found.document
        return same and found.first <= self.last and found.last >= self.first


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its answers.

    Of an `exact` query the answers of grade 3 are the whole set; lower ones may be returned.
    """

    text: str
    kind: str
    exact: bool
    answers: tuple[Answer, ...]
    note: str


def queries(path: Path = QUERIES) -> tuple[Query, ...]:
    """Return the judged queries."""
    data: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Query(
            text=entry["query"],
            kind=entry["kind"],
            exact=entry.get("exact", False),
            answers=tuple(_answer(*answer) for answer in entry["answers"]),
            note=entry.get("note", ""),
        )
        for entry in data
    )


def sources() -> dict[str, str]:
    """Return the texts that are judged, by document name: the corpus and generated ones."""
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "corpus").glob("*.txt"))
    }
    return texts | dict(generate(SEED, DOCUMENTS))


def misquoted(query: Query, texts: dict[str, str]) -> list[Answer]:
    """Return the answers whose words do not stand on their lines."""
    wrong = []
    for answer in query.answers:
        lines = texts[answer.document].split("\n")[answer.first - 1 : answer.last]
        if _bare(answer.text) not in _bare("".join(lines)):
            wrong.append(answer)
    return wrong


def _answer(document: str, lines: int | list[int], text: str, grade: int) -> Answer:
    first, last = (lines, lines) if isinstance(lines, int) else lines
    return Answer(document, first, last, text, grade)


def _bare(text: str) -> str:
    return "".join(text.split())
