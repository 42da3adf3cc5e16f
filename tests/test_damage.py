"""A damaged, incomplete or unwritable index: one clear line, never a trace or a silent loss."""

import gc
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import entry, pipeline
from indexer.report import Report
from search.engines.registry import ENGINES
from search.errors import IndexMissingError, IndexWritingError, SearchError
from search.index import Index
from search.model import Disclosure
from search.projects import WantedProjects, projects
from search.records import records
from search.service import search, understand
from tests.conftest import CORPUS, Silent, source
from web import create_app

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""Whoosh leaves a file that it cannot read to be closed by the collector."""


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


def _index(sources: list[Path], path: Path) -> Report:
    return pipeline.index(sources, str(path), workers=0, progress=Silent())


def _run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command in which `gongkai` is the command line."""
    run = re.sub(r"(?<!/)gongkai ", f"'{sys.executable}' -m gongkai ", command)
    return subprocess.run(
        ["bash", "-c", run], capture_output=True, text=True, check=False, cwd=ROOT
    )


def _one_line(done: subprocess.CompletedProcess[str], message: str) -> None:
    assert done.returncode == 2, done.stderr
    told = [line for line in done.stderr.splitlines() if not line.startswith("[")]
    assert len(told) == 1, done.stderr
    assert told[0].startswith("gongkai: ")
    assert message in told[0]


@pytest.fixture
def copied(index_by: Index, tmp_path: Path) -> Path:
    return shutil.copytree(index_by.path, tmp_path / "copied")


def _engine_files(path: Path) -> list[Path]:
    """Return the files that the last commit of an index consists of."""
    folder = path / Index(str(path)).stamp.records
    last = max(found.name for found in folder.glob("columns-*"))
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and file.stat().st_size
        and (last in file.parts or not file.parent.name.startswith("columns-"))
        and file.name != ".managed.json"  # tantivy's list of what it may delete
    )


def _answers(path: Path) -> list[object]:
    """Return everything that an index answers to some questions of every kind."""
    index = Index(str(path))
    reader = index.reader
    queries = ("公务用车", '"临聘劳务"', "2024 > 10万元 排序:金额", "2080505", "类:项目", "")
    found: list[object] = [
        reader.search(understand(reader, query).bound, offset=0, limit=100) for query in queries
    ]
    found += [reader.records(understand(reader, query).bound) for query in queries]
    found += [reader.values(name) for name in ("code", "column", "table", "department")]
    return [*found, reader.documents(), reader.terms()]


def _cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_engine_file_is_damage(copied: Path, share: float) -> None:
    for file in _engine_files(copied):
        whole = file.read_bytes()
        _cut(file, share)
        with pytest.raises(SearchError, match=r"索引已损坏.*--rebuild"):
            _answers(copied)
        file.write_bytes(whole)
    _answers(copied)


@pytest.mark.parametrize("share", [0, 0.2, 0.4, 0.6, 0.8, 0.99])
def test_changed_bytes_are_damage_or_never_read(copied: Path, share: float) -> None:
    before = _answers(copied)
    told = 0
    for file in _engine_files(copied):
        whole = file.read_bytes()
        at = int(len(whole) * share)
        changed = bytes(255 - byte for byte in whole[at : at + 4])
        file.write_bytes(whole[:at] + changed + whole[at + 4 :])
        try:
            assert _answers(copied) == before, file
        except SearchError as error:
            assert "索引已损坏" in str(error)  # noqa: PT017 - it may as well not be read
            told += 1
        file.write_bytes(whole)
    assert told > 30


@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_a_rebuild_mends_damage(copied: Path, tmp_path: Path, share: float) -> None:
    before = Index(str(copied)).reader.documents()
    for file in _engine_files(copied)[::7]:
        _cut(file, share)
    new = tmp_path / "new.txt"
    new.write_text(source("泽州").read_text(encoding="utf-8") + "\n附\n", encoding="utf-8")
    with pytest.raises(SearchError, match="索引已损坏"):
        _index([new], copied)
    pipeline.index([], str(copied), workers=0, progress=Silent(), rebuild=True)
    assert Index(str(copied)).reader.documents() == before


def test_a_missing_file_is_damage(copied: Path) -> None:
    for file in _engine_files(copied):
        if file.suffix == ".toc" or file.name == "meta.json":
            continue  # without that there is no commit
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(SearchError, match="索引已损坏"):
            _answers(copied)
        file.write_bytes(whole)


