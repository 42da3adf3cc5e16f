"""Measures what checking adds to indexing: `python -m benchmarks.checking --documents N --seed S`.

Each generated disclosure is read, checked, made into records and stored with and without its
checks, one beside the other, in processor time of one thread; some as PDF as well. The first
disclosure loads the dictionary and does not count.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.generate import documents
from benchmarks.pdf import printed
from indexer.checks.result import check
from indexer.disclosure import read
from indexer.entry import entry
from search.engines.base import Writer
from search.engines.registry import ENGINES, preferred
from search.memory import seldom_collecting
from search.model import Checks, Disclosure
from search.store import Store

REPEATS: Final = 5
"""Each step counts with the least of so many times: others use the machine."""
PDFS: Final = 6


class Clock:
    """Adds up what steps take, in nanoseconds."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def timed(self, **steps: Callable[[], object]) -> None:
        """Do steps in turn, again and again, and count each with the least that it took."""
        least: dict[str, int] = {}
        for _ in range(REPEATS):
            for name, step in steps.items():
                before = time.thread_time_ns()
                step()
                taken = time.thread_time_ns() - before
                least[name] = min(least.get(name, taken), taken)
        self.spent.update(least)


def measured(files: Iterable[tuple[str, bytes]], folder: Path) -> tuple[Counter[str], int]:
    """Return what the steps took over files, the first left out, and how many there were."""
    clock, number = Clock(), 0
    sides = {name: folder / name for name in ("with", "without")}
    engine = ENGINES[preferred()]
    with engine.writer(sides["with"]) as checked, engine.writer(sides["without"]) as plain:
        writers = {"with": checked, "without": plain}
        for number, (name, data) in enumerate(files):
            if number == 1:
                clock.spent.clear()
            of = read(data, name)
            bare = of.model_copy(update={"checks": Checks()})
            take = {
                side: partial(_take, whose, data, Store(sides[side]), writers[side])
                for side, whose in (("with", of), ("without", bare))
            }
            clock.timed(read=partial(read, data, name), check=partial(check, bare), **take)
    return clock.spent, number


def _take(disclosure: Disclosure, data: bytes, store: Store, writer: Writer) -> None:
    of = entry(disclosure, data)
    store.put(of.info.id, of.disclosure, of.info.sha256, of.source)
    writer.add(of.info.id, of.records)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking", description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    texts = ((f"{d.name}.txt", d.text.encode()) for d in documents(chosen.seed, chosen.documents))
    pdfs = ((f"{d.name}.pdf", printed(d)) for d in documents(chosen.seed, PDFS))
    for form, files in (("text", texts), ("PDF", pdfs)):
        with TemporaryDirectory() as folder, seldom_collecting():
            spent, count = measured(files, Path(folder))
        without = spent["read"] - spent["check"] + spent["without"]
        added = spent["check"] + spent["with"] - spent["without"]
        each = count * 1_000_000
        print(f"{form}: indexing without checks {without / each:.1f} ms a disclosure")
        print(f"{form}: checking {spent['check'] / each:.1f} ms, {spent['check'] / without:.1%}")
        print(f"{form}: checks and their marks {added / each:.1f} ms, {added / without:.1%}")


if __name__ == "__main__":
    main()
