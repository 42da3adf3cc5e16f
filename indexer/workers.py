"""Reads files in worker processes with limits, so that no file can take the run down with it.

Over pebble, whose pool ends a worker that runs too long and survives one that dies.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from indexer.disclosure import read_file
from indexer.errors import ReadingError
from search.model import Disclosure

Outcome = tuple[Disclosure, bytes] | ReadingError

AHEAD: Final = 4
"""So many files per worker are read ahead of the writer; more would only fill memory."""
MAX_SECONDS: Final = 180
"""A disclosure of some hundred pages takes seconds; a file that takes longer is hostile."""
MAX_MEMORY: Final = 4 * 1024**3
"""Bytes of address space per worker; a disclosure takes a few hundred megabytes."""


def read_all(groups: Sequence[list[Path]], workers: int) -> Iterator[tuple[list[Path], Outcome]]:
    """Yield each group of copies with what was read of the first, in order.

    Few files are held at a time. With no workers the files are read in this process, without
    limits on time and memory.
    """
    if workers == 0 or not groups:
        for paths in groups:
            yield paths, _read(paths[0])
        return
    # Spawned, not forked: a fork would inherit the index's lock and outlive a killed run with it.
    pool = ProcessPool(
        max_workers=min(workers, len(groups)), initializer=_limit, context=get_context("spawn")
    )
    pending: deque[tuple[list[Path], ProcessFuture[Outcome]]] = deque()
    try:
        for paths in groups:
            future = pool.schedule(_read, args=[paths[0]], timeout=MAX_SECONDS)
            pending.append((paths, future))
            if len(pending) >= AHEAD * workers:
                yield _outcome(*pending.popleft())
        while pending:
            yield _outcome(*pending.popleft())
    finally:
        pool.stop()
        pool.join()


def _outcome(paths: list[Path], future: ProcessFuture[Outcome]) -> tuple[list[Path], Outcome]:
    try:
        return paths, future.result()
    except TimeoutError:
        return paths, ReadingError(f"读取超过 {MAX_SECONDS} 秒，已放弃")
    except ProcessExpired as error:
        return paths, ReadingError(f"读取进程意外终止（退出码 {error.exitcode}）")


def _read(path: Path) -> Outcome:
    try:
        return read_file(path)
    except ReadingError as error:
        return error
    except MemoryError:
        return ReadingError(f"读取所需内存超过 {MAX_MEMORY // 1024**3} GB")
    except Exception as error:  # the one boundary where a file's own trouble must not spread
        return ReadingError(f"读取时出错（{type(error).__name__}：{error}）")


def _limit() -> None:
    """Limit this worker's memory; leave interrupts to the run, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)
