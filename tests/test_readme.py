"""The READMEs: same commands in both languages, and each command does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from search.index import Index
from tests.conftest import CORPUS
from web import create_app

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"


def _commands(path: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _queries(path: Path) -> list[str]:
    """Return the queries in the first column of the table of examples."""
    text = path.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \| [^|]+\|$", text, re.MULTILINE)
    return [query for row in rows for query in re.findall(r"`([^`]+)`", row) if "GET" not in query]


def test_both_languages_give_the_same_commands() -> None:
    assert _commands(ENGLISH) == _commands(CHINESE)
    assert _queries(ENGLISH) == _queries(CHINESE)
    assert len(_commands(ENGLISH)) > 8


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus, in which the commands are run one after the other."""
    path = tmp_path_factory.mktemp("readme")
    shutil.copytree(CORPUS, path / "corpus")
    return path


@pytest.mark.parametrize("command", [c for c in _commands(ENGLISH) if c.startswith("gongkai")])
def test_commands_run(place: Path, command: str) -> None:
    run = [sys.executable, "-m", *shlex.split(command)]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(run, cwd=place, env=where, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    output = re.search(r"--output (\S+)", command)
    assert done.stdout or (place / str(output and output[1])).stat().st_size > 0


def test_queries_of_the_table_are_understood(index: Index) -> None:
    client = create_app(index).test_client()
    for query in _queries(ENGLISH):
        data = client.get("/api/v1/search", query_string={"q": query}).get_json()
        assert data["total"]["value"] > 0, query
        assert data["query"]["pieces"], query


def test_the_api_call(index: Index) -> None:
    call = next(c for c in _commands(ENGLISH) if c.startswith("curl"))
    path = re.search(r"http://127.0.0.1:8000(\S+)", call)
    query = re.search(r"'q=(.*)'", call)
    assert path
    assert query
    answer = create_app(index).test_client().get(path[1], query_string={"q": query[1]})
    assert answer.get_json()["total"]["value"] == 3


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in _commands(ENGLISH):
        if command.startswith("make "):
            assert f"\n{command.split()[1]}:" in makefile
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    for path in (ENGLISH, CHINESE):
        for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (ROOT / link).exists(), link


def test_the_corpus_is_described() -> None:
    text = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in CORPUS.glob("*.txt"))
    assert len(list(CORPUS.glob("*.txt"))) == 5


def test_the_picture_is_small() -> None:
    for path in (ENGLISH, CHINESE):
        assert "(docs/search.png)" in path.read_text(encoding="utf-8")
    assert (ROOT / "docs" / "search.png").stat().st_size < 200_000
