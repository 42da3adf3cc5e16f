"""Kills the indexer at random moments: `python -m benchmarks.kill --times 100 --seed 1`.

A run brings an index from one state of its sources to another (files new, changed, vanished) in
many small commits, and is killed (SIGKILL) at a random moment, often once more while the next
run sets things right. Each time the index has to open at one of the commits that an undisturbed
run makes, and the last run has to end with the same index, store and files as that one.
"""

import argparse
import shutil
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

from benchmarks.generate import generate
from indexer import commits, pipeline
from search.engines.base import Bound, Reader
from search.engines.registry import ENGINES
from search.index import Index
from search.model import Disclosure
from search.records import RecordKind

FILES: Final = 5
EVERY: Final = 100
"""Records after which is committed here: every disclosure."""
AGAIN: Final = 0.5
"""How often the run that sets things right is killed as well."""
ALL: Final = 1_000_000
_KINDS: Final[tuple[RecordKind, ...]] = ("row", "passage", "statement", "project")


class Watch:
    """Progress that notes every commit of a run."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.states: set[str] = set()

    def start(self, total: int) -> None:
        """Note the commit before anything is read."""
        self.advance("", "")

    def advance(self, source: str, outcome: str) -> None:
        """Note the commit that stands now."""
        if self._path is not None:
            self.states.add(answers(self._path))


def run(sources: Path, url: str, watch: Watch | None = None) -> None:
    """Index the sources in this process, in small commits."""
    with patch.object(commits, "MAX_RECORDS", EVERY):
        pipeline.index([sources], url, workers=0, progress=watch or Watch(), prune=True)


def answers(path: Path) -> str:
    """Return a digest of what an index answers, opened anew."""
    return digest(Index(str(path)).reader)


def digest(reader: Reader) -> str:
    """Return a digest of every record that a reader answers with, and of its listing."""
    found = sha256()
    for document in reader.documents():
        found.update(document.model_dump_json().encode())
    for kind in _KINDS:
        every = reader.search(Bound(kinds=frozenset({kind}), once=False), offset=0, limit=ALL)
        for hit in every.hits:
            found.update(hit.model_dump_json().encode())
    return found.hexdigest()


def whole(path: Path) -> tuple[str, list[Disclosure | None], list[str]]:
    """Return what an index answers and stores, and the names of the store's files."""
    index = Index(str(path))
    stored = [index.store.disclosure(document) for document in index.store.documents()]
    names = [p.name for folder in ("documents", "sources", ".") for p in (path / folder).iterdir()]
    return answers(path), stored, sorted(names)


class Trial:
    """An index, and the sources that a run is to bring it to."""

    def __init__(self, folder: Path, engine: str, seed: int) -> None:
        self._folder, self._engine = folder, engine
        self.stopped = 0
        self.left: set[str] = set()
        self.seen: set[str] = set()
        self._random = Random(f"{seed}/kill")
        self.sources = folder / "sources"
        self.sources.mkdir(parents=True)
        texts = dict(generate(seed, FILES))
        names = list(texts)
        for name in names[: FILES - 2]:
            self._put(name, texts[name])
        self._before = folder / "before"
        run(self.sources, f"{engine}:{self._before}")
        (self.sources / f"{names[0]}.txt").unlink()
        self._put(names[1], texts[names[1]].replace("万元。", "万元 。"))
        for name in names[FILES - 2 :]:
            self._put(name, texts[name])
        watch = Watch(self._copy("after"))
        run(self.sources, str(folder / "after"), watch)
        self._after = whole(folder / "after")
        self.states = watch.states | {answers(self._before), self._after[0]}
        self._takes = min(self._undisturbed() for _ in range(2))  # the first loads everything

    def killed(self, times: int) -> Iterator[str]:
        """Kill runs so many times; yield what is wrong after any of them."""
        while times:
            path = self._copy("trial")
            again = True
            while again and times:
                process = self._started(path)
                moment = self._random.random() * self._takes
                process.join(moment)
                process.kill()
                process.join()
                self.stopped += process.exitcode != 0
                times -= 1
                left = answers(path)
                self.left.add(left)
                if left not in self.states:
                    yield f"killed after {moment:.3f} s: no whole commit"
                again = self._random.random() < AGAIN
            run(self.sources, str(path))
            if whole(path) != self._after:
                yield f"killed after {moment:.3f} s: the next run ended otherwise"

    def read_meanwhile(self) -> Iterator[str]:
        """Read again and again while a run writes; yield every answer that is no whole commit's."""
        path = self._copy("trial")
        index = Index(str(path))
        process = self._started(path)
        while process.is_alive():
            for found in (answers(path), digest(index.reader)):
                self.seen.add(found)
                if found not in self.states:
                    yield "a reader saw no whole commit"
        process.join()
        if digest(index.reader) != self._after[0]:
            yield "a reader did not see the last commit"

    def _undisturbed(self) -> float:
        """Return how many seconds a run takes that is not killed."""
        path = self._copy("undisturbed")
        started = time.perf_counter()
        self._started(path).join()
        return time.perf_counter() - started

    def _started(self, path: Path) -> BaseProcess:
        """Return a run in a process of its own, started from one that has everything imported."""
        context = get_context("forkserver")
        engines = (ENGINES[name].module for name in ENGINES if ENGINES[name].installed)
        context.set_forkserver_preload(["indexer.pipeline", *engines])
        process = context.Process(target=run, args=(self.sources, str(path)))
        process.start()
        return process

    def _put(self, name: str, text: str) -> None:
        (self.sources / f"{name}.txt").write_text(text, encoding="utf-8")

    def _copy(self, name: str) -> Path:
        shutil.rmtree(self._folder / name, ignore_errors=True)
        return shutil.copytree(self._before, self._folder / name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill runs of each engine; print what is wrong and exit with 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="of each engine")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    wrong = 0
    for engine in (name for name, one in ENGINES.items() if one.installed):
        with TemporaryDirectory() as folder:
            trial = Trial(Path(folder), engine, chosen.seed)
            for trouble in trial.killed(chosen.times):
                wrong += 1
                print(f"{engine}: {trouble}", flush=True)
        print(f"{engine}: killed {chosen.times} times, {trial.stopped} before the end, "
              f"at {len(trial.left)} of {len(trial.states)} commits", flush=True)  # fmt: skip
    print(f"{wrong} times something was wrong")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
