"""Measures queries: `python -m benchmarks.queries --records 100000 INDEX FOLDER`.

INDEX holds disclosures (`python -m benchmarks.generate`, `gongkai index`); FOLDER keeps what is
built from them: every engine, SQLite FTS5 and bare tantivy, each with the same records. Prints
the median and the 95th percentile of each query, cold (a new process each time) and warm, and
how each engine compares with what it is measured beside, all in one run. Times are of the
processor: what else the machine does is no matter, and everything is in memory.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from statistics import geometric_mean, quantiles
from typing import Final

from benchmarks.sides import SIDES
from benchmarks.volume import Volume
from search.analysis import words
from search.engines import base
from search.engines.base import Bound
from search.engines.prepared import prepared
from search.engines.registry import ENGINES
from search.index import Index

LIMIT: Final = 20
WARM: Final = 15
COLD: Final = 3
AGAINST: Final = {"whoosh": "sqlite", "tantivy": "bare tantivy"}
"""What each engine is compared with."""
Ask = Callable[[Bound], int]


def _words(text: str, *, exact: bool = False) -> base.Text:
    return base.Text(tuple(words(text)), text if exact else None)


def _over(yuan: int) -> base.Figure:
    return base.Figure(Decimal(yuan), None, low_open=True)


QUERIES: Final[Mapping[str, Bound]] = {
    "a word": Bound(_words("公务用车")),
    "a frequent word": Bound(_words("支出")),
    "two words": Bound(base.All((_words("公务接待费"), _words("减少")))),
    "a phrase": Bound(_words("机关运行经费", exact=True)),
    "word and amount": Bound(base.All((_words("公务用车"), _over(100_000)))),
    "word, year and amount": Bound(
        base.All((_words("公务用车"), _over(100_000))), {"year": base.Years(2016, 2016)}
    ),
    "an amount alone": Bound(_over(1_000_000)),
    "a code": Bound(filters={"code": base.CodeUnder("2080505")}),
    "three facets": Bound(_words("培训"), {
        "year": base.Years(2015, 2016), "report": base.Keyword("report", frozenset({"决算"})),
        "type": base.Keyword("type", frozenset({"row"})),
    }),
    "sorted by amount": Bound(_words("设备"), sort="amount"),
    "everything": Bound(),
}  # fmt: skip


def build(of: Index, count: int, folder: Path) -> None:
    """Write the records into every engine and everything that stands beside them."""
    records = Volume(of)
    for name, engine in ENGINES.items():
        if not engine.installed or (folder / name).exists():
            continue
        started = time.process_time()
        with engine.writer(folder / name) as writer:
            for document, found in records.documents(count):
                writer.add(document, map(prepared, found))
        print(f"# {name} built in {time.process_time() - started:.0f} s of CPU", flush=True)
    for name, side in SIDES.items():
        if (folder / name).exists():
            continue
        started = time.process_time()
        (folder / name).mkdir(parents=True)
        side(folder / name).fill(
            chain.from_iterable(found for _, found in records.documents(count))
        )
        print(f"# {name} built in {time.process_time() - started:.0f} s of CPU", flush=True)


def asking(name: str, folder: Path) -> Ask:
    """Open an engine or what stands beside; return how to ask it."""
    if name in ENGINES:
        reader = ENGINES[name].reader(folder / name)
        return lambda query: reader.search(query, offset=0, limit=LIMIT).total
    side = SIDES[name](folder / name)
    return lambda query: side.ask(query, LIMIT)[0]


def _timed(ask: Ask, query: Bound) -> tuple[float, int]:
    started = time.process_time()
    total = ask(query)
    return (time.process_time() - started) * 1000, total


def cold(name: str, folder: Path) -> None:
    """Print the time of opening and of each first query, in a process of its own."""
    started = time.process_time()
    ask = asking(name, folder)
    print((time.process_time() - started) * 1000)
    for query in QUERIES.values():
        print(_timed(ask, query)[0])


def _cold(name: str, folder: Path) -> list[list[float]]:
    run = [sys.executable, "-m", "benchmarks.queries", "--cold", name, "-", str(folder)]
    runs = (
        subprocess.run(run, check=True, capture_output=True, text=True).stdout for _ in range(COLD)
    )
    return [list(times) for times in zip(*(map(float, out.split()) for out in runs), strict=True)]


def table(folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    names = [name for name, engine in ENGINES.items() if engine.installed] + list(SIDES)
    asks = {name: asking(name, folder) for name in names}
    first = {name: _cold(name, folder) for name in names}
    gc.freeze()  # as `gongkai serve` does
    yield f"| query | {' | '.join(f'{n}: cold p50, warm p50 / p95 (ms)' for n in names)} | hits |"
    yield "| --- |" + " ---: |" * (len(names) + 1)
    yield _line("opening", [f"{_half(first[name][0]):.0f}" for name in names], "")
    middle: dict[str, list[float]] = {name: [] for name in names}
    high: dict[str, list[float]] = {name: [] for name in names}
    for number, (title, query) in enumerate(QUERIES.items(), 1):
        times: dict[str, list[float]] = {name: [] for name in names}
        totals = {}
        for turn in range(WARM + 1):  # one after the other, so that a busy moment hits all alike
            for name in names:
                took, totals[name] = _timed(asks[name], query)
                if turn:
                    times[name].append(took)
        cells = []
        for name in names:
            middle[name].append(_half(times[name]))
            high[name].append(_most(times[name]))
            cells.append(f"{_half(first[name][number]):.1f}, "
                         f"{middle[name][-1]:.2f} / {high[name][-1]:.2f}")  # fmt: skip
        yield _line(title, cells, " / ".join(str(n) for n in dict.fromkeys(totals.values())))
    yield ""
    for engine, other in AGAINST.items():
        if engine in names:
            ratios = [a / b for a, b in zip(middle[engine], middle[other], strict=True)]
            worst = max(zip(ratios, QUERIES, strict=True))
            slow = [a / b for a, b in zip(high[engine], high[other], strict=True)]
            yield (f"{engine} / {other}: warm p50 {geometric_mean(ratios):.2f}x (worst "
                   f"{worst[0]:.2f}x, {worst[1]}), p95 {geometric_mean(slow):.2f}x")  # fmt: skip


def _line(title: str, cells: Sequence[str], hits: str) -> str:
    return f"| {title} | {' | '.join(cells)} | {hits} |"


def _half(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def _most(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build what is missing, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--cold", help=argparse.SUPPRESS)
    parser.add_argument("--build", action="store_true", help="build and do not measure")
    parser.add_argument("index")
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.cold:
        cold(chosen.cold, chosen.folder)
        return
    build(Index(chosen.index), chosen.records, chosen.folder)
    if not chosen.build:
        print(f"{chosen.records:,} records, milliseconds\n")
        for line in table(chosen.folder):
            print(line, flush=True)


if __name__ == "__main__":
    main()
