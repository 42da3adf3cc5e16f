"""Imports go one way: indexer → search ← web; the command line stands above all."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"gongkai", "indexer", "search", "web"}
ALLOWED = {
    "search": {"search"},
    "indexer": {"indexer", "search"},
    "web": {"web", "search"},
    "gongkai": OURS,
}
HEAVY = ("pdfminer", "pdfplumber", "indexer", "openpyxl.reader", "docx", "bs4")


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} & OURS


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_go_one_way(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        assert _imports(path) <= ALLOWED[package], path


READERS_KNOW = {
    "indexer.readers", "indexer.errors", "indexer.layout", "indexer.lines",
    "indexer.tables.headers", "indexer.tables.heads",
}  # fmt: skip
"""What readers may know of the rest: the layout they make, and what lines and heads look like."""


def test_readers_make_layouts_and_know_no_more() -> None:
    for path in (ROOT / "indexer" / "readers").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        ours = {name for name in found if name.startswith("indexer.")}
        assert all(any(name.startswith(known) for known in READERS_KNOW) for name in ours), path


@pytest.mark.parametrize("package", ["search.service", "web"])
def test_reading_libraries_are_not_loaded(package: str) -> None:
    code = f"import {package}, sys; print([m for m in sys.modules if m.startswith({HEAVY!r})])"
    run = [sys.executable, "-c", code]
    found = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_files_stay_small() -> None:
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
            assert path.stem not in {"utils", "helpers", "common"}, path
