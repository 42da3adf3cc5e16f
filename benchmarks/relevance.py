"""Relevance over the judged set, beside the baseline: `python -m benchmarks.relevance [--all]`.

Prints nDCG@10, MRR and, for amount queries, how many answers are exactly the right set, for each
system and kind of query, and lists every query that falls short with what it lacks.
"""

import argparse
import math
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.baseline import MOST, Baseline
from benchmarks.judged import Answer, Found, Query, queries, sources
from benchmarks.subject import Gongkai

DEPTH: Final = 10
ANSWER: Final = 3
"""The grade of what is looked for; MRR counts to the first of it."""
SHORT: Final = 0.8
"""A query below this nDCG is listed."""

System = Callable[[str, int], list[Found]]


@dataclass(frozen=True, slots=True)
class Score:
    """One system's answer to one query: `missing` and `wrong` only of exact queries."""

    query: Query
    ndcg: float
    reciprocal: float
    top: tuple[Found, ...]
    missing: tuple[Answer, ...] = ()
    wrong: tuple[Found, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether exactly the right set was returned."""
        return not self.missing and not self.wrong


def gains(query: Query, found: Sequence[Found]) -> list[int]:
    """Return the grade that each piece earns; a place earns once, by its best answer."""
    earned: list[int] = []
    credited: set[tuple[str, int, int]] = set()
    for piece in found:
        answers = [a for a in query.answers if a.place not in credited and a.at(piece)]
        best = max(answers, key=lambda answer: answer.grade, default=None)
        earned.append(best.grade if best else 0)
        if best:
            credited.add(best.place)
    return earned


def ndcg(query: Query, found: Sequence[Found]) -> float:
    """Return nDCG at `DEPTH`; 1 where nothing is to be found and nothing is returned."""
    best: dict[tuple[str, int, int], int] = defaultdict(int)
    for answer in query.answers:
        best[answer.place] = max(best[answer.place], answer.grade)
    ideal = _discounted(sorted(best.values(), reverse=True)[:DEPTH])
    if not ideal:
        return float(not found)
    return _discounted(gains(query, found[:DEPTH])) / ideal


def reciprocal(query: Query, found: Sequence[Found]) -> float:
    """Return 1 / rank of the first answer, 0 where none is among the first `DEPTH`."""
    if not query.answers:
        return float(not found)
    ranks = [n for n, gain in enumerate(gains(query, found[:DEPTH]), 1) if gain == ANSWER]
    return 1 / ranks[0] if ranks else 0.0


def difference(
    query: Query, found: Sequence[Found]
) -> tuple[tuple[Answer, ...], tuple[Found, ...]]:
    """Return the answers that a set lacks, and what it holds beyond all answers."""
    needed = [answer for answer in query.answers if answer.grade == ANSWER]
    missing = tuple(a for a in needed if not any(a.within(piece) for piece in found))
    wrong = tuple(p for p in found if not any(a.within(p) for a in query.answers))
    return missing, wrong


def scores(asked: Sequence[Query], ranked: System, whole: System) -> list[Score]:
    """Return a system's scores: `ranked` gives the first hits, `whole` all of them."""
    made = []
    for query in asked:
        top = ranked(query.text, DEPTH)
        lacks = difference(query, whole(query.text, MOST)) if query.exact else ((), ())
        made.append(Score(query, ndcg(query, top), reciprocal(query, top), tuple(top), *lacks))
    return made


def measured(folder: Path, asked: Sequence[Query]) -> dict[str, list[Score]]:
    """Return the scores of gongkai and of the baseline, with all words and with any word."""
    texts = sources()
    gongkai, baseline = Gongkai.over(texts, folder), Baseline(texts)

    def any_word(query: str, limit: int) -> list[Found]:
        return baseline.search(query, any_word=True, limit=limit)

    def all_words(query: str, limit: int) -> list[Found]:
        return baseline.search(query, limit=limit)

    return {
        "gongkai": scores(asked, gongkai.search, lambda query, _: gongkai.all(query)),
        "whoosh, all words": scores(asked, all_words, all_words),
        "whoosh, any word": scores(asked, any_word, any_word),
    }


def summary(of: Sequence[Score]) -> tuple[float, float, float]:
    """Return mean nDCG, MRR and the share of exact queries that are answered exactly."""
    exact = [score.exact for score in of if score.query.exact]
    return (
        sum(score.ndcg for score in of) / len(of),
        sum(score.reciprocal for score in of) / len(of),
        sum(exact) / len(exact) if exact else math.nan,
    )


def _discounted(grades: Sequence[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _table(measures: Mapping[str, Sequence[Score]]) -> None:
    kinds = list(dict.fromkeys(score.query.kind for score in next(iter(measures.values()))))
    for kind in ["all", *kinds]:
        for system, every in measures.items():
            of = [score for score in every if kind in ("all", score.query.kind)]
            mean, mrr, exact = summary(of)
            print(
                f"{kind:12} {len(of):3}  {system:18} nDCG@10 {mean:.3f}  MRR {mrr:.3f}  "
                f"exact {exact:.3f}"
            )


def _shortfalls(of: Sequence[Score], *, every: bool) -> None:
    for score in of:
        wanting = score.ndcg < SHORT or (score.query.exact and not score.exact)
        if not (wanting or every):
            continue
        print(f"\n{score.query.text}  nDCG {score.ndcg:.2f}", end="")
        print("  exact" if score.exact and score.query.exact else "")
        for answer in score.missing:
            print(f"  lacks   {answer.document}:{answer.first} {answer.text}")
        for piece in score.wrong:
            print(f"  beyond  {piece.document}:{piece.first} {_short(piece.text)}")
        if score.ndcg < SHORT or every:
            for grade, piece in zip(gains(score.query, score.top), score.top, strict=True):
                print(f"  {grade}  {piece.document}:{piece.first} {_short(piece.text)}")


def _short(text: str) -> str:
    return " ".join(text.split())[:70]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the measures and the misses."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--all", action="store_true", help="list every query, not misses alone")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measures = measured(Path(folder), queries())
    _table(measures)
    _shortfalls(measures["gongkai"], every=chosen.all)


if __name__ == "__main__":
    main()
