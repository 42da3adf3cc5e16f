"""Asks engines the same: `python -m benchmarks.agreement --queries 1000 --seed 1 INDEX INDEX`.

Prints the queries whose answers differ: hits, their order, totals, facets. The indexes hold the
same disclosures, each in another engine.
"""

import argparse
from collections.abc import Iterator, Sequence

from benchmarks.asking import asked
from search.engines.base import Reader
from search.index import Index
from search.service import understand


def differing(one: Reader, other: Reader, seed: int, count: int) -> Iterator[str]:
    """Yield those of `count` generated queries that two indexes answer in different ways."""
    for query in asked(one, seed, count):
        bound = understand(one, query).bound
        same = (
            understand(other, query).bound == bound
            and one.search(bound, offset=0, limit=20) == other.search(bound, offset=0, limit=20)
            and one.records(bound) == other.records(bound)
        )
        if not same:
            yield query


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare two indexes and print what differs; exit with 1 where something does."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement", description=__doc__)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("indexes", nargs=2, metavar="INDEX")
    chosen = parser.parse_args(arguments)
    one, other = map(Index, chosen.indexes)
    found = list(differing(one.reader, other.reader, chosen.seed, chosen.queries))
    for query in found:
        print(f"differs: {query}")
    print(f"{one.engine_name} and {other.engine_name}: {chosen.queries} queries, "
          f"{len(found)} answered in different ways")  # fmt: skip
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
