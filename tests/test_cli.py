"""The command line: contract, exit codes, one line on stderr for each trouble."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from search.cells import cell_text, cell_value
from search.engines.registry import preferred
from search.index import Index
from tests.conftest import CORPUS, source, source_pdf


def _run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    run = [sys.executable, "-m", "gongkai", *map(str, arguments)]
    root = Path(__file__).parent.parent
    return subprocess.run(run, capture_output=True, check=False, cwd=cwd or root)


def _on(index: Index, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return _run(*arguments, "--index", index.path)


def test_index_prints_lines_and_a_summary(tmp_path: Path) -> None:
    done = _run("index", CORPUS, "--index", tmp_path / "x", "--workers", "1")
    assert done.returncode == 0
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("[1/5] ")
    summary = done.stdout.decode()
    assert all(head in summary for head in ("文件", "行", "段落", "项目", "提醒"))
    assert "第158行" in summary


def test_index_reports_failures(tmp_path: Path) -> None:
    shutil.copy(source("泽州"), tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = _run("index", tmp_path, tmp_path / "missing", "--index", tmp_path / "x")
    assert done.returncode == 1
    failures = [line for line in done.stdout.decode().splitlines() if line.startswith("失败")]
    assert len(failures) == 2
    assert any("empty.txt：空文件" in line for line in failures)
    assert any("missing：没有这个文件" in line for line in failures)
    assert b"Traceback" not in done.stderr
    found = _run("search", "公务用车 > 10万元", "--index", tmp_path / "x", "--format", "json")
    assert json.loads(found.stdout)["total"]["value"] == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "车", "--index", "/no/such/index"), "没有索引"),
        (("search", "车", "--index", "solr:/x"), "未知的索引引擎"),
        (("search",), "QUERY"),
        (("index",), "SOURCES"),
        (("export",), "--kind"),
        (("frobnicate",), "frobnicate"),
        (("status", "--format", "yaml"), "yaml"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], message: str) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    error = done.stderr.decode()
    assert error.startswith("gongkai: ")
    assert message in error
    assert error.count("\n") == 1


def test_unreadable_query(index: Index) -> None:
    done = _on(index, "search", "公务用车 >")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("gongkai: 查询无法理解（第 6 字起）")


def test_search_as_text_and_json(index: Index) -> None:
    done = _on(index, "search", "公务用车 2024 > 10万元")
    text = done.stdout.decode()
    assert "共 3 条" in text
    assert "»17.50万元" in text
    assert f"{source('泽州').name}:366" in text
    assert "eaa35a9ae7874032-r7701" in text  # What `gongkai cite` asks for.
    data = json.loads(_on(index, "search", "公务用车 2024 > 10万元", "--format", "json").stdout)
    assert [hit["locator"]["line_start"] for hit in data["hits"]] == [366, 474, 364]
    page = json.loads(
        _on(index, "search", "公务用车", "--limit", "2", "--page", "2", "--format", "json").stdout
    )
    assert (page["page"], len(page["hits"])) == (2, 2)


def test_an_answer_without_hits_says_why(index: Index) -> None:
    done = _run("search", "公物用车 2024 > 10万元", "--index", str(index.path))
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert "索引中没有“公物用车”" in lines
    assert "是不是要找：公务用车 2024 > 10万元（3 条）" in lines
    assert any(line.startswith("去掉“公物用车”有 ") for line in lines)


def test_status(index: Index) -> None:
    data = json.loads(_on(index, "status", "--format", "json").stdout)
    assert (data["documents"], data["engine"]) == (5, preferred())
    assert data["rows"] == index.reader.count("row")
    assert "泽州县人力资源和社会保障局" in _on(index, "status").stdout.decode()


def test_export_rows_as_json_lines(index: Index) -> None:
    lines = _on(index, "export", "--kind", "rows").stdout.decode().splitlines()
    assert len(lines) == index.reader.count("row")
    row = json.loads(lines[0])
    assert {"id", "document", "table", "path", "label", "code", "cells", "quote", "locator"} <= set(
        row
    )


def test_export_csv_opens_in_excel_and_is_exact(index: Index) -> None:
    done = _on(index, "export", "2080505 部门:泽州", "--kind", "rows", "--format", "csv")
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    yuan = {line["元"] for line in lines if line["状态"] == "value"}
    assert yuan == {"2399300.00"}
    assert {line["状态"] for line in lines} == {"value", "blank"}
    assert {line["科目编码"] for line in lines} == {"2080505"}


def test_a_place_in_a_pdf_is_told_by_its_page(tmp_path: Path) -> None:
    made = tmp_path / "i"
    _run("index", source_pdf("财政局"), "--index", made)
    said = _run("search", "表:三公 公务接待费", "--index", made).stdout.decode()
    assert f"{source_pdf('财政局').name} 第18页" in said
    done = _run("export", "表:三公", "--kind", "rows", "--format", "csv", "--index", made)
    lines = csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))
    assert {line["页"] for line in lines} == {"18"}


def test_export_says_which_words_were_left_out(index: Index) -> None:
    done = _on(index, "export", "给职业年金", "--kind", "rows")
    assert done.stdout.splitlines()
    assert "已略去“给”" in done.stderr.decode()


def test_export_xlsx(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    done = _on(index, "export", "人才 > 100万元", "--kind", "projects", "--format", "xlsx",
               "--output", path)  # fmt: skip
    assert done.returncode == 0
    sheet = load_workbook(path)["gongkai"]
    heads, *lines = sheet.iter_rows(values_only=True)
    names = {line[heads.index("项目")]: line[heads.index("元")] for line in lines}
    assert Decimal(str(names["人才专项工作经费"])) == 6000000
    assert len(lines) == 4


def test_export_passages_and_documents(index: Index) -> None:
    done = _on(index, "export", "公务接待费 > 10万元", "--kind", "passages")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(found) == 1
    assert any(s["subject"] == "公务接待费" for s in found[0]["statements"])
    documents = _on(index, "export", "招商引资", "--kind", "documents").stdout.decode()
    assert [json.loads(line)["year"] for line in documents.splitlines()] == [2024]


def test_export_keeps_formulas_from_running(tmp_path: Path) -> None:
    text = "=1+1局\n2024年度部门预算公开\n\n第三部分 说明\n\n一、说明\n\n=SUM(A1)支出10万元。\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    _run("index", tmp_path / "x.txt", "--index", tmp_path / "i")
    done = _run("export", "--kind", "passages", "--format", "csv", "--index", tmp_path / "i")
    cells = [
        cell for line in csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))) for cell in line
    ]
    assert any("SUM" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_a_limit_beyond_the_greatest_is_wrong_use(index: Index) -> None:
    done = _on(index, "search", "车", "--limit", "99999999999999999999")
    assert done.returncode == 2
    assert b"--limit" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_folder_without_readable_files_is_told(tmp_path: Path) -> None:
    done = _run("index", tmp_path, "--index", tmp_path / "x")
    assert done.returncode == 0
    assert "没有找到可读的文件" in done.stdout.decode()


def test_no_such_host_is_one_line(index: Index) -> None:
    done = _on(index, "serve", "--host", "no such host")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("gongkai: 无法监听 no such host")
    assert done.stderr.count(b"\n") == 1


def test_bytes_that_are_no_text_are_searched_for_without_them(index: Index) -> None:
    done = _on(index, "search", "\udcff培训", "--format", "json")  # as Python reads b"\xff"
    query = json.loads(done.stdout)["query"]
    assert query["text"] == "\ufffd培训"
    assert [piece["value"] for piece in query["pieces"]] == ["培训"]


def test_what_an_encoding_lacks_is_replaced(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    done = _on(index, "search", "公务接待费 ㎡ 🙂 \u202e")
    assert done.returncode == 0
    assert not done.stderr
    assert "公务接待费" in done.stdout.decode("gbk")


TOLD = "gongkai: 已中断；做完的都保留，再运行一次就接着做"
INTERRUPTED = """
import signal
from gongkai import __main__, cli
cli.render.status = lambda *_: signal.raise_signal(signal.SIGINT)
__main__.main()
"""


def test_an_interruption_is_told_as_one(index: Index) -> None:
    run = [sys.executable, "-c", INTERRUPTED, "status", "--index", str(index.path)]
    done = subprocess.run(run, capture_output=True, check=False, cwd=CORPUS.parent)
    assert done.returncode == 130
    assert done.stderr.decode().strip() == TOLD


def test_nothing_in_a_document_or_its_name_steers_the_terminal(tmp_path: Path) -> None:
    steering = "\x1b[31m\x9b2J\u202e[/b][red]"
    text = source("泽州").read_text(encoding="utf-8")
    text = text.replace("公务接待费\t", f"公务接待费{steering}\t")
    (tmp_path / "a\x1b[2J\nb.txt").write_text(text, encoding="utf-8")
    (tmp_path / "c\x1b[2J\nd.txt").write_bytes(b"")
    there = ("--index", tmp_path / "i")
    for arguments in (
        ("index", tmp_path, *there),
        ("search", "公务接待费\x1b[2J", *there),
        ("search", "车 > \x1b[2J", *there),
        ("search", "车", "--index", "/no\x1b[2J"),
        ("status", *there),
    ):
        done = _run(*arguments)
        printed = (done.stdout + done.stderr).decode()
        assert "Traceback" not in printed
        assert not {"\x1b", "\x9b", "\u202e"} & set(printed), arguments
    assert "[31m" in _run("search", "公务接待费", *there).stdout.decode()
    for form in ("jsonl", "csv"):
        shown = _on_terminal("export", "公务接待费", "--kind", "rows", "--format", form, *there)
        assert "[31m" in shown
        assert not {"\x1b", "\x9b", "\u202e", "\ufeff"} & set(shown), form


def _on_terminal(*arguments: str | Path) -> str:
    """Return what a command prints where its output is a terminal."""
    near, far = pty.openpty()
    command = [sys.executable, "-m", "gongkai", *map(str, arguments)]
    run = subprocess.Popen(command, stdout=far, cwd=CORPUS.parent)
    os.close(far)
    printed = b""
    with suppress(OSError):  # that of a terminal whose other end is closed
        while read := os.read(near, 4096):
            printed += read
    os.close(near)
    assert run.wait() == 0
    return printed.decode()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("-1+1|cmd", "'-1+1|cmd"), (" =1", "' =1"), ("\u3000=1", "'\u3000=1"), ("＝1", "'＝1"),
        ("＋1", "'＋1"), ("－A1", "'－A1"), ("@A1", "'@A1"), ("\t1", "'\t1"), ("=1", "'=1"),
        ("-17.50", "-17.50"), ("-1,234.5", "-1,234.5"), ("-3.2%", "-3.2%"), ("--", "--"),
        ("-", "-"), ("——", "——"), ("培训-1", "培训-1"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_runs_as_a_formula(text: str, cell: str) -> None:
    assert cell_text(text) == cell


def test_a_cell_of_xlsx_holds_what_fits() -> None:
    assert cell_value("a\x00\x0b\x1f\uffff\n\tb") == "a\n\tb"
    assert cell_value("车" * 32_767) == "车" * 32_767
    cut = cell_value("车" * 32_768)
    assert isinstance(cut, str)
    assert len(cut) == 32_767
    assert cut.endswith("已截断）")
    assert cell_value(Decimal("1.50")) == Decimal("1.50")


def test_export_xlsx_of_a_document_with_control_characters(tmp_path: Path) -> None:
    text = source("泽州").read_text(encoding="utf-8")
    text = text.replace("公务接待费\t", "公务接待费\x08\x0b\t")
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    _run("index", tmp_path / "x.txt", "--index", tmp_path / "i")
    done = _run("export", "--kind", "rows", "--format", "xlsx", "--output", tmp_path / "o.xlsx",
                "--index", tmp_path / "i")  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    sheet = load_workbook(tmp_path / "o.xlsx")["gongkai"]
    assert any(cell == "公务接待费" for line in sheet.values for cell in line)
