"""Takes sources to an index: files → worker processes → one writer; reports what failed and why."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.commits import Commits
from indexer.disclosure import READER_VERSION
from indexer.errors import PassingError, ReadingError
from indexer.origins import origins
from indexer.readers import ocr
from indexer.rebuilding import Rebuilding
from indexer.report import Failure, Progress, Report
from indexer.sources import Sources, files
from indexer.workers import Outcome, Task, read_all
from search.index import locate, read_stamp
from search.manifest import Manifest
from search.memory import seldom_collecting, undivided
from search.writer import IndexWriter

MENDED: Final = "存储的文件已损坏或缺失，由来源文件重新收入"
_CHANGED: Final = "读取期间文件有变动，请再运行一次"


def index(
    sources: Sequence[Path],
    url: str | None,
    *,
    workers: int | None,
    progress: Progress,
    prune: bool = False,
    rebuild: bool = False,
) -> Report:
    """Index files and folders and return the report; one bad file never stops the run.

    A file whose content is known is not read again. The same content under several names is one
    document with all its names. A document whose files have vanished from the folders is kept
    and marked, with `prune` removed. With `rebuild` all that is stored is recorded anew before.
    `workers` is the number of processes that read (by default one a processor; 0 reads in this
    process, without limits on time and memory). Raises `SearchError` where the index itself
    cannot be written.
    """
    report = Report()
    count = (os.cpu_count() or 1) if workers is None else workers
    if not rebuild and read_stamp(locate(url)[1]) is None and not any(files(sources, Report())):
        list(files(sources, report))
        _tell(report, progress, len(report.failures))
        return report
    undivided()
    with (
        IndexWriter(url, READER_VERSION, rebuild=rebuild) as writer,
        closing(Manifest(writer.path)) as manifest,
        seldom_collecting(),
    ):
        reading = f"{READER_VERSION}+ocr" if ocr.is_installed() else f"{READER_VERSION}"
        anew = rebuild or not (writer.is_whole or writer.created())
        if anew:
            Rebuilding(writer, manifest, reading, report, progress).run(count)
        with Commits(writer, manifest, reading, report) as commits:
            commits.recover()
            if anew:
                commits.touch(manifest.left())
            found = Sources(manifest, writer.store, reading)
            found.find(sources, report)
            for folder in found.folders():
                for path, origin in origins(folder, report).items():
                    commits.touch(manifest.come_from(path, origin.url, origin.retrieved))
            run = _Run(found, manifest, commits, reading, report, progress)
            run.read(count)
            run.lose(prune=prune)
    return report


@dataclass(frozen=True, slots=True)
class _Run:
    """Works off the files of one run."""

    sources: Sources
    manifest: Manifest
    commits: Commits
    reading: str
    report: Report
    progress: Progress

    def read(self, workers: int) -> None:
        """Take in what is new or changed; tell what failed or still fails."""
        asked = self.sources.judge()
        self.report.unchanged = self.sources.count("none")
        _tell(self.report, self.progress, asked + len(self.report.failures))
        for path, sha256, reason in self.sources.failed():
            self._fail(path, sha256, reason)
        for sha256, paths in self.sources.groups("name"):
            stored = self.commits.stored(sha256)
            if stored is None:
                self.sources.read_again(sha256)
            else:
                self._done(paths, self.commits.take(stored, paths))
        contents = self.sources.count("read")
        if contents:
            for task, outcome in read_all(self._tasks(), min(workers, contents)):
                self._take(task.state.sha256, outcome)

    def _tasks(self) -> Iterator[Task]:
        """Yield what has to be read, copies once."""
        for sha256, paths in self.sources.groups("read"):
            yield Task(paths[0], self.commits.state(sha256, paths))

    def _take(self, sha256: str, outcome: Outcome) -> None:
        paths = self.sources.paths(sha256)
        if isinstance(outcome, ReadingError):
            lasting = None if isinstance(outcome, PassingError) else sha256
            for path in paths:
                self._fail(path, lasting, str(outcome))
        elif outcome.info.sha256 != sha256:
            for path in paths:
                self._fail(path, None, _CHANGED)
        else:
            failed = self.commits.take(outcome, paths)
            if sha256 in self.sources.damaged and not failed:
                self.report.warn(paths[0].name, MENDED)
            self._done(paths, failed)

    def _done(self, paths: Sequence[Path], failed: str) -> None:
        for path in paths:
            if failed:
                self._fail(path, None, failed)
            else:
                self.progress.advance(str(path), "")

    def _fail(self, path: Path, sha256: str | None, reason: str) -> None:
        self.manifest.fail(path, sha256, reason, self.reading)
        self.report.failures.append(Failure(str(path), reason))
        self.progress.advance(str(path), reason)

    def lose(self, *, prune: bool) -> None:
        """Settle what vanished from the folders of this run, and remove it to `prune`."""
        for path in self.sources.vanished():
            self.commits.touch(self.manifest.lose(path))
            self.report.vanished += 1
        if prune:
            for path in self.sources.gone():
                self.commits.touch(self.manifest.forget(path))
                self.report.pruned += 1
        self.sources.forget_failures()


def _tell(report: Report, progress: Progress, total: int) -> None:
    """Begin the progress with what is known to have failed before any file is read."""
    progress.start(total)
    for failure in report.failures:
        progress.advance(failure.source, failure.reason)
