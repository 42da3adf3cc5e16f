"""Shows how indexing goes on, how fast and how long still: a bar on a terminal, else lines."""

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Final, Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from gongkai.terminal import printable

_SETTLED: Final = 5.0
"""Seconds after which a pace is told; before, it says little."""


class Pace:
    """How many files a run has done, how fast, and how long the others take at that pace."""

    def __init__(self, total: int, now: Callable[[], float] = monotonic) -> None:
        self.total = total
        self.done = 0
        self._now = now
        self._began = now()

    def step(self) -> None:
        """Note one more file."""
        self.done += 1

    def rate(self) -> str:
        """Return the files a second, nothing while that says little."""
        seconds = self._now() - self._began
        return f"每秒 {self.done / seconds:.1f} 份" if seconds >= _SETTLED else ""

    def told(self) -> str:
        """Return rate and time left, nothing while that says little or nothing is left."""
        rate = self.rate()
        if not rate or self.done >= self.total:
            return ""
        seconds = round((self._now() - self._began) / self.done * (self.total - self.done))
        left = f"{seconds} 秒" if seconds < 120 else f"{round(seconds / 60)} 分钟"
        return f"（{rate}，还需约 {left}）"


class Bar:
    """A progress bar with the time left; failures are printed above it."""

    def __init__(self, stream: TextIO) -> None:
        self._bar = Progress(
            TextColumn("读取"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.fields[source]}", markup=False),
            console=Console(file=stream),
            transient=True,
        )
        self._task: TaskID | None = None
        self._pace = Pace(0)

    def start(self, total: int) -> None:
        """Begin a run over `total` files."""
        self._pace = Pace(total)
        self._task = self._bar.add_task("", total=total, source="", rate="")

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        if outcome:
            line = printable(f"失败 {source}：{outcome}")
            self._bar.console.print(line, markup=False, emoji=False, highlight=False)
        self._pace.step()
        if self._task is not None:
            rate = self._pace.rate()
            self._bar.update(self._task, advance=1, source=printable(source), rate=rate)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


class Lines:
    """A plain line for each file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pace = Pace(0)

    def start(self, total: int) -> None:
        """Begin a run over `total` files."""
        self._pace = Pace(total)

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        pace = self._pace
        pace.step()
        what = printable(f"失败 {source}：{outcome}" if outcome else source)
        print(f"[{pace.done}/{pace.total}] {what}{pace.told()}", file=self._stream, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


def for_stream(stream: TextIO) -> Bar | Lines:
    """Return what suits the stream."""
    return Bar(stream) if stream.isatty() else Lines(stream)
