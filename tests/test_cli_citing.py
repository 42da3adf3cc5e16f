"""The commands cite, verify and explain."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import cli
from search.index import Index
from search.service import search

STATEMENT = "公务用车运行维护费17.50万元，与上年预算数相同"


@pytest.fixture(scope="module")
def own(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the index that a test may damage."""
    path = tmp_path_factory.mktemp("own") / "index"
    shutil.copytree(index.path, path)
    return path


@pytest.fixture(scope="module")
def statement(index: Index) -> str:
    hits = search(index, "公务用车 2024 > 10万元").hits
    return next(hit.id for hit in hits if hit.quote == STATEMENT)


def _run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [words[0], *words[1:], "--index", str(index)])


def test_cite_prints_one_line(own: Path, statement: str) -> None:
    done = _run(own, "cite", statement)
    assert done.exit_code == 0
    assert f"“{STATEMENT}”" in done.output
    assert done.output.count("\n") == 1


@pytest.mark.parametrize(
    ("style", "begins"),
    [("gbt7714", "泽州县"), ("bibtex", "@techreport{"), ("markdown", "《"), ("csl", "[")],
)
def test_cite_in_every_style(own: Path, statement: str, style: str, begins: str) -> None:
    assert _run(own, "cite", statement, "--style", style).output.startswith(begins)


def test_a_true_quote_stands(own: Path, statement: str) -> None:
    done = _run(own, "verify", statement, "--quote", "运行维护费 17.50 万元")
    assert done.exit_code == 0
    assert done.output.count("✓") == 5
    assert done.output.endswith("引文成立\n")


def test_verify_names_the_line_of_the_figure(own: Path, index: Index) -> None:
    (hit,) = search(index, "科技人才与合作业务费-会议费 全年执行数 类:项目").hits[:1]
    number, cell = next((n, cell) for n, cell in enumerate(hit.cells) if cell.text == "7.056")
    assert cell.locator is not None
    assert cell.locator.line_start != hit.locator.line_start
    done = _run(own, "verify", hit.id, "--cell", str(number))
    assert f"第{cell.locator.line_start}行：仍在此处" in done.output
    assert done.exit_code == 0


def test_a_wrong_quote_does_not_stand(own: Path, statement: str) -> None:
    done = _run(own, "verify", statement, "--quote", "71.50万元", "--format", "json")
    assert done.exit_code == 1
    outcome = json.loads(done.output)
    assert not outcome["stands"]
    assert [f["what"] for f in outcome["findings"] if not f["stands"]] == ["quote"]


def test_a_changed_source_does_not_stand(own: Path, statement: str, tmp_path: Path) -> None:
    changed = tmp_path / "index"
    shutil.copytree(own, changed)
    (stored,) = (
        path for path in changed.joinpath("sources").iterdir() if path.name[:16] == statement[:16]
    )
    text = gzip.decompress(stored.read_bytes())
    stored.write_bytes(gzip.compress(text.replace(b"17.50", b"71.50")))
    done = _run(changed, "verify", statement)
    assert done.exit_code == 1
    assert "✗ 来源文件的 SHA-256" in done.output
    stored.unlink()
    done = _run(changed, "verify", statement)
    assert done.exit_code == 1
    assert "没有存储来源文件" in done.output


@pytest.mark.parametrize("command", ["cite", "verify"])
def test_what_is_not_there_is_one_line(own: Path, statement: str, command: str) -> None:
    for words in (["nothing"], [statement, "--cell", "7"]):
        done = _run(own, command, *words)
        assert done.exit_code != 0
        assert "nothing" in str(done.exception) or "只有 1 格" in str(done.exception)


def test_explain_says_how_a_query_is_read(own: Path) -> None:
    done = _run(own, "explain", "公务用车 2024", "> 10")
    assert "2024  → 年度 2024" in done.output
    assert "注意：没有写单位" in done.output
    pieces = json.loads(_run(own, "explain", "公务用车 2024", "--format", "json").output)["pieces"]
    assert [piece["kind"] for piece in pieces] == ["text", "year"]
