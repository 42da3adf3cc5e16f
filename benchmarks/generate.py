"""Generates disclosures: `python -m benchmarks.generate --documents 1000 --seed 1 OUT [--pdf]`.

The same seed gives the same disclosures, and the first of many are the first of few. Places are
invented; every figure follows from `benchmarks.drawing` and agrees with every other.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.document import Document, compose
from benchmarks.drawing import FIRST, facts, organisations
from benchmarks.pdf import printed

ROUNDS: Final = 5
PER_ROUND: Final = 4
"""An organisation comes in five rounds, each time with budget and final account of two years."""


def limit(seed: int) -> int:
    """Return how many disclosures a seed has."""
    return len(organisations(seed)) * ROUNDS * PER_ROUND


def documents(seed: int, count: int) -> Iterator[Document]:
    """Yield the first `count` disclosures of a seed; raise `ValueError` beyond its limit."""
    if count > limit(seed):
        raise ValueError(f"a seed has {limit(seed)} disclosures")
    known = len(organisations(seed))
    for index in range(count):
        place, part = divmod(index, PER_ROUND)
        turn, number = divmod(place, known)
        first = Random(f"{seed}/{number}/years").randrange(2 * ROUNDS)
        year = FIRST + first % 2 + 2 * ((first // 2 + turn) % ROUNDS) + part // 2
        yield compose(facts(seed, number)[year, "决算" if part % 2 else "预算"])


def generate(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield name and text of the first `count` disclosures of a seed."""
    for document in documents(seed, count):
        yield document.name, document.text


def main(arguments: Sequence[str] | None = None) -> None:
    """Write disclosures into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", action="store_true", help="write PDF in place of text")
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    for document in documents(chosen.seed, chosen.documents):
        path = chosen.out / document.name
        if chosen.pdf:
            path.with_name(path.name + ".pdf").write_bytes(printed(document))
        else:
            path.with_name(path.name + ".txt").write_text(document.text, encoding="utf-8")
    print(f"{chosen.documents} disclosures in {chosen.out}")


if __name__ == "__main__":
    main()
