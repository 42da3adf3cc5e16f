"""Measures memory: `python -m benchmarks.memory 25 50 100 200`.

Prints for each number of disclosures the peaks of a run's processes: the one that writes, those
that read, the small one that looks after them. Pages that they share are counted in each.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.generate import generate

SEED: Final = 1
PAUSE: Final = 0.05
"""Seconds between two looks: what a process takes at its very end may be missed."""


def peaks(command: Sequence[str]) -> list[float]:
    """Run a command and return the peak in MB of it and of each process that it started."""
    found: dict[int, float] = {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        for of in (process.pid, *_children(process.pid)):
            found[of] = max(found.get(of, 0), _peak(of))
        time.sleep(PAUSE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return list(found.values())


def _children(process: int) -> Iterator[int]:
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, _text(listed).split())


def _peak(process: int) -> float:
    lines = _text(Path(f"/proc/{process}/status")).splitlines()
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


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
        each = ", ".join(f"{peak:.0f}" for peak in others)
        together = writing + sum(others)
        print(f"{count} disclosures: writing {writing:.0f} MB, others {each} MB, "
              f"together {together:.0f} MB", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
