"""Whatever lies in a folder: a line for each trouble, and all that can be read is taken in."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import cli
from gongkai.terminal import escaped
from indexer import pipeline
from indexer.report import Report
from indexer.sources import files
from search.files import refusal
from search.index import STAMP, Index
from tests.conftest import CORPUS, HOSTILE, Silent, source
from tests.test_pdf_refusals import _locked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BAD = {
    "空.txt": (b"", "空文件：没有任何内容"),
    "空白.txt": (b" \n ", "空文件：没有任何内容"),
    "空.pdf": (b"", "空文件：没有任何内容"),
    "旧.xls": (OLE, "旧版 Word、Excel 文件：请另存为 DOCX 或 XLSX（有打开密码的先去掉）"),
    "锁.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有打开密码：请去掉密码后再试"),
    "锁.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有打开密码：请去掉密码后再试"),
    "锁.pdf": (_locked(), "PDF 已加密：需要密码才能打开"),
    "断.docx": (b"PK\x03\x04junk", "文件已损坏：压缩包读不完整"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all kinds of trouble with two disclosures in it."""
    folder = tmp_path_factory.mktemp("bad") / "in"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    shutil.copy(source("泽州"), folder / "甲.txt")
    shutil.copy(source("产业规划"), folder / "乙\n\x1b[31m\u202e.txt")
    (folder / "circle").symlink_to(folder)
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    (folder / "nowhere.txt").symlink_to("missing.txt")
    os.mkfifo(folder / "pipe.txt")
    shutil.copy(source("泽州"), folder / "没有扩展名")
    (folder / "图.png").write_bytes(b"\x89PNG")
    (folder / "README").write_text("no disclosure")
    return folder


def _index(folder: Path, *more: str) -> Result:
    at = str(folder.parent / "index")
    return CliRunner().invoke(cli, ["index", str(folder), "--index", at, "--workers", "1", *more])


def test_each_trouble_is_a_line_and_the_rest_is_read(folder: Path) -> None:
    done = _index(folder)
    assert done.exit_code == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("失败 ")]
    wanted = {f"{folder / name}：{reason}" for name, (_, reason) in BAD.items()}
    wanted |= {f"{folder / name}：无法读取：链接绕成了圈" for name in ("one.txt", "two.txt")}
    wanted |= {f"{folder / 'nowhere.txt'}：无法读取：没有这个文件或文件夹"}
    wanted |= {f"{folder / 'pipe.txt'}：不是普通文件"}
    assert {line.removeprefix("失败 ") for line in told} == wanted
    assert len(told) == len(wanted)
    assert len(Index(str(folder.parent / "index")).reader.documents()) == 2
    assert not set("\x1b\u202e") & set(done.stdout + done.stderr)
    assert "Traceback" not in done.output
    skipped = "文件夹中跳过 3 个（.png 1、没有扩展名 1、链接的文件夹 1）；要读请逐个写出"
    assert skipped in done.stdout.splitlines()


def test_nothing_skipped_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("no disclosure")
    report = Report()
    assert list(files([tmp_path], report)) == []
    assert +report.skipped == {}


def test_pruning_keeps_what_is_there(folder: Path) -> None:
    """Goes on with the index of the test above."""
    (folder / "甲.txt").write_bytes(b"")  # damaged, not gone
    done = _index(folder, "--prune")
    assert done.exit_code == 1
    assert len(Index(str(folder.parent / "index")).reader.documents()) == 2


@pytest.mark.parametrize("stamp", [b"x", b"", None])
def test_an_index_whose_stamp_is_lost_is_rebuilt(index: Index, tmp_path: Path,
                                                 stamp: bytes | None) -> None:  # fmt: skip
    path = shutil.copytree(index.path, tmp_path / "copied")
    (path / STAMP).unlink() if stamp is None else (path / STAMP).write_bytes(stamp)
    refused = CliRunner().invoke(cli, ["index", str(CORPUS), "--index", str(path)])
    assert "--rebuild" in str(refused.exception)
    report = pipeline.index([], str(path), workers=0, progress=Silent(), rebuild=True)
    assert (report.rebuilt, report.failures) == (5, [])
    assert len(Index(str(path)).reader.documents()) == 5
    again = pipeline.index([CORPUS], str(path), workers=0, progress=Silent())
    assert again.unchanged == 5


def test_json_escapes_what_steers_a_terminal(hostile_index: Index) -> None:
    at = ["--index", str(hostile_index.path), "--format", "json"]
    for words in (["search", "公务接待费"], ["status"], ["explain", "a\u202eb\x9b31m"], ["check"]):
        done = CliRunner().invoke(cli, [*words, *at])
        assert done.exit_code == 0
        assert not set("\x1b\x9b\u202e") & set(done.stdout)
        json.loads(done.stdout)
    assert json.loads(escaped(json.dumps(HOSTILE, ensure_ascii=False))) == HOSTILE


def test_why_is_told_in_chinese() -> None:
    assert refusal(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
    assert refusal(OSError(errno.EXDEV, "Cross-device link")) == "Cross-device link"
    assert refusal(OSError("odd")) == "odd"
