"""The command line: contract, exit codes, one line on stderr for each trouble."""

import csv
import io
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from search.index import Index
from tests.conftest import CORPUS, source


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
    data = json.loads(_on(index, "search", "公务用车 2024 > 10万元", "--format", "json").stdout)
    assert [hit["locator"]["line_start"] for hit in data["hits"]] == [366, 474, 364]
    page = json.loads(
        _on(index, "search", "公务用车", "--limit", "2", "--page", "2", "--format", "json").stdout
    )
    assert (page["page"], len(page["hits"])) == (2, 2)


def test_status(index: Index) -> None:
    data = json.loads(_on(index, "status", "--format", "json").stdout)
    assert (data["documents"], data["engine"]) == (5, "whoosh")
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
