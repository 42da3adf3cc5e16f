"""Fixtures: the five disclosures of the corpus as read, and an index of them."""

import signal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import pipeline
from indexer.disclosure import read_file
from search.engines.registry import ENGINES
from search.index import Index
from search.model import Disclosure, Row, Statement
from tests.make_pdf import printed
from web import create_app

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = {
    "人力资源部": "2023-单位预算-晋中开发区人力资源部",
    "科技人才": "2024-单位决算-山西省科技人才与科技合作中心",
    "人才引进": "2024-部门预算-山西综改示范区人才引进交流服务中心",
    "产业规划": "2024-部门预算-晋中开发区产业规划与创新发展部",
    "泽州": "2024-部门预算-泽州县人力资源和社会保障局",
}
REAL = Path(__file__).parent.parent.parent / "shared" / "pdf"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}\u202e<img src=x onerror=alert(1)>"
"""Text that a page must show as it is."""
PDFS = {
    "财政局": "2024-部门决算-普陀区财政局",
    "社会工作部": "2024-部门决算-普陀区委社会工作部",
}
"""Real files that are no part of the project."""


def pytest_configure() -> None:
    """Let what tests start be interrupted, also where the shell that began them ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name = str(request.param)
    if not ENGINES[name].installed:
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture(scope="session")
def index_by(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The corpus in an index of each engine in turn."""
    url = f"{engine}:{tmp_path_factory.mktemp('index') / engine}"
    assert pipeline.index([CORPUS], url, workers=0, progress=Silent()).documents == 5
    return Index(url)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "gongkai"
    report = pipeline.index([CORPUS], str(path), workers=0, progress=Silent())
    assert report.documents == 5
    assert not report.failures
    return Index(str(path))


@pytest.fixture(scope="module")
def app(index: Index) -> Flask:
    """The pages over that index."""
    return create_app(index)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory, disclosures: dict[str, Disclosure]) -> Index:
    """One disclosure, printed as PDF."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "泽州.pdf").write_bytes(printed(disclosures["泽州"]))
    report = pipeline.index([folder], str(folder / "index"), workers=0, progress=Silent())
    assert report.documents == 1
    return Index(str(folder / "index"))


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of a disclosure whose labels, statements and name want to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    text = source("泽州").read_text(encoding="utf-8")
    text = text.replace("公务接待费\t", f"公务接待费{HOSTILE}\t")
    text = text.replace("公务用车运行维护费17.50", f"公务用车运行维护费{HOSTILE}17.50")
    text = text.replace("工会经费\t", f"工会经费{'长文' * 170_000}\t", 1)  # a megabyte of UTF-8
    file = folder / "2024-<script>\u202e部门预算-泽州县人力资源和社会保障局.txt"
    file.write_text(text, encoding="utf-8")
    report = pipeline.index([file], str(folder / "index"), workers=1, progress=Silent())
    assert report.documents == 1
    return Index(str(folder / "index"))
