"""The memory of a process: the most it may take, and how garbage and room are looked for."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Final

SELDOM: Final = 10_000
"""New values after which garbage is looked for, for what makes millions that hardly ever are in
cycles: reading disclosures takes a seventh less time than by Python's own 700."""

_POOLS: Final = -8
"""How `malloc.h` calls the number of pools (M_ARENA_MAX)."""

_READING: Final = RLock()
"""Held by the thread that pauses the search; otherwise one might leave it off for good."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom within the block."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage within the block, where values are read: they hold no cycles."""
    with _READING:
        pausing = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if pausing:
                gc.enable()


def undivided() -> None:
    """Let all threads take memory from one pool, where the C library gives each its own (glibc).

    What comes in by one thread and is freed by another leaves gaps in the first one's pool, and
    each commit's threads begin more: the process that writes grew by 0.04 MB a disclosure.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:  # there is none in musl
            mallopt(_POOLS, 1)


def limit(most: int) -> None:
    """Let this process take no more than `most` bytes of address space.

    A limit set from outside, as by `ulimit -v`, may be lowered and never raised.
    """
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
