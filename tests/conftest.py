"""Fixtures: the five disclosures of the corpus as read, and an index of them."""

from pathlib import Path

import pytest

from indexer import pipeline
from indexer.disclosure import read_file
from search.index import Index
from search.model import Disclosure, Row, Statement

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = {
    "人力资源部": "2023-单位预算-晋中开发区人力资源部",
    "科技人才": "2024-单位决算-山西省科技人才与科技合作中心",
    "人才引进": "2024-部门预算-山西综改示范区人才引进交流服务中心",
    "产业规划": "2024-部门预算-晋中开发区产业规划与创新发展部",
    "泽州": "2024-部门预算-泽州县人力资源和社会保障局",
}
REAL = Path(__file__).parent.parent.parent / "shared" / "pdf"
PDFS = {
    "财政局": "2024-部门决算-普陀区财政局",
    "社会工作部": "2024-部门决算-普陀区委社会工作部",
}
"""Real files that are no part of the project."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


class Silent:
    """Progress that says nothing."""

    def start(self, total: int) -> None:
        pass

    def advance(self, source: str, outcome: str) -> None:
        pass


def source(name: str) -> Path:
    return CORPUS / f"{NAMES[name]}.txt"


def source_pdf(name: str) -> Path:
    """Return a real file's path; skip the test where the file is not at hand."""
    path = REAL / f"{PDFS[name]}.pdf"
    if not path.exists():
        pytest.skip(f"no {path}")
    return path


def rows(of: Disclosure, kind: str, label: str | None = None) -> list[Row]:
    """Return the rows of all tables of a kind, or those with one label."""
    return [
        row
        for table in of.tables
        if table.kind == kind
        for row in table.rows
        if label is None or row.label == label
    ]


def figures(row: Row) -> dict[str, str]:
    """Return the printed figures of a row by the innermost head of their column."""
    return {cell.column[-1]: cell.text for cell in row.cells if cell.value is not None}


def statements(of: Disclosure) -> list[Statement]:
    return [statement for passage in of.passages for statement in passage.statements]


@pytest.fixture(scope="session")
def disclosures() -> dict[str, Disclosure]:
    return {name: read_file(source(name))[0] for name in NAMES}


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "gongkai"
    report = pipeline.index([CORPUS], str(path), workers=0, progress=Silent())
    assert report.documents == 5
    assert not report.failures
    return Index(str(path))
