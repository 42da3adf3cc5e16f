"""Reads files in worker processes with limits, so that no file can take the run down with it.

Over pebble, whose pool ends a worker that runs too long and survives one that dies.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from indexer.disclosure import StoredSource, read_file, read_stored
from indexer.entry import Entry, entry
from indexer.errors import PassingError, ReadingError, ScansError, told
from search import memory
from search.store import State

Outcome = Entry | ReadingError


@dataclass(frozen=True, slots=True)
class Task:
    """A source to be read, and the state of the disclosure that will be read from it."""

    source: Path | StoredSource
    state: State


AHEAD: Final = 4
"""So many files per worker are read ahead of the writer; more would only fill memory."""
MAX_SECONDS: Final = 180
"""A disclosure of some hundred pages takes seconds; a file that takes longer is hostile."""
SECONDS_PER_SCAN: Final = 60
"""Allowed beyond that for each scanned page; recognising a full A4 page takes two to six."""
MAX_MEMORY: Final = 4 * 1024**3
"""Bytes of address space per worker; a disclosure takes a few hundred megabytes."""


def read_all(tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Outcome]]:
    """Yield each task with what was read, in order.

    Few files are held at a time. With no workers the files are read in this process, without
    limits on time and memory.
    """
    if workers == 0:
        for task in tasks:
            yield task, _read(task, recognise=True)
        return
    # Spawned, not forked: a fork would inherit the index's lock and outlive a killed run with it.
    with _uninterrupted():
        pool = ProcessPool(max_workers=workers, initializer=_limit, context=get_context("spawn"))
        assert pool.active  # begins the threads that begin the workers
    pending: deque[_Reading] = deque()
    try:
        for task in tasks:
            pending.append(_Reading(pool, task))
            if len(pending) >= AHEAD * workers:
                yield _first(pending)
        while pending:
            yield _first(pending)
    finally:
        pool.stop()
        pool.join()


class _Reading:
    """A file being read: once, and again with more time where it turns out to hold scans."""

    def __init__(self, pool: ProcessPool, task: Task) -> None:
        self._pool, self.task = pool, task
        self._seconds = MAX_SECONDS
        self.future: ProcessFuture[Outcome] = pool.schedule(
            _read, args=[task], timeout=self._seconds
        )

    def goes_on(self) -> bool:
        """Return whether there is no outcome yet; begin again where scans were found."""
        if self.future.done():
            outcome = self.outcome()
            if not isinstance(outcome, ScansError):
                return False
            self._seconds = MAX_SECONDS + SECONDS_PER_SCAN * outcome.pages
            self.future = self._pool.schedule(
                _read, args=[self.task], kwargs={"recognise": True}, timeout=self._seconds
            )
        return True

    def outcome(self) -> Outcome:
        """Return what was read, or why that failed."""
        try:
            return self.future.result()
        except TimeoutError:
            return PassingError(f"读取超过 {self._seconds} 秒，已放弃")
        except ProcessExpired as error:
            return PassingError(f"读取进程意外终止（退出码 {error.exitcode}）")


def _first(pending: deque[_Reading]) -> tuple[Task, Outcome]:
    """Return the oldest task with what was read; see that the others go on meanwhile."""
    while True:
        going = [reading.future for reading in pending if reading.goes_on()]
        if pending[0].future not in going:
            reading = pending.popleft()
            return reading.task, reading.outcome()
        wait(going, return_when=FIRST_COMPLETED)


def _read(task: Task, *, recognise: bool = False) -> Outcome:
    try:
        if isinstance(task.source, StoredSource):
            return entry(task.state.given(read_stored(task.source, recognise=recognise)))
        disclosure, data = read_file(task.source, recognise=recognise)
        return entry(task.state.given(disclosure), data)
    except ReadingError as error:
        return error
    except MemoryError:
        return PassingError(f"读取所需内存超过 {MAX_MEMORY // 1024**3} GB")
    except Exception as error:  # the one boundary where a file's own trouble must not spread
        return PassingError(f"读取时出错（{told(error)}）")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let threads and processes that are begun here, and by those, leave interrupts to the run."""
    if not hasattr(signal, "pthread_sigmask"):  # there is none on Windows
        yield
        return
    resource_tracker.ensure_running()  # beginning it later would let interrupts in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _limit() -> None:
    """Limit this worker's memory; leave interrupts to the run, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory.limit(MAX_MEMORY)
    gc.set_threshold(memory.SELDOM)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)
