"""Measures what checking adds to indexing: `python -m benchmarks.checking --documents N --seed S`.

Each generated disclosure is read, checked, made into records and written to an engine with and
without its checks, one beside the other, in processor time of one thread. The first disclosure
loads the dictionary and does not count.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.generate import generate
from indexer.checks.result import check
from indexer.disclosure import read
from search.engines.registry import ENGINES, preferred
from search.memory import seldom_collecting
from search.model import Checks
from search.records import records

REPEATS = 3
"""Each step counts with the least of so many times: others use the machine."""
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking", description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    spent: Counter[str] = Counter()

    def timed(name: str, work: Callable[[], T]) -> T:
        least = 0
        for _ in range(REPEATS):
            before = time.thread_time_ns()
            result = work()
            taken = time.thread_time_ns() - before
            least = min(least, taken) if least else taken
        spent[name] += least
        return result

    engine = ENGINES[preferred()]
    with TemporaryDirectory() as folder, seldom_collecting():
        paths = Path(folder) / "with", Path(folder) / "without"
        with engine.writer(paths[0]) as checked, engine.writer(paths[1]) as plain:
            for number, (name, text) in enumerate(generate(chosen.seed, chosen.documents + 1)):
                if number == 1:
                    spent.clear()
                data = text.encode()
                of = timed("read", lambda: read(data, f"{name}.txt"))  # noqa: B023
                bare = of.model_copy(update={"checks": Checks()})
                timed("check", lambda: check(bare))  # noqa: B023
                pairs = [("with", of, checked), ("without", bare, plain)]
                for side, disclosure, writer in pairs if number % 2 else pairs[::-1]:
                    timed(side, lambda: writer.add(disclosure.id, records(disclosure)))  # noqa: B023
    without = spent["read"] - spent["check"] + spent["without"]
    added = spent["check"] + spent["with"] - spent["without"]
    each = chosen.documents * 1_000_000
    print(f"indexing without checks: {without / each:.1f} ms a disclosure")
    print(f"checking: {spent['check'] / each:.1f} ms, {spent['check'] / without:.1%}")
    print(f"checks and marks in records: {added / each:.1f} ms, {added / without:.1%}")


if __name__ == "__main__":
    main()
