"""A killed indexer, two writers, readers meanwhile: always a whole commit, never a stale lock."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kill import Trial
from gongkai.__main__ import INTERRUPTED
from indexer import pipeline
from indexer.disclosure import READER_VERSION
from search.engines.registry import ENGINES
from search.errors import IndexBusyError
from search.index import Index
from search.writer import IndexWriter
from tests.conftest import CORPUS, Silent, source

ROOT = Path(__file__).parent.parent
DYING = """
import os, signal, sys
from indexer.disclosure import READER_VERSION
from search.writer import IndexWriter
with IndexWriter(sys.argv[1], READER_VERSION) as writer, writer.engine():
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def trial(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"), engine, seed=1)


def test_a_killed_run_leaves_a_whole_commit_and_the_next_completes_it(trial: Trial) -> None:
    """`python -m benchmarks.kill` does it a hundred times."""
    assert list(trial.killed(3)) == []
    assert trial.stopped > 0


def test_a_reader_sees_whole_commits_while_another_process_writes(trial: Trial) -> None:
    assert list(trial.read_meanwhile()) == []
    assert trial.seen


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.5, 5.0])
def test_an_interruption_is_one_line_and_the_next_run_goes_on(
    tmp_path: Path, seconds: float
) -> None:
    path = tmp_path / "x"
    run = [sys.executable, "-m", "gongkai", "index", str(CORPUS), "--index", str(path)]
    process = subprocess.Popen(
        run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
        told = [line for line in said.splitlines() if line and line[0] != "["]
        if process.returncode:
            # Interrupted within an `exec`, as imports have some, Python ends by the signal itself.
            assert process.returncode in {130, -signal.SIGINT}, said
            assert told in ([INTERRUPTED], []), said
            if not told:  # it had done everything and was ending
                assert len(Index(str(path)).reader.documents()) == 5
    pipeline.index([CORPUS], str(path), workers=0, progress=Silent())
    assert len(Index(str(path)).reader.documents()) == 5


def test_a_second_writer_is_one_line(engine: str, tmp_path: Path) -> None:
    url = f"{engine}:{tmp_path / 'x'}"
    run = [sys.executable, "-m", "gongkai", "index", str(CORPUS), "--index", url]
    with IndexWriter(url, READER_VERSION):
        done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr == f"gongkai: 另一个进程正在写入索引 {tmp_path / 'x'}\n"


def test_a_second_writer_of_the_engine_is_refused(engine: str, tmp_path: Path) -> None:
    with (
        ENGINES[engine].writer(tmp_path),
        pytest.raises(IndexBusyError, match="另一个进程"),
    ):
        ENGINES[engine].writer(tmp_path)
    with ENGINES[engine].writer(tmp_path):
        pass


def test_a_killed_writer_leaves_no_lock(engine: str, tmp_path: Path) -> None:
    url = f"{engine}:{tmp_path / 'x'}"
    pipeline.index([source("泽州")], url, workers=0, progress=Silent())
    done = subprocess.run([sys.executable, "-c", DYING, url], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    with IndexWriter(url, READER_VERSION) as writer, writer.engine():
        pass
    assert len(Index(url).reader.documents()) == 1
