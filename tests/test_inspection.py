"""`gongkai status --check` names every damaged file; indexing again takes a damaged one anew."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import cli
from indexer import pipeline
from indexer.pipeline import MENDED
from search.engines.payloads import unpacked
from search.engines.reader import EngineReader
from search.index import Index
from search.inspection import REBUILD, RETAKE, inspect
from search.service import search
from tests.conftest import CORPUS, Silent


@pytest.fixture
def copied(index_by: Index, tmp_path: Path) -> Path:
    return shutil.copytree(index_by.path, tmp_path / "copied")


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(len(data) // 2, min(len(data), len(data) // 2 + 8)):
        data[at] ^= 0xFF
    file.write_bytes(data)


def _check(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["status", "--check", *words, "--index", str(path)])


def test_a_whole_index_is_whole(copied: Path) -> None:
    found = inspect(str(copied))
    assert found.damaged == ()
    assert found.files > 60
    done = _check(copied)
    assert done.exit_code == 0
    assert f"核对了 {found.files} 个文件，没有损坏" in done.output


def test_every_damaged_file_is_named(copied: Path) -> None:
    index = Index(str(copied))
    folder = copied / index.stamp.records
    last = max(folder.glob("columns-*"), key=lambda at: int(at.name[8:]))
    files = [
        *last.iterdir(),
        *(at for at in folder.iterdir() if at.is_file() and at.stat().st_size),
        *copied.glob("documents/*.gz"),
        *copied.glob("sources/*.gz"),
    ]
    assert len(files) > 60
    for file in files:
        whole = file.read_bytes()
        _flip(file)
        named = {found.file for found in inspect(str(copied)).damaged}
        assert str(file.relative_to(copied)) in named
        file.write_bytes(whole)
    assert inspect(str(copied)).damaged == ()


def test_damaged_words_are_named(copied: Path) -> None:
    index = Index(str(copied))
    words = copied / index.stamp.records / "words"
    file = max(words.iterdir(), key=lambda at: at.stat().st_size)
    _flip(file)
    assert [found.file for found in inspect(str(copied)).damaged] == [str(file.relative_to(copied))]
    assert _check(copied).exit_code == 1  # though it cannot be opened


def test_a_damaged_manifest_is_named(copied: Path) -> None:
    (copied / "manifest.sqlite").write_bytes(b"x" * 5000)
    assert [found.file for found in inspect(str(copied)).damaged] == ["manifest.sqlite"]


def test_a_damaged_record_is_named_with_its_place(copied: Path) -> None:
    index = Index(str(copied))
    hit = search(index, "公务用车 2024 > 10万元").hits[0]
    [file] = (copied / index.stamp.records).glob("payloads-*")
    reader = index.reader
    assert isinstance(reader, EngineReader)
    data = file.read_bytes()
    start, size = next(
        (start, size)
        for start, size in zip(*reader.columns.heaps["payloads"].lists(), strict=True)
        if hit.id.encode() in unpacked(data[start : start + size])[:80]
    )
    at = start + size // 2
    file.write_bytes(data[:at] + bytes(255 - byte for byte in data[at : at + 8]) + data[at + 8 :])
    done = _check(copied)
    assert done.exit_code == 1
    assert "损坏" in done.output
    assert "字节起" in done.output
    assert f"，记录 {hit.id}" in done.output
    assert REBUILD in done.output
    found = json.loads(_check(copied, "--format", "json").output)
    assert [one["remedy"] for one in found["damaged"]] == [REBUILD]
    pipeline.index([], str(copied), workers=0, progress=Silent(), rebuild=True)
    assert inspect(str(copied)).damaged == ()


@pytest.mark.parametrize("part", ["documents", "sources"])
def test_indexing_again_mends_what_is_stored(copied: Path, part: str) -> None:
    before = search(Index(str(copied)), "公务用车 2024 > 10万元").hits
    file = sorted((copied / part).glob("*.gz"))[0]
    whole = file.read_bytes()
    _flip(file)
    assert [found.remedy for found in inspect(str(copied)).damaged] == [RETAKE]
    report = pipeline.index([CORPUS], str(copied), workers=0, progress=Silent())
    assert (report.documents, report.unchanged) == (1, 4)
    assert MENDED in [message for _, message in report.warnings]
    assert file.read_bytes() == whole
    assert inspect(str(copied)).damaged == ()
    assert search(Index(str(copied)), "公务用车 2024 > 10万元").hits == before
    again = pipeline.index([CORPUS], str(copied), workers=0, progress=Silent())
    assert (again.documents, again.unchanged) == (0, 5)
