"""Shows how indexing goes on: a bar on a terminal, a line a file elsewhere."""

from types import TracebackType
from typing import Self, TextIO

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


class Bar:
    """A progress bar with the time left; failures are printed above it."""

    def __init__(self, stream: TextIO) -> None:
        self._bar = Progress(
            TextColumn("读取"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[source]}", markup=False),
            console=Console(file=stream),
            transient=True,
        )
        self._task: TaskID | None = None

    def start(self, total: int) -> None:
        """Begin a run over `total` files."""
        self._task = self._bar.add_task("", total=total, source="")

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        if outcome:
            line = printable(f"失败 {source}：{outcome}")
            self._bar.console.print(line, markup=False, emoji=False, highlight=False)
        if self._task is not None:
            self._bar.update(self._task, advance=1, source=printable(source))

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
        self._total = 0
        self._done = 0

    def start(self, total: int) -> None:
        """Begin a run over `total` files."""
        self._total = total

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        self._done += 1
        what = f"失败 {source}：{outcome}" if outcome else source
        print(f"[{self._done}/{self._total}] {printable(what)}", file=self._stream, flush=True)

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
