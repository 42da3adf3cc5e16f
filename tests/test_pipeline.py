"""Indexing: stable ids, whole commits, one line for each source that fails."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import pipeline, workers
from indexer.disclosure import READER_VERSION
from indexer.errors import ReadingError
from indexer.report import Report
from indexer.workers import Task
from search.errors import IndexBusyError, IndexVersionError, SearchError
from search.index import Index
from search.service import search
from search.store import State
from search.writer import IndexWriter
from tests.conftest import CORPUS, Silent, source


def _index(sources: list[Path], path: Path) -> Report:
    return pipeline.index(sources, str(path), workers=0, progress=Silent())


def _ids(path: Path) -> list[tuple[str, int]]:
    index = Index(str(path))
    return [(d.id, d.rows) for d in index.reader.documents()]


def test_indexing_twice_gives_the_same(tmp_path: Path) -> None:
    _index([CORPUS], tmp_path / "a")
    first = _ids(tmp_path / "a")
    _index([CORPUS], tmp_path / "a")
    assert _ids(tmp_path / "a") == first
    assert len(first) == 5
    assert Index(str(tmp_path / "a")).reader.count("row") == sum(rows for _, rows in first)


def test_workers_give_the_same(tmp_path: Path) -> None:
    _index([CORPUS], tmp_path / "a")
    pipeline.index([CORPUS], str(tmp_path / "b"), workers=2, progress=Silent())
    assert _ids(tmp_path / "a") == _ids(tmp_path / "b")


def test_same_content_under_two_names(tmp_path: Path) -> None:
    shutil.copy(source("泽州"), tmp_path / "1.txt")
    shutil.copy(source("泽州"), tmp_path / "2.txt")
    report = _index([tmp_path / "1.txt", tmp_path / "2.txt"], tmp_path / "x")
    assert report.documents == 1
    document = Index(str(tmp_path / "x")).reader.documents()[0]
    assert document.sources == ("1.txt", "2.txt")


def test_bad_files_never_stop_a_run(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4")
    shutil.copy(source("泽州"), tmp_path / "good.txt")
    bad = ["binary.txt", "empty.txt", "paper.pdf", "missing.txt"]
    report = _index([tmp_path / name for name in [*bad, "good.txt"]], tmp_path / "x")
    assert report.documents == 1
    assert sorted(Path(f.source).name for f in report.failures) == sorted(bad)
    assert all(failure.reason and "\n" not in failure.reason for failure in report.failures)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_unreadable_folder(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    report = _index([folder], tmp_path / "x")
    assert [Path(f.source).name for f in report.failures] == ["closed"]


def test_nothing_to_index_makes_no_index(tmp_path: Path) -> None:
    report = _index([tmp_path / "missing"], tmp_path / "x")
    assert len(report.failures) == 1
    assert not (tmp_path / "x").exists()


def test_an_index_of_another_version_is_refused_and_stays(tmp_path: Path) -> None:
    _index([source("泽州")], tmp_path / "x")
    stamp = tmp_path / "x" / "gongkai.json"
    text = stamp.read_text(encoding="utf-8")
    stamp.write_text(re.sub(r'("schema_version"): \d+', r"\1: 0", text), encoding="utf-8")
    with pytest.raises(IndexVersionError, match="其他版本"):
        Index(str(tmp_path / "x"))
    with pytest.raises(IndexVersionError, match="其他版本"):
        _index([CORPUS], tmp_path / "x")
    stamp.write_text(text, encoding="utf-8")
    assert len(_ids(tmp_path / "x")) == 1


def test_a_folder_that_is_no_index_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SearchError, match="不是索引"):
        _index([CORPUS], tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    writer = IndexWriter(str(tmp_path / "x"), READER_VERSION)
    with writer, pytest.raises(IndexBusyError, match="另一个进程"):
        IndexWriter(str(tmp_path / "x"), READER_VERSION)


def test_a_failed_run_leaves_the_last_commit(tmp_path: Path) -> None:
    _index([source("泽州")], tmp_path / "x")
    before = _ids(tmp_path / "x")

    class Stops(Silent):
        def advance(self, source: str, outcome: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.index([CORPUS], str(tmp_path / "x"), workers=0, progress=Stops())
    assert _ids(tmp_path / "x") == before
    _index([CORPUS], tmp_path / "x")
    assert len(_ids(tmp_path / "x")) == 5


def test_a_killed_run_leaves_the_last_commit(tmp_path: Path) -> None:
    _index([source("泽州")], tmp_path / "x")
    before = _ids(tmp_path / "x")
    run = [sys.executable, "-m", "gongkai", "index", str(CORPUS), "--index", str(tmp_path / "x")]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    process.stderr.readline()  # the first file is in
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert _ids(tmp_path / "x") == before
    _index([CORPUS], tmp_path / "x")
    assert len(_ids(tmp_path / "x")) == 5


def test_a_reader_sees_the_next_commit(tmp_path: Path) -> None:
    _index([source("泽州")], tmp_path / "x")
    index = Index(str(tmp_path / "x"))
    assert len(index.reader.documents()) == 1
    _index([source("产业规划")], tmp_path / "x")
    assert len(index.reader.documents()) == 2


def test_stored_disclosures_are_whole(tmp_path: Path) -> None:
    _index([source("泽州")], tmp_path / "x")
    index = Index(str(tmp_path / "x"))
    info = index.reader.documents()[0]
    stored = index.store.disclosure(info.id)
    assert stored is not None
    assert stored.sha256 == info.sha256
    assert index.store.source(info.sha256) == source("泽州").read_bytes()
    assert index.store.disclosure("../../etc/passwd") is None
    assert index.store.disclosure("0000000000000000") is None


def _task(path: Path) -> Task:
    return Task(path, State("", (path.name,)))


def _sleeper(task: Task) -> None:
    time.sleep(60)


def test_a_file_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MAX_SECONDS", 1)
    monkeypatch.setattr(workers, "_read", _sleeper)
    [(task, outcome)] = workers.read_all([_task(tmp_path / "x.txt")], 1)
    assert task.source == tmp_path / "x.txt"
    assert isinstance(outcome, ReadingError)
    assert "超过 1 秒" in str(outcome)


def _dies(task: Task) -> None:
    if task.state.sources == ("bad.txt",):
        os._exit(3)


def test_a_worker_that_dies_takes_no_other_file_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_read", _dies)
    names = ["a.txt", "bad.txt", "b.txt", "c.txt"]
    read = workers.read_all([_task(tmp_path / name) for name in names], 2)
    outcomes = {task.state.sources[0]: outcome for task, outcome in read}
    assert [name for name in names if isinstance(outcomes[name], ReadingError)] == ["bad.txt"]
    assert "意外终止（退出码 3）" in str(outcomes["bad.txt"])


def test_a_replaced_file_is_a_new_version(tmp_path: Path) -> None:
    text = source("泽州").read_text(encoding="utf-8")
    path = tmp_path / "泽州.txt"
    path.write_text(text, encoding="utf-8")
    _index([path], tmp_path / "x")
    path.write_text(text.replace("17.50", "19.50"), encoding="utf-8")
    _index([path], tmp_path / "x")
    index = Index(str(tmp_path / "x"))
    new, old = sorted(index.reader.documents(), key=lambda d: d.superseded_by is not None)
    assert old.superseded_by == new.id
    assert new.superseded_by is None
    found = search(index, "公务用车 2024 > 10万元")
    assert {hit.document.id for hit in found.hits} == {new.id}
    assert found.hits[0].yuan == 195000
    stored = index.store.disclosure(old.id)
    assert stored is not None
    assert stored.superseded_by == new.id
    path.write_text(text, encoding="utf-8")
    _index([path], tmp_path / "x")
    states = {d.id: d.superseded_by for d in index.reader.documents()}
    assert states == {old.id: None, new.id: old.id}


def test_of_namesakes_in_one_run_none_is_the_newer(tmp_path: Path) -> None:
    text = source("泽州").read_text(encoding="utf-8")
    for folder, amount in (("a", "17.50"), ("b", "19.50")):
        (tmp_path / folder).mkdir()
        changed = text.replace("17.50", amount)
        (tmp_path / folder / "泽州.txt").write_text(changed, encoding="utf-8")
    for _ in range(2):
        _index([tmp_path / "a", tmp_path / "b"], tmp_path / "x")
        documents = Index(str(tmp_path / "x")).reader.documents()
        assert [document.superseded_by for document in documents] == [None, None]
    found = search(Index(str(tmp_path / "x")), "公务用车 2024 > 10万元")
    assert {hit.document.id for hit in found.hits} == {document.id for document in documents}


def test_other_files_of_a_department_are_no_versions(tmp_path: Path) -> None:
    text = source("泽州").read_text(encoding="utf-8")
    (tmp_path / "正文.txt").write_text(text, encoding="utf-8")
    (tmp_path / "附表.txt").write_text(text + "\n附表\n", encoding="utf-8")
    _index([tmp_path / "正文.txt", tmp_path / "附表.txt"], tmp_path / "x")
    documents = Index(str(tmp_path / "x")).reader.documents()
    assert [document.superseded_by for document in documents] == [None, None]
