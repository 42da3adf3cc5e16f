"""What a page of results costs beside its engine: `python -m benchmarks.serving INDEX`.

Prints for each query the time of the engine alone, that of the whole page as the server makes it,
and whether the page keeps to 1.3 times the engine's time plus 15 ms: the median of many runs, taken
in turn, in processor time, so that other work of the machine does not count (nothing here waits).
Exit code 1 where one does not keep to it.
"""

import argparse
import sys
from collections.abc import Callable
from statistics import median
from time import thread_time
from typing import Final

from search.engines.base import Bound
from search.index import Index
from search.service import PER_PAGE, understand
from web import create_app

QUERIES: Final = (
    "公务用车 2024 > 10万元", "三公", "人才 2024", '"公务接待费"', "20805", "培训 OR 会议",
    "公务接待费 减少 > 1万元", "项目支出 排序:金额", "部门:财政局 决算", "表:三公 公务接待费 预算",
    "2023", "合计 > 1000万元", "培训 -干部",
)  # fmt: skip
GZIP: Final = {"Accept-Encoding": "gzip"}
FACTOR: Final = 1.3
ADDED: Final = 15.0
"""Milliseconds."""


def main() -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    index = Index(given.index)
    client = create_app(index).test_client()
    records = sum(index.reader.count(k) for k in ("row", "passage", "statement", "project"))
    print(f"{index.engine_name}, {records:,} records, median of {given.runs} runs, ms")
    print(f"{'engine':>8} {'page':>8} {'allowed':>8}  kept  bytes   query")
    kept = True
    for query in QUERIES:
        bound = understand(index.reader, query).bound

        def engine(bound: Bound = bound) -> object:
            return index.reader.search(bound, offset=0, limit=PER_PAGE)

        def page(query: str = query) -> bytes:
            html: bytes = client.get("/", query_string={"q": query}, headers=GZIP).data
            return html

        alone, whole = _medians((engine, page), given.runs)
        allowed = FACTOR * alone + ADDED
        kept = kept and whole <= allowed
        size = len(page())
        sign = "yes" if whole <= allowed else "NO"
        print(f"{alone:8.1f} {whole:8.1f} {allowed:8.1f}  {sign:<4}  {size:6}  {query}")
    return 0 if kept else 1


def _medians(tasks: tuple[Callable[[], object], ...], runs: int) -> list[float]:
    """Return the median milliseconds of each task, run in turn after one run to warm up."""
    taken: list[list[float]] = [[] for _ in tasks]
    for run in range(runs + 1):
        for task, times in zip(tasks, taken, strict=True):
            started = thread_time()
            task()
            if run:
                times.append((thread_time() - started) * 1000)
    return [median(times) for times in taken]


if __name__ == "__main__":
    sys.exit(main())
