"""Measures indexing: `python -m benchmarks.indexing --documents 60`.

Prints processor time, all processes together, and for text the clock as well: text against a bare
loop of read + jieba + engine writes, PDF against bare layout analysis by pdfminer.six, and a run
without changes against the first.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import jieba
import tantivy
from pdfminer.high_level import extract_pages
from whoosh import index as whoosh_index
from whoosh.fields import ID, TEXT, Schema

from benchmarks.generate import documents
from benchmarks.pdf import printed
from indexer import pipeline
from search.analysis import words
from search.engines.registry import ENGINES

SEED: Final = 1
PDFS: Final = 12


class Silent:
    """Progress that says nothing."""

    def start(self, total: int) -> None:
        """Begin."""

    def advance(self, source: str, outcome: str) -> None:
        """Go on."""


def whoosh_loop(files: Sequence[Path], folder: Path) -> None:
    """Read, cut and write every line with plain Whoosh."""
    schema = Schema(path=ID(stored=True), text=TEXT(stored=True, phrase=False))
    writer = whoosh_index.create_in(str(folder), schema).writer(limitmb=256)
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            said = " ".join(jieba.cut_for_search(line))
            writer.add_document(path=path.name, text=said)
    writer.commit()


def tantivy_loop(files: Sequence[Path], folder: Path) -> None:
    """Read, cut and write every line with plain tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
    writer = tantivy.Index(builder.build(), path=str(folder)).writer(128 << 20, 1)
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            said = " ".join(jieba.cut_for_search(line))
            writer.add_document(tantivy.Document(path=path.name, text=said))
    writer.commit()
    writer.wait_merging_threads()


LOOPS: Final[dict[str, Callable[[Sequence[Path], Path], None]]] = {
    "whoosh": whoosh_loop, "tantivy": tantivy_loop,
}  # fmt: skip


def spent(do: Callable[[], object]) -> float:
    """Return the seconds of processor time that something takes, its processes included."""

    def now() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))

    started = now()
    do()
    return now() - started


def _index(folder: Path, url: str, workers: int = 0) -> None:
    pipeline.index([folder], url, workers=workers, progress=Silent())


def text(folder: Path, count: int) -> Iterator[str]:
    """Yield the lines about text, and about a run without changes."""
    files = _texts(folder / "text", count)
    jieba.initialize()
    words("公务用车")  # loads it
    for engine, loop in LOOPS.items():
        if not ENGINES[engine].installed:
            continue
        (folder / f"bare-{engine}").mkdir()
        started = time.perf_counter()
        bare = spent(lambda: loop(files, folder / f"bare-{engine}"))  # noqa: B023 - at once
        bare_clock = time.perf_counter() - started
        url = f"{engine}:{folder / engine}"
        ours = spent(lambda: _index(folder / "text", url))  # noqa: B023 - at once
        again = spent(lambda: _index(folder / "text", url))  # noqa: B023 - at once
        yield (f"text, {engine}: {count / ours:.1f} disclosures a second of processor time, "
               f"bare loop {count / bare:.1f}: {ours / bare:.2f}x")  # fmt: skip
        yield f"unchanged, {engine}: {again:.2f} s after {ours:.1f} s: {again / ours:.1%}"
        started = time.perf_counter()
        processes = os.cpu_count() or 1
        _index(folder / "text", f"{engine}:{folder / engine}-as-run", processes)
        clock = time.perf_counter() - started
        yield (f"text, {engine}, {processes} processes read: {clock:.1f} s by the clock, bare loop "
               f"{bare_clock:.1f} s: {clock / bare_clock:.2f}x, "
               f"load {os.getloadavg()[0]:.1f}")  # fmt: skip


def pdf(folder: Path) -> Iterator[str]:
    """Yield the lines about PDF."""
    (folder / "pdf").mkdir()
    files = []
    for document in documents(SEED, PDFS):
        files.append(folder / "pdf" / f"{document.name}.pdf")
        files[-1].write_bytes(printed(document))
    pages = 0

    def layout() -> None:
        nonlocal pages
        pages = sum(1 for path in files for _ in extract_pages(path))

    bare = spent(layout)
    ours = spent(lambda: _index(folder / "pdf", str(folder / "of-pdf")))
    yield (f"PDF: {pages / ours:.1f} pages a second of processor time, bare pdfminer.six "
           f"{pages / bare:.1f}: {ours / bare:.2f}x")  # fmt: skip
    times = []
    for workers in (1, 2):
        started = time.perf_counter()
        _index(folder / "pdf", str(folder / f"by-{workers}"), workers)
        times.append(time.perf_counter() - started)
    yield (f"PDF, 1 and 2 processes: {times[0]:.1f} s and {times[1]:.1f} s: "
           f"{times[0] / times[1]:.2f}x, load {os.getloadavg()[0]:.1f}")  # fmt: skip


def _texts(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    found = []
    for document in documents(SEED, count):
        found.append(folder / f"{document.name}.txt")
        found[-1].write_text(document.text, encoding="utf-8")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.indexing", description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        size = chosen.documents
        for line in chain(text(folder, size), pdf(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