def test_a_cut_engine_file_is_no_interruption(copied: Path) -> None:
    for file in _engine_files(copied):
        _cut(file, 0.5)
    _one_line(_run(f"gongkai search 车 --index {copied}"), "索引已损坏")


@pytest.mark.parametrize("lost", ["words", "."])
def test_a_lost_engine_is_rebuilt_from_the_store(copied: Path, lost: str) -> None:
    before = Index(str(copied)).reader.documents()
    shutil.rmtree(copied / Index(str(copied)).stamp.records / lost)
    with pytest.raises(IndexMissingError, match="没有索引"):
        Index(str(copied))
    _index([source("泽州")], copied)
    rebuilt = Index(str(copied))
    assert rebuilt.reader.documents() == before
    assert search(rebuilt, "公务用车 2024 > 10万元").total.value == 3
    assert not list(copied.glob("*.rebuilt"))


def test_a_rebuild_reads_a_damaged_document_from_its_stored_source(copied: Path) -> None:
    before = Index(str(copied)).reader.documents()
    shutil.rmtree(copied / Index(str(copied)).stamp.records)
    _cut(next((copied / "documents").iterdir()), 0.5)
    assert _index([source("泽州")], copied).failures == []
    assert Index(str(copied)).reader.documents() == before


def test_a_rebuild_leaves_out_nothing_silently(copied: Path) -> None:
    damaged = next((copied / "documents").iterdir())
    document = damaged.name.partition(".")[0]
    for path in (damaged, *(copied / "sources").glob(f"{document}*")):
        _cut(path, 0.5)
    report = pipeline.index([], str(copied), workers=0, progress=Silent(), rebuild=True)
    assert report.rebuilt == 4
    [failure] = report.failures
    assert "存储的文件已损坏" in failure.reason
    assert _index([CORPUS], copied).documents == 1
    assert len(Index(str(copied)).reader.documents()) == 5


