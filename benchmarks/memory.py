"""Measures memory: `python -m benchmarks.memory 25 50 100 200`.

Prints for each number of disclosures the peaks of a run's processes: the one that writes, those
that read, the small one that looks after them. Pages that they share are counted in each.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.generate import generate

SEED: Final = 1
PAUSE: Final = 0.05
"""Seconds between two looks: what a process takes at its very end may be missed."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a process took, in MB; `own` is without files that are mapped."""

    whole: float
    own: float


def peaks(command: Sequence[str]) -> list[Peak]:
    """Run a command and return the peak of it and of each process that it started."""
    found: dict[int, Peak] = {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        for of in (process.pid, *_children(process.pid)):
            before = found.get(of, Peak(0, 0))
            status = _status(of)
            found[of] = Peak(
                max(before.whole, status.get("VmHWM", 0)), max(before.own, status.get("RssAnon", 0))
            )
        time.sleep(PAUSE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return list(found.values())


def _children(process: int) -> Iterator[int]:
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, _text(listed).split())


def _status(process: int) -> dict[str, float]:
    """Return the sizes that the system tells of a process, in MB."""
    lines = map(str.split, _text(Path(f"/proc/{process}/status")).splitlines())
    return {line[0][:-1]: int(line[1]) / 1024 for line in lines if line[-1] == "kB"}


def _text(path: Path) -> str:
    """Return a file of /proc, nothing where its process has ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("disclosures", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(arguments)
    for count in chosen.disclosures:
        with TemporaryDirectory() as folder:
            sources = Path(folder) / "sources"
            sources.mkdir()
            for name, text in generate(SEED, count):
                (sources / f"{name}.txt").write_text(text, encoding="utf-8")
            writing, *others = peaks([
                sys.executable, "-m", "gongkai", "index", str(sources),
                "--index", str(Path(folder) / "index"), "--workers", str(chosen.workers),
            ])  # fmt: skip
        each = ", ".join(f"{peak.whole:.0f}" for peak in others)
        together = writing.whole + sum(peak.whole for peak in others)
        print(f"{count} disclosures: writing {writing.whole:.0f} MB (own {writing.own:.0f}), "
              f"others {each} MB, together {together:.0f} MB", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