def test_a_run_that_did_not_finish_leaves_an_empty_index(tmp_path: Path) -> None:
    class Stops(Silent):
        def advance(self, source: str, outcome: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.index([CORPUS], str(tmp_path / "x"), workers=0, progress=Stops())
    index = Index(str(tmp_path / "x"))
    for query in ("公务用车 > 10万元", '"年"', "部门:泽州 排序:金额", "2080505 2024", "-车"):
        assert search(index, query).total.value == 0
    client = create_app(index).test_client()
    assert "索引里还没有文件" in client.get("/").text
    assert client.get("/?q=车").status_code == 200
    for command in (
        "status",
        "status --format json",
        "export --kind rows",
        "export 车 --kind rows",
    ):
        assert _run(f"gongkai {command} --index {tmp_path / 'x'}").returncode == 0


def test_an_export_misses_no_document_silently(copied: Path) -> None:
    missing = next((copied / "documents").iterdir())
    missing.unlink()
    for form in ("jsonl", "csv", "xlsx"):
        done = _run(f"gongkai export --kind rows --format {form} --index {copied} >/dev/null")
        _one_line(done, f"存储的文件缺失：{missing.name.partition('.')[0]}")


def test_a_failed_export_leaves_the_old_file(copied: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old", encoding="utf-8")
    export = f"gongkai export --kind rows --format csv --output {output} --index {copied}"
    _one_line(_run(f"{export} '车 >'"), "查询无法理解")
    next((copied / "documents").iterdir()).unlink()
    _one_line(_run(export), "存储的文件缺失")
    assert output.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copied", "out.csv"]


def test_an_export_to_a_device_does_not_replace_it(index: Index) -> None:
    done = _run(f"gongkai export --kind documents --output /dev/stdout --index {index.path} | cat")
    assert done.stdout.count("\n") == 5
    assert Path("/dev/null").is_char_device()


def test_a_damaged_stored_document_is_read_again(copied: Path) -> None:
    for path in [*(copied / "documents").iterdir(), *(copied / "sources").iterdir()]:
        path.write_bytes(path.read_bytes()[:10] + b"\xff" * 100)
    report = _index([CORPUS], copied)
    assert (report.documents, report.failures) == (5, [])
    index = Index(str(copied))
    for document in index.reader.documents():
        assert index.store.disclosure(document.id) is not None
        assert index.store.source(document.sha256) is not None


def test_a_rebuild_lets_no_damaged_source_count_as_whole(copied: Path) -> None:
    _cut(next((copied / "sources").iterdir()), 0.5)
    pipeline.index([], str(copied), workers=0, progress=Silent(), rebuild=True)
    assert _index([CORPUS], copied).documents == 1
    index = Index(str(copied))
    assert all(index.store.source(document.sha256) for document in index.reader.documents())


def test_a_damaged_older_version_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "泽州.txt"
    text = source("泽州").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    _index([path], tmp_path / "x")
    [stored] = (tmp_path / "x" / "documents").iterdir()
    _cut(stored, 0.5)
    path.write_text(text.replace("17.50", "19.50"), encoding="utf-8")
    report = _index([path], tmp_path / "x")
    assert (report.documents, report.failures) == (1, [])
    assert any("存储的文件已损坏" in warning for _, warning in report.warnings)
    [document] = Index(str(tmp_path / "x")).reader.documents()
    assert document.superseded_by is None


def test_one_document_that_cannot_be_taken_in_is_its_own_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(disclosure: Disclosure) -> object:
        if "泽州" in disclosure.department:
            raise ValueError("two\nlines")
        return records(disclosure)

    monkeypatch.setattr(entry, "records", fails)
    report = _index([CORPUS], tmp_path / "x")
    assert report.documents == 4
    [failure] = report.failures
    assert failure.source == str(source("泽州"))
    assert failure.reason == "读取时出错（ValueError：two lines）"
    assert len(Index(str(tmp_path / "x")).reader.documents()) == 4


def test_an_index_that_cannot_be_written_ends_the_run(tmp_path: Path, engine: str) -> None:
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / "words").touch()
    with pytest.raises(IndexWritingError, match="无法写入索引"):
        ENGINES[engine].writer(tmp_path / "i")
    _index([source("泽州")], tmp_path / "x")
    shutil.rmtree(tmp_path / "x" / "sources")
    (tmp_path / "x" / "sources").write_bytes(b"")
    with pytest.raises(IndexWritingError, match="无法写入"):
        _index([CORPUS], tmp_path / "x")


@pytest.mark.parametrize("blocks", [0, 1, 20, 200, 600])
def test_a_full_disk_is_one_line_and_can_be_gone_on_from(
    tmp_path: Path, engine: str, blocks: int
) -> None:
    path = tmp_path / "x"
    index = f"gongkai index {CORPUS} --index {engine}:{path}"
    _one_line(_run(f"ulimit -f {blocks}; {index}"), "无法写入")
    assert _index([CORPUS], path).documents == 5
    assert len(Index(str(path)).reader.documents()) == 5


@pytest.mark.parametrize("command", ["search 培训", "status", "export --kind rows"])
def test_output_that_cannot_be_written_is_one_line(index: Index, command: str) -> None:
    done = _run(f"gongkai {command} --index {index.path} >/dev/full")
    _one_line(done, "无法写出结果")


def test_a_closed_pipe_is_no_trouble(index: Index) -> None:
    done = _run(f"set -o pipefail; gongkai export --kind rows --index {index.path} | head -c 1")
    assert done.stderr == ""


def test_an_unreadable_stamp_is_one_line(copied: Path) -> None:
    (copied / "gongkai.json").write_bytes(b"\xff\xfe\x80")
    _one_line(_run(f"gongkai status --index {copied}"), "版本标记无法识别")


def test_an_index_that_vanished_is_explained_on_the_web(copied: Path) -> None:
    client = create_app(Index(str(copied))).test_client()
    place = copied.rename(copied.with_name("away"))
    for path in ("/", "/?q=车", "/api/v1/documents"):
        response = client.get(path)
        assert response.status_code == 503
        assert "索引不在原处" in response.get_data(as_text=True)
    place.rename(copied)
    assert client.get("/").status_code == 200


def test_a_project_whose_document_is_gone_is_told(index: Index, tmp_path: Path) -> None:
    path = shutil.copytree(index.path, tmp_path / "copied")
    (gone,) = path.glob("documents/48f3e4fa424e31d9*")
    gone.unlink()
    found = projects(Index(str(path)), WantedProjects(query="科技人才与合作业务费"))
    assert (found.total.value, found.projects) == (3, ())
    assert len([note for note in found.notes if "没有列出" in note]) == 3
